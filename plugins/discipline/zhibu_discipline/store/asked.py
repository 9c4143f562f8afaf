"""What siblings ask of discipline, as statements."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.tables import Organization
from zhibu_discipline.rules.cases import State
from zhibu_discipline.rules.referrals import Stand
from zhibu_discipline.store.cases import CASES
from zhibu_discipline.store.referrals import REFERRALS


async def case_about(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any | None:
    """Whose disposition it is, of which kind, and where; None if it was dropped or refused."""
    over = (State.DROPPED, State.REFUSED)
    return await _about(session, tenant_id, CASES, id, CASES.c.kind, CASES.c.restricted, over=over)


async def referral_about(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any | None:
    """About whom something was handed over, and where; None if it was taken back."""
    return await _about(session, tenant_id, REFERRALS, id, over=(Stand.WITHDRAWN,))


async def _about(
    session: AsyncSession, tenant_id: UUID, table: Any, id: UUID, *columns: Any, over: Any
) -> Any | None:
    found = await session.execute(
        select(table.c.member_id, Organization.path, *columns)
        .join(
            Organization,
            and_(
                Organization.tenant_id == table.c.tenant_id,
                Organization.id == table.c.organization_id,
            ),
        )
        .where(table.c.tenant_id == tenant_id, table.c.id == id, table.c.state.not_in(over))
    )
    return found.one_or_none()
