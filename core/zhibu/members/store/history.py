"""Affiliations and stages."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import case, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.identifiers import new_id
from zhibu.members.rules import Affiliation, Change, Departure, Stage, StagePeriod
from zhibu.members.store.people import CHUNK
from zhibu.members.tables import Affiliation as AffiliationRow
from zhibu.members.tables import Member
from zhibu.members.tables import StagePeriod as StageRow

# The table itself: the mapper would send rows with and without nulls apart.
_AFFILIATIONS: Any = AffiliationRow.__table__


async def affiliations_of(
    session: AsyncSession, tenant_id: UUID, member_id: UUID
) -> list[Affiliation]:
    a = AffiliationRow
    query = (
        select(a.id, a.member_id, a.organization_id, a.since, a.until, a.reason)
        .where(a.tenant_id == tenant_id, a.member_id == member_id)
        .order_by(a.since)
    )
    return [Affiliation(**row._mapping) for row in await session.execute(query)]


async def stages_of(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> list[StagePeriod]:
    s = StageRow
    query = (
        select(
            s.id,
            s.member_id,
            s.stage,
            s.change,
            s.since,
            s.until,
            s.ends_on,
            s.departure,
            s.decision,
            s.decided_on,
        )
        .where(s.tenant_id == tenant_id, s.member_id == member_id)
        .order_by(s.since)
    )
    return [
        StagePeriod(
            **{
                **row._mapping,
                "stage": Stage(row.stage),
                "change": Change(row.change),
                "departure": Departure(row.departure) if row.departure else None,
            }
        )
        for row in await session.execute(query)
    ]


async def stages_on(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], on: date
) -> dict[UUID, Stage]:
    """The stage that each of these memberships had on that day."""
    s = StageRow
    found: dict[UUID, Stage] = {}
    wanted = sorted(members)
    for start in range(0, len(wanted), CHUNK):
        query = select(s.member_id, s.stage).where(
            s.tenant_id == tenant_id,
            s.member_id.in_(wanted[start : start + CHUNK]),
            s.since <= on,
            or_(s.until.is_(None), s.until > on),
        )
        found |= {row.member_id: Stage(row.stage) for row in await session.execute(query)}
    return found


async def save_affiliations(
    session: AsyncSession,
    tenant_id: UUID,
    before: Iterable[Affiliation],
    after: Sequence[Affiliation],
) -> None:
    """Bring the stored affiliations from `before` to `after`, writing only what differs."""
    await _save(session, tenant_id, AffiliationRow, list(before), after)


async def save_stages(
    session: AsyncSession,
    tenant_id: UUID,
    before: Iterable[StagePeriod],
    after: Sequence[StagePeriod],
) -> None:
    """Bring the stored stages from `before` to `after`, writing only what differs."""
    await _save(session, tenant_id, StageRow, list(before), after)


async def latest_arrival(
    session: AsyncSession, tenant_id: UUID, unit: UUID, members: Collection[UUID], on: date
) -> int:
    """How many of these members joined the organization only after that day."""
    a = AffiliationRow
    query = select(func.count()).where(
        a.tenant_id == tenant_id,
        a.organization_id == unit,
        a.member_id.in_(members),
        a.until.is_(None),
        a.since > on,
    )
    return (await session.execute(query)).scalar_one()


async def carry_members(
    session: AsyncSession,
    tenant_id: UUID,
    members: Collection[UUID],
    home: UUID,
    path: str,
    on: date,
    reason: str | None,
    groups: Collection[UUID] | None,
) -> None:
    """All these members have `home` as their formal branch from `on`.

    Those who joined their present branch on that very day have never been there. A member keeps
    the Party group only if it is one of `groups`; None keeps every group.
    """
    if not members:
        return
    a = AffiliationRow
    open_ones = (a.tenant_id == tenant_id, a.member_id.in_(members), a.until.is_(None))
    await session.execute(
        update(a)
        .where(*open_ones, a.since == on)
        .values(organization_id=home, reason=reason)
        .execution_options(synchronize_session=False)
    )
    closing = (
        update(a)
        .where(*open_ones, a.since < on)
        .values(until=on)
        .returning(a.member_id)
        .execution_options(synchronize_session=False)
    )
    moved = [row.member_id for row in await session.execute(closing)]
    if moved:
        await session.execute(
            insert(_AFFILIATIONS),
            [
                {
                    "tenant_id": tenant_id,
                    "id": new_id(),
                    "member_id": member,
                    "organization_id": home,
                    "since": on,
                    "until": None,
                    "reason": reason,
                }
                for member in moved
            ],
        )
    values: dict[str, Any] = {
        "organization_id": home,
        "path": path,
        "version": Member.version + 1,
    }
    if groups is not None:
        values["group_id"] = case((Member.group_id.in_(groups), Member.group_id), else_=None)
    await session.execute(
        update(Member)
        .where(Member.tenant_id == tenant_id, Member.id.in_(members))
        .values(values)
        .execution_options(synchronize_session=False)
    )


async def regroup(session: AsyncSession, tenant_id: UUID, group_id: UUID, into: UUID) -> None:
    """Members of the one Party group belong to the other."""
    await session.execute(
        update(Member)
        .where(Member.tenant_id == tenant_id, Member.group_id == group_id)
        .values(group_id=into, version=Member.version + 1)
        .execution_options(synchronize_session=False)
    )


async def _save(
    session: AsyncSession,
    tenant_id: UUID,
    table: Any,
    before: Sequence[Affiliation] | Sequence[StagePeriod],
    after: Sequence[Affiliation] | Sequence[StagePeriod],
) -> None:
    known = {row.id: row for row in before}
    gone = set(known) - {row.id for row in after}
    if gone:
        await session.execute(
            delete(table)
            .where(table.tenant_id == tenant_id, table.id.in_(gone))
            .execution_options(synchronize_session=False)
        )
    for row in after:
        if row.id in known and row != known[row.id]:
            values = dict(vars(row))
            del values["id"], values["member_id"]
            await session.execute(
                update(table)
                .where(table.tenant_id == tenant_id, table.id == row.id)
                .values(**values)
                .execution_options(synchronize_session=False)
            )
    added = [{"tenant_id": tenant_id, **vars(row)} for row in after if row.id not in known]
    if added:
        await session.execute(insert(table.__table__), added)
