"""An act of a platform: what it is made of, and what was known of its tenant when it began."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.act import Act, Caller, TenantFacts
from zhibu.snapshots import Snapshot

if TYPE_CHECKING:  # the platform makes its acts by this
    from zhibu.platform import Platform


def act_of(
    platform: "Platform",
    snapshot: Snapshot,
    session: AsyncSession,
    tenant: TenantFacts,
    caller: Caller,
    *,
    now: datetime | None = None,
    request_id: str | None = None,
) -> Act:
    """The act of a caller within a session."""
    return Act(
        session=session,
        tenant=tenant,
        caller=caller,
        policy=platform.policy,
        switches=snapshot.switches,
        parameters=snapshot.parameters,
        keyring=platform.keyring,
        procedures=platform.procedures,
        templates=platform.templates.own(tenant.code),
        address=platform.settings.address,
        contents=platform.attachments,
        now=now or platform.clock(),
        request_id=request_id or secrets.token_hex(8),
    )
