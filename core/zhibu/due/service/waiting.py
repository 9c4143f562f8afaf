"""What waits in the inbox of an account that does not ask itself: as if it signed in now."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts import store as accounts
from zhibu.accounts.principals import principal_of
from zhibu.act import TenantFacts
from zhibu.due.rules.inbox import State
from zhibu.due.service.asking import seen
from zhibu.due.store.inbox import Wanted

if TYPE_CHECKING:  # the platform has the policy and the declarations
    from zhibu.platform import Platform


async def waiting_for(
    platform: "Platform",
    session: AsyncSession,
    tenant: TenantFacts,
    account_id: UUID,
    now: datetime,
) -> tuple[Wanted, str] | None:
    """What to ask of the account's inbox, and its language; None once it can no longer sign in."""
    account = await accounts.accounts.account(session, tenant.id, account_id)
    if account is None or account.disabled_at is not None:
        return None
    today = now.astimezone(tenant.zone).date()
    principal = await principal_of(session, tenant.id, account, today)
    switches = (await platform.snapshot(tenant.id)).switches
    wanted = Wanted(
        tenant_id=tenant.id,
        account_id=account_id,
        kinds=seen(platform.due, lambda action: platform.policy.scope(principal, switches, action)),
        today=today,
        state=State.WAITING,
    )
    return wanted, account.locale or tenant.locale
