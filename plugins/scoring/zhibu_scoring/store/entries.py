"""Entries as they stand, and holding the member whom a decision is about."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.storage.among import among
from zhibu_scoring.rules.entries import Entry, Recorded, State
from zhibu_scoring.rules.schemes import Part
from zhibu_scoring.tables import ScoringEntry

ENTRIES: Any = ScoringEntry.__table__


async def hold(session: AsyncSession, tenant_id: UUID, members: Collection[UUID]) -> None:
    """Let one act at a time change these members' points: an approval and a reversal, or two.

    On SQLite a writer is alone anyway.
    """
    if session.get_bind().dialect.name == "sqlite":
        return
    await session.execute(
        select(Member.id)
        .where(Member.tenant_id == tenant_id, among(Member.id, "members"))
        .order_by(Member.id)
        .with_for_update(key_share=True),
        {"members": sorted(set(members))},
    )


async def entries(
    session: AsyncSession, tenant_id: UUID, ids: Collection[UUID]
) -> dict[UUID, Recorded]:
    """Those of these entries that exist."""
    given = {"wanted": sorted(set(ids))}
    found = await _found(session, tenant_id, among(ENTRIES.c.id, "wanted"), given)
    return {each.id: each for each in found}


async def of_year(
    session: AsyncSession, tenant_id: UUID, member_id: UUID, year: int
) -> list[Recorded]:
    """Every entry of a member's year, whatever became of it."""
    where = (ENTRIES.c.member_id == member_id) & (ENTRIES.c.year == year)
    return await _found(session, tenant_id, where, {})


async def of_members(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], year: int
) -> dict[UUID, list[Recorded]]:
    """Every entry of these members' year, by member."""
    found: dict[UUID, list[Recorded]] = {}
    where = among(ENTRIES.c.member_id, "members") & (ENTRIES.c.year == year)
    given = {"members": sorted(set(members))}
    for each in await _found(session, tenant_id, where, given):
        found.setdefault(each.entry.member_id, []).append(each)
    return found


async def row(session: AsyncSession, tenant_id: UUID, id: UUID) -> dict[str, Any]:
    """The columns of an entry."""
    found = await session.execute(
        select(ENTRIES).where(ENTRIES.c.tenant_id == tenant_id, ENTRIES.c.id == id)
    )
    return dict(found.one()._mapping)


async def add(session: AsyncSession, tenant_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    await session.execute(insert(ENTRIES), [{"tenant_id": tenant_id, **each} for each in rows])


async def settle(
    session: AsyncSession,
    tenant_id: UUID,
    ids: Collection[UUID],
    state: State,
    *,
    by: UUID | None,
    on: date,
    reason: str | None,
) -> None:
    """Say what became of these entries."""
    await session.execute(
        update(ENTRIES)
        .where(ENTRIES.c.tenant_id == tenant_id, among(ENTRIES.c.id, "wanted"))
        .values(state=state, decided_by=by, decided_on=on, decision_reason=reason),
        {"wanted": sorted(set(ids))},
    )


async def reword(
    session: AsyncSession,
    tenant_id: UUID,
    ids: Collection[UUID],
    *,
    says: str | None,
    on: date | None,
) -> None:
    """Keep what the record of these entries says now."""
    await session.execute(
        update(ENTRIES)
        .where(ENTRIES.c.tenant_id == tenant_id, among(ENTRIES.c.id, "wanted"))
        .values(source_says=says, source_changed_on=on),
        {"wanted": sorted(set(ids))},
    )


async def _found(
    session: AsyncSession, tenant_id: UUID, where: ColumnElement[bool], given: dict[str, Any]
) -> list[Recorded]:
    rows = await session.execute(
        select(ENTRIES)
        .where(ENTRIES.c.tenant_id == tenant_id, where)
        .order_by(ENTRIES.c.happened_on, ENTRIES.c.id),
        given,
    )
    return [
        Recorded(
            id=row.id,
            entry=Entry(
                member_id=row.member_id,
                item=row.item,
                happened_on=row.happened_on,
                description=row.description,
                material=row.material,
                witnesses=tuple((row.witnesses or "").splitlines()),
                late_reason=row.late_reason,
            ),
            part=Part(row.part),
            name=row.name,
            points=row.points,
            state=State(row.state),
            declared_by=row.declared_by,
            declarer_id=row.declarer_id,
            reverses=row.reverses_id,
            source=row.source,
            source_says=row.source_says,
            number=row.number,
            basis=row.basis,
        )
        for row in rows
    ]
