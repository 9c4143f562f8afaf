"""Meetings, who has a seat at them, and votes."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.identifiers import new_id
from zhibu.procedures.rules.entitlement import Seat
from zhibu.procedures.rules.sittings import Choice, Sitting, Taken
from zhibu.procedures.tables import ProcedureSeat, ProcedureSitting, ProcedureVote
from zhibu.storage.upsert import insert_or

_SITTINGS: Any = ProcedureSitting.__table__
_SEATS: Any = ProcedureSeat.__table__
_VOTES: Any = ProcedureVote.__table__
_SITTING = [
    _SITTINGS.c[name]
    for name in (
        "id",
        "procedure_id",
        "step_id",
        "organization_id",
        "path",
        "profile",
        "held_on",
        "secret",
        "to_fill",
    )
]
_CHUNK = 500


async def open_sitting(
    session: AsyncSession, tenant_id: UUID, procedure_id: UUID, *, closing: bool = False
) -> Sitting | None:
    """The open meeting. Who votes shares it; who closes it waits for them, and they for it."""
    query = select(*_SITTING).where(
        _SITTINGS.c.tenant_id == tenant_id,
        _SITTINGS.c.procedure_id == procedure_id,
        _SITTINGS.c.closed_at.is_(None),
    )
    row = (await session.execute(query.with_for_update(read=not closing))).one_or_none()
    return Sitting(**row._mapping) if row else None


async def add_sitting(
    session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any], seats: Sequence[Seat]
) -> bool:
    """False when a meeting on it is open already."""
    added = await session.execute(
        insert_or(session, _SITTINGS)
        .values({**values, "tenant_id": tenant_id})
        .on_conflict_do_nothing()
        .returning(_SITTINGS.c.id)
    )
    if added.first() is None:
        return False
    rows = [
        {
            "tenant_id": tenant_id,
            "id": new_id(),
            "sitting_id": values["id"],
            "member_id": seat.member_id,
            "ground": seat.ground,
            "present": False,
        }
        for seat in seats
    ]
    if rows:
        await session.execute(insert(_SEATS), rows)
    return True


async def save_sitting(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(_SITTINGS)
        .where(_SITTINGS.c.tenant_id == tenant_id, _SITTINGS.c.id == id)
        .values(values)
    )


async def seats(
    session: AsyncSession, tenant_id: UUID, sitting_id: UUID, member_id: UUID | None = None
) -> list[Taken]:
    """Everybody's seat at a meeting, or one member's, and whether the vote was cast."""
    voted = _VOTES.c.id.is_not(None).label("voted")
    query = (
        select(_SEATS.c.member_id, _SEATS.c.ground, _SEATS.c.present, voted)
        .join(
            _VOTES,
            (_VOTES.c.tenant_id == _SEATS.c.tenant_id)
            & (_VOTES.c.sitting_id == _SEATS.c.sitting_id)
            & (_VOTES.c.member_id == _SEATS.c.member_id),
            isouter=True,
        )
        .where(_SEATS.c.tenant_id == tenant_id, _SEATS.c.sitting_id == sitting_id)
    )
    if member_id is not None:
        query = query.where(_SEATS.c.member_id == member_id)
    return [Taken(**row._mapping) for row in await session.execute(query)]


async def mark_present(
    session: AsyncSession,
    tenant_id: UUID,
    sitting_id: UUID,
    members: Collection[UUID],
    present: bool,
) -> None:
    listed = sorted(members)
    for start in range(0, len(listed), _CHUNK):
        await session.execute(
            update(_SEATS)
            .where(
                _SEATS.c.tenant_id == tenant_id,
                _SEATS.c.sitting_id == sitting_id,
                _SEATS.c.member_id.in_(listed[start : start + _CHUNK]),
            )
            .values(present=present)
        )


async def add_vote(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> bool:
    """False when the member has voted already, be it in this very moment."""
    added = await session.execute(
        insert_or(session, _VOTES)
        .values({**values, "tenant_id": tenant_id})
        .on_conflict_do_nothing(index_elements=["tenant_id", "sitting_id", "member_id"])
        .returning(_VOTES.c.id)
    )
    return added.first() is not None


async def ballots(
    session: AsyncSession, tenant_id: UUID, sitting_id: UUID
) -> list[tuple[UUID, bool, Choice | None, bytes | None]]:
    """Every vote of a meeting: whose row it is, whether in writing, and how, open or sealed."""
    query = select(_VOTES.c.id, _VOTES.c.written, _VOTES.c.choice, _VOTES.c.sealed).where(
        _VOTES.c.tenant_id == tenant_id, _VOTES.c.sitting_id == sitting_id
    )
    return [
        (row.id, row.written, Choice(row.choice) if row.choice else None, row.sealed)
        for row in await session.execute(query)
    ]


async def erase(session: AsyncSession, tenant_id: UUID, sitting_id: UUID) -> None:
    """Forget how each vote of a secret ballot was cast; the meeting knows how many."""
    await session.execute(
        update(_VOTES)
        .where(
            _VOTES.c.tenant_id == tenant_id,
            _VOTES.c.sitting_id == sitting_id,
            _VOTES.c.sealed.is_not(None),
        )
        .values(sealed=None)
    )


async def has_seat(
    session: AsyncSession, tenant_id: UUID, procedure_id: UUID, member_id: UUID
) -> bool:
    """Whether the member belongs to a body that met about the procedure."""
    query = (
        select(_SEATS.c.id)
        .join(
            _SITTINGS,
            (_SITTINGS.c.tenant_id == _SEATS.c.tenant_id) & (_SITTINGS.c.id == _SEATS.c.sitting_id),
        )
        .where(
            _SEATS.c.tenant_id == tenant_id,
            _SITTINGS.c.procedure_id == procedure_id,
            _SEATS.c.member_id == member_id,
        )
        .limit(1)
    )
    return (await session.execute(query)).first() is not None
