"""Publications of a year's dues, and the figures they state."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu_dues.rules.handovers import HandoverState
from zhibu_dues.rules.publications import Figures
from zhibu_dues.store.handovers import HANDOVERS
from zhibu_dues.store.payments import PAYMENTS
from zhibu_dues.tables import DuesMonth, DuesPublication

PUBLICATIONS: Any = DuesPublication.__table__


async def figures(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, path: str, year: int
) -> Figures:
    """A year's dues at and below a path: owed by whoever belongs there now, collected there.

    `handed_fen` is what this organization itself handed upward.
    """
    below = (Member.path >= path, Member.path < path[:-1] + "/")
    each = (
        select(
            DuesMonth.member_id,
            func.sum(DuesMonth.owed_fen).label("owed"),
            func.sum(case((DuesMonth.paid_fen < DuesMonth.owed_fen, 1), else_=0)).label("open"),
        )
        .join(
            Member,
            and_(Member.tenant_id == DuesMonth.tenant_id, Member.id == DuesMonth.member_id),
        )
        .where(DuesMonth.tenant_id == tenant_id, DuesMonth.year == year, *below)
        .group_by(DuesMonth.member_id)
        .subquery()
    )
    owed = (
        await session.execute(
            select(
                func.count(),
                func.coalesce(func.sum(case((each.c.open == 0, 1), else_=0)), 0),
                func.coalesce(func.sum(each.c.owed), 0),
            )
        )
    ).one()
    collected = await session.scalar(
        select(func.coalesce(func.sum(PAYMENTS.c.fen + PAYMENTS.c.voluntary_fen), 0))
        .join(
            Organization,
            and_(
                Organization.tenant_id == PAYMENTS.c.tenant_id,
                Organization.id == PAYMENTS.c.organization_id,
            ),
        )
        .where(
            PAYMENTS.c.tenant_id == tenant_id,
            PAYMENTS.c.year == year,
            PAYMENTS.c.voided_on.is_(None),
            Organization.path >= path,
            Organization.path < path[:-1] + "/",
        )
    )
    handed = await session.scalar(
        select(func.coalesce(func.sum(HANDOVERS.c.fen), 0)).where(
            HANDOVERS.c.tenant_id == tenant_id,
            HANDOVERS.c.organization_id == organization_id,
            HANDOVERS.c.year == year,
            HANDOVERS.c.state != HandoverState.RETURNED,
        )
    )
    return Figures(
        members=int(owed[0]),
        paid_up=int(owed[1]),
        owed_fen=int(owed[2]),
        collected_fen=int(collected or 0),
        handed_fen=int(handed or 0),
    )


async def published(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, year: int
) -> bool:
    """Whether the organization's year is published, and that was not withdrawn."""
    found = await session.scalar(
        select(PUBLICATIONS.c.id)
        .where(
            PUBLICATIONS.c.tenant_id == tenant_id,
            PUBLICATIONS.c.organization_id == organization_id,
            PUBLICATIONS.c.year == year,
            PUBLICATIONS.c.withdrawn_on.is_(None),
        )
        .limit(1)
    )
    return found is not None


async def add(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(insert(PUBLICATIONS).values(tenant_id=tenant_id, **values))


async def publication(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any:
    """One publication; None where there is none."""
    found = await session.execute(
        select(PUBLICATIONS).where(PUBLICATIONS.c.tenant_id == tenant_id, PUBLICATIONS.c.id == id)
    )
    return found.one_or_none()


async def withdraw(
    session: AsyncSession, tenant_id: UUID, id: UUID, *, on: date, reason: str
) -> None:
    await session.execute(
        update(PUBLICATIONS)
        .where(PUBLICATIONS.c.tenant_id == tenant_id, PUBLICATIONS.c.id == id)
        .values(withdrawn_on=on, withdraw_reason=reason)
    )
