"""Whom proposals name, and what came of names at meetings that elect."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.identifiers import new_id
from zhibu.procedures.rules.electing import Standing, Tally
from zhibu.procedures.rules.values import Part
from zhibu.procedures.tables import ProcedureNamed, ProcedureSitting, ProcedureTally

_NAMED: Any = ProcedureNamed.__table__
_TALLIES: Any = ProcedureTally.__table__
_SITTINGS: Any = ProcedureSitting.__table__


async def add_named(
    session: AsyncSession,
    tenant_id: UUID,
    procedure_id: UUID,
    named: Sequence[tuple[Part, UUID]],
) -> None:
    rows = [
        {
            "tenant_id": tenant_id,
            "id": new_id(),
            "procedure_id": procedure_id,
            "member_id": member,
            "part": part,
            "number": number,
        }
        for number, (part, member) in enumerate(named, 1)
    ]
    if rows:
        await session.execute(insert(_NAMED), rows)


async def named(
    session: AsyncSession, tenant_id: UUID, procedure_id: UUID
) -> list[tuple[Part, UUID]]:
    """Whom a proposal names, in the order given."""
    query = (
        select(_NAMED.c.part, _NAMED.c.member_id)
        .where(_NAMED.c.tenant_id == tenant_id, _NAMED.c.procedure_id == procedure_id)
        .order_by(_NAMED.c.number)
    )
    return [(Part(row.part), row.member_id) for row in await session.execute(query)]


async def counted_names(
    session: AsyncSession, tenant_id: UUID, procedure_id: UUID
) -> list[tuple[UUID, UUID, Standing]]:
    """Each name that was counted at a meeting on the procedure, and what came of it, in order."""
    query = (
        select(_TALLIES.c.sitting_id, _TALLIES.c.member_id, _TALLIES.c.standing)
        .join(
            _SITTINGS,
            (_SITTINGS.c.tenant_id == _TALLIES.c.tenant_id)
            & (_SITTINGS.c.id == _TALLIES.c.sitting_id),
        )
        .where(
            _TALLIES.c.tenant_id == tenant_id,
            _SITTINGS.c.procedure_id == procedure_id,
            _TALLIES.c.standing.is_not(None),
        )
        .order_by(_SITTINGS.c.id, _TALLIES.c.number)
    )
    return [
        (row.sitting_id, row.member_id, Standing(row.standing))
        for row in await session.execute(query)
    ]


async def running(session: AsyncSession, tenant_id: UUID, sitting_id: UUID) -> list[UUID]:
    """The names on the ballot of an open meeting."""
    query = (
        select(_TALLIES.c.member_id)
        .where(_TALLIES.c.tenant_id == tenant_id, _TALLIES.c.sitting_id == sitting_id)
        .order_by(_TALLIES.c.number)
    )
    return [*(await session.execute(query)).scalars()]


async def add_running(
    session: AsyncSession, tenant_id: UUID, sitting_id: UUID, names: Iterable[UUID]
) -> None:
    rows = [_row(tenant_id, sitting_id, name, number) for number, name in enumerate(names, 1)]
    await session.execute(insert(_TALLIES), rows)


async def save_tallies(
    session: AsyncSession,
    tenant_id: UUID,
    sitting_id: UUID,
    tallies: Sequence[Tally],
    standings: Mapping[UUID, Standing],
) -> None:
    """Put the count of each name in the place of the ballot's."""
    await session.execute(
        delete(_TALLIES).where(
            _TALLIES.c.tenant_id == tenant_id, _TALLIES.c.sitting_id == sitting_id
        )
    )
    rows = [
        _row(tenant_id, sitting_id, tally.member_id, number)
        | {
            "yes": tally.yes,
            "no": tally.no,
            "abstained": tally.abstained,
            "standing": standings.get(tally.member_id),
        }
        for number, tally in enumerate(tallies, 1)
    ]
    await session.execute(insert(_TALLIES), rows)


def _row(tenant_id: UUID, sitting_id: UUID, member: UUID, number: int) -> dict[str, Any]:
    return {
        "tenant_id": tenant_id,
        "id": new_id(),
        "sitting_id": sitting_id,
        "member_id": member,
        "number": number,
    }
