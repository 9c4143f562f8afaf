"""What organizations were called and where they stood."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.rules import Kind, Period
from zhibu.organizations.tables import OrganizationPeriod

# The table itself: the mapper would send rows with and without nulls apart.
PERIODS: Any = OrganizationPeriod.__table__

PERIOD: tuple[Any, ...] = (
    OrganizationPeriod.id,
    OrganizationPeriod.organization_id,
    OrganizationPeriod.since,
    OrganizationPeriod.until,
    OrganizationPeriod.name,
    OrganizationPeriod.kind,
    OrganizationPeriod.parent_id,
    OrganizationPeriod.path,
    OrganizationPeriod.change,
    OrganizationPeriod.reason,
)


def period_of(row: Row[*tuple[Any, ...]]) -> Period:
    return Period(**{**row._mapping, "kind": Kind(row.kind)})


async def periods_of(session: AsyncSession, tenant_id: UUID, *ids: UUID) -> list[Period]:
    """The history of these organizations, the earliest first."""
    query = (
        select(*PERIOD)
        .where(
            OrganizationPeriod.tenant_id == tenant_id, OrganizationPeriod.organization_id.in_(ids)
        )
        .order_by(OrganizationPeriod.since)
    )
    return [period_of(row) for row in await session.execute(query)]


async def unit_on(session: AsyncSession, tenant_id: UUID, id: UUID, day: date) -> Period | None:
    """What the organization was on that day, or None when it did not exist."""
    query = select(*PERIOD).where(
        OrganizationPeriod.tenant_id == tenant_id,
        OrganizationPeriod.organization_id == id,
        *on_day(day),
    )
    row = (await session.execute(query)).first()
    return period_of(row) if row else None


async def units_on(session: AsyncSession, tenant_id: UUID, path: str, day: date) -> list[Period]:
    """Every organization that stood at or below `path` on that day, in the order of the tree."""
    query = (
        select(*PERIOD)
        .where(
            OrganizationPeriod.tenant_id == tenant_id,
            *below(OrganizationPeriod.path, path),
            *on_day(day),
        )
        .order_by(OrganizationPeriod.path)
    )
    return [period_of(row) for row in await session.execute(query)]


def on_day(day: date) -> tuple[Any, ...]:
    return (
        OrganizationPeriod.since <= day,
        or_(OrganizationPeriod.until.is_(None), OrganizationPeriod.until > day),
    )


def below(column: Any, path: str) -> tuple[Any, ...]:
    """The path itself and everything under it, as a range an index can answer."""
    return (column >= path, column < path[:-1] + "/") if path else ()


async def save_periods(
    session: AsyncSession, tenant_id: UUID, before: Iterable[Period], after: Iterable[Period]
) -> None:
    """Bring the stored history from `before` to `after`, writing only what differs."""
    known = {period.id: period for period in before}
    for period in after:
        if period.id in known and period != known[period.id]:
            values = asdict(period)
            del values["id"], values["organization_id"]
            await session.execute(
                update(OrganizationPeriod)
                .where(
                    OrganizationPeriod.tenant_id == tenant_id, OrganizationPeriod.id == period.id
                )
                .values(**values)
                .execution_options(synchronize_session=False)
            )
    await insert_periods(session, tenant_id, [p for p in after if p.id not in known])


async def insert_periods(session: AsyncSession, tenant_id: UUID, periods: Sequence[Period]) -> None:
    if periods:
        rows = [{"tenant_id": tenant_id, **asdict(period)} for period in periods]
        await session.execute(insert(PERIODS), rows)
