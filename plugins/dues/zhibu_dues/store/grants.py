"""Reductions and consents to pay by the quarter."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu_dues.rules.months import Spell
from zhibu_dues.rules.reliefs import Grant
from zhibu_dues.store.chunks import chunks
from zhibu_dues.tables import DuesQuarterly, DuesReduction

REDUCTIONS: Any = DuesReduction.__table__
QUARTERLY: Any = DuesQuarterly.__table__


async def add(session: AsyncSession, tenant_id: UUID, table: Any, values: dict[str, Any]) -> None:
    await session.execute(insert(table).values(tenant_id=tenant_id, **values))


async def grant(session: AsyncSession, tenant_id: UUID, table: Any, id: UUID) -> Grant | None:
    """One reduction or consent; None where there is none."""
    found = await session.execute(
        select(table).where(table.c.tenant_id == tenant_id, table.c.id == id)
    )
    row = found.one_or_none()
    return None if row is None else _grant(row)


async def by_procedure(session: AsyncSession, tenant_id: UUID, procedure_id: UUID) -> Grant | None:
    """The reduction that a procedure decided."""
    found = await session.execute(
        select(REDUCTIONS).where(
            REDUCTIONS.c.tenant_id == tenant_id, REDUCTIONS.c.procedure_id == procedure_id
        )
    )
    row = found.one_or_none()
    return None if row is None else _grant(row)


async def of_members(
    session: AsyncSession, tenant_id: UUID, table: Any, members: Collection[UUID]
) -> list[Grant]:
    """Every reduction or consent of these members, ended ones for the months they held."""
    found: list[Grant] = []
    for part in chunks(sorted(set(members))):
        rows = await session.execute(
            select(table)
            .where(table.c.tenant_id == tenant_id, table.c.member_id.in_(part))
            .order_by(table.c.since, table.c.id)
        )
        found += [_grant(row) for row in rows]
    return found


async def end(
    session: AsyncSession,
    tenant_id: UUID,
    table: Any,
    id: UUID,
    *,
    until: date,
    on: date,
    reason: str,
) -> None:
    """Let it hold before that month only."""
    await session.execute(
        update(table)
        .where(table.c.tenant_id == tenant_id, table.c.id == id)
        .values(until=until, ended_on=on, end_reason=reason)
    )


def _grant(row: Any) -> Grant:
    return Grant(
        id=row.id,
        member_id=row.member_id,
        spell=Spell(since=row.since, until=row.until),
        fen=getattr(row, "fen", None),
        ended_on=row.ended_on,
    )
