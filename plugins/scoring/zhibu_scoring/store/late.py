"""What records came to say of decided years."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.identifiers import new_id
from zhibu.storage.among import among
from zhibu_scoring.rules.late import LateFact, Noted, Settlement
from zhibu_scoring.tables import ScoringLateFact

ROWS: Any = ScoringLateFact.__table__


async def late_fact(session: AsyncSession, tenant_id: UUID, id: UUID) -> Noted | None:
    """One late fact; None where there is none."""
    found = await _found(session, tenant_id, ROWS.c.id == id, {})
    return found[0] if found else None


async def of_members(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], year: int
) -> Sequence[Noted]:
    """What was noted of these members' year, settled or not."""
    where = among(ROWS.c.member_id, "members") & (ROWS.c.year == year)
    return await _found(session, tenant_id, where, {"members": sorted(set(members))})


async def add(
    session: AsyncSession, tenant_id: UUID, facts: Sequence[LateFact], on: date
) -> list[UUID]:
    """Note facts; their ids."""
    ids = [new_id() for _ in facts]
    rows = [
        {
            "tenant_id": tenant_id,
            "id": id,
            "year_id": each.year_id,
            "member_id": each.member_id,
            "year": each.year,
            "source": each.source,
            "item": each.item,
            "name": each.name,
            "points": each.points,
            "happened_on": each.happened_on,
            "description": each.description,
            "reverses_id": each.reverses,
            "noted_on": on,
        }
        for id, each in zip(ids, facts, strict=True)
    ]
    if rows:
        await session.execute(insert(ROWS), rows)
    return ids


async def settle(
    session: AsyncSession, tenant_id: UUID, ids: Collection[UUID], **values: Any
) -> None:
    """Set what became of them; of what waits again, nothing."""
    where = (ROWS.c.tenant_id == tenant_id) & among(ROWS.c.id, "wanted")
    await session.execute(update(ROWS).where(where).values(**values), {"wanted": sorted(ids)})


async def _found(
    session: AsyncSession, tenant_id: UUID, where: ColumnElement[bool], given: dict[str, Any]
) -> Sequence[Noted]:
    rows = await session.execute(
        select(ROWS).where(ROWS.c.tenant_id == tenant_id, where).order_by(ROWS.c.id), given
    )
    return [
        Noted(
            id=row.id,
            fact=LateFact(
                year_id=row.year_id,
                member_id=row.member_id,
                year=row.year,
                source=row.source,
                item=row.item,
                name=row.name,
                points=row.points,
                happened_on=row.happened_on,
                description=row.description,
                reverses=row.reverses_id,
            ),
            settlement=Settlement(row.settlement) if row.settlement else None,
        )
        for row in rows
    ]
