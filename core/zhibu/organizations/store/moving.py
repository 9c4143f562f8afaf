"""Statements that carry a whole subtree to another place, or end units in one go."""

from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import String, bindparam, case, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.figures.tables import KeptFigure
from zhibu.jobs.tables import Attachment, Job
from zhibu.members.tables import Member
from zhibu.organizations.rules import Period, carried
from zhibu.organizations.store.periods import PERIOD, PERIODS, below, period_of
from zhibu.organizations.tables import Organization, OrganizationPeriod, Post
from zhibu.procedures.tables import (
    Delegation,
    Procedure,
    ProcedureObjection,
    ProcedureOverride,
    ProcedureSitting,
    ProcedureStep,
)

# Units first: whoever holds one of them shared must finish before its members are carried.
_PATHED: tuple[Any, ...] = (Organization, Member, KeptFigure)
# Of these there are few, and most subtrees have none: they are looked for before they are carried.
_SELDOM: tuple[Any, ...] = (
    Attachment,
    Job,
    Procedure,
    ProcedureStep,
    ProcedureSitting,
    ProcedureObjection,
    ProcedureOverride,
    Delegation,
)


async def periods_below(
    session: AsyncSession, tenant_id: UUID, path: str, on: date
) -> list[Period]:
    """The periods at or below `path` that last beyond `on`, in order of their beginning."""
    query = (
        select(*PERIOD)
        .where(
            OrganizationPeriod.tenant_id == tenant_id,
            *below(OrganizationPeriod.path, path),
            or_(OrganizationPeriod.until.is_(None), OrganizationPeriod.until > on),
        )
        .order_by(OrganizationPeriod.since)
    )
    return [period_of(row) for row in await session.execute(query)]


async def repath(
    session: AsyncSession,
    tenant_id: UUID,
    moved: Collection[UUID],
    old: str,
    new: str,
    parent_id: UUID,
    on: date,
    reason: str | None,
) -> None:
    """Carry everything at or below `old` to `new` from `on`; `moved` are the units at the top."""
    for table in _PATHED:
        await _carry(session, tenant_id, table, old, new)
    for table in await _found(session, tenant_id, old):
        await _carry(session, tenant_id, table, old, new)
    tops = set(moved)
    periods = await periods_below(session, tenant_id, old, on)
    later = [period for period in periods if period.since >= on]
    here = (OrganizationPeriod.tenant_id == tenant_id, *below(OrganizationPeriod.path, old))
    if later:
        await session.execute(
            update(OrganizationPeriod)
            .where(*here, OrganizationPeriod.since >= on)
            .values(
                path=_carried(OrganizationPeriod.path, old, new),
                parent_id=case(
                    (OrganizationPeriod.organization_id.in_(tops), parent_id),
                    else_=OrganizationPeriod.parent_id,
                ),
            )
            .execution_options(synchronize_session=False)
        )
    if len(later) < len(periods):
        await session.execute(
            update(OrganizationPeriod)
            .where(
                *here,
                OrganizationPeriod.since < on,
                or_(OrganizationPeriod.until.is_(None), OrganizationPeriod.until > on),
            )
            .values(until=on)
            .execution_options(synchronize_session=False)
        )
        started = [
            _moved(p, tops, on, old, new, parent_id, reason) for p in periods if p.since < on
        ]
        rows = [{"tenant_id": tenant_id, **asdict(period)} for period in started]
        await session.execute(insert(PERIODS), rows)


async def _carry(session: AsyncSession, tenant_id: UUID, table: Any, old: str, new: str) -> None:
    await session.execute(
        update(table)
        .where(table.tenant_id == tenant_id, *below(table.path, old))
        .values(path=_carried(table.path, old, new))
        .execution_options(synchronize_session=False)
    )


async def _found(session: AsyncSession, tenant_id: UUID, path: str) -> list[Any]:
    """Those of the seldom tables that have a row at or below the path."""
    there = [
        select(table.path).where(table.tenant_id == tenant_id, *below(table.path, path)).exists()
        for table in _SELDOM
    ]
    flags = (await session.execute(select(*there))).one()
    return [table for table, found in zip(_SELDOM, flags, strict=True) if found]


async def end_periods(session: AsyncSession, tenant_id: UUID, id: UUID, on: date) -> None:
    """The open period of the unit ends."""
    await session.execute(
        update(OrganizationPeriod)
        .where(
            OrganizationPeriod.tenant_id == tenant_id,
            OrganizationPeriod.organization_id == id,
            OrganizationPeriod.until.is_(None),
        )
        .values(until=on)
        .execution_options(synchronize_session=False)
    )


async def reopen_periods(session: AsyncSession, tenant_id: UUID, id: UUID, ended_on: date) -> None:
    """The unit's last period is open again."""
    await session.execute(
        update(OrganizationPeriod)
        .where(
            OrganizationPeriod.tenant_id == tenant_id,
            OrganizationPeriod.organization_id == id,
            OrganizationPeriod.until == ended_on,
        )
        .values(until=None)
        .execution_options(synchronize_session=False)
    )


async def resume_posts(session: AsyncSession, tenant_id: UUID, id: UUID, ended_on: date) -> None:
    """Posts that ended with the unit go on."""
    await session.execute(
        update(Post)
        .where(
            Post.tenant_id == tenant_id,
            Post.organization_id == id,
            Post.until == ended_on,
            Post.reason == "dissolved",
        )
        .values(until=None, reason=None)
        .execution_options(synchronize_session=False)
    )


def _carried(column: Any, old: str, new: str) -> Any:
    prefix = bindparam(None, new, String, unique=True)
    return prefix + func.substr(column, len(old) + 1)


def _moved(
    period: Period,
    tops: Collection[UUID],
    on: date,
    old: str,
    new: str,
    parent_id: UUID,
    reason: str | None,
) -> Period:
    if period.organization_id not in tops:
        return carried(period, on, old, new, change="carried", reason=None)
    moved = carried(period, on, old, new, change="moved", reason=reason)
    return replace(moved, parent_id=parent_id)
