"""Objections to a branch's year, and inspections of it."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu_scoring.rules.objections import Objection
from zhibu_scoring.tables import ScoringInspection, ScoringObjection

OBJECTIONS: Any = ScoringObjection.__table__


async def objection(session: AsyncSession, tenant_id: UUID, id: UUID) -> Objection | None:
    """One objection; None where there is none."""
    rows = await session.execute(
        select(OBJECTIONS).where(OBJECTIONS.c.tenant_id == tenant_id, OBJECTIONS.c.id == id)
    )
    row = rows.one_or_none()
    if row is None:
        return None
    return Objection(
        id=row.id,
        year_id=row.year_id,
        member_id=row.member_id,
        raised_by=row.raised_by,
        raiser_id=row.raiser_id,
        answered=row.answered_on is not None,
    )


async def unanswered(session: AsyncSession, tenant_id: UUID, year_id: UUID) -> int:
    """How many objections to a branch's year wait for an answer."""
    found = await session.scalar(
        select(func.count())
        .select_from(OBJECTIONS)
        .where(
            OBJECTIONS.c.tenant_id == tenant_id,
            OBJECTIONS.c.year_id == year_id,
            OBJECTIONS.c.answered_on.is_(None),
        )
    )
    return int(found or 0)


async def add(session: AsyncSession, tenant_id: UUID, values: dict[str, Any]) -> None:
    await session.execute(insert(OBJECTIONS).values(tenant_id=tenant_id, **values))


async def answer(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    """Set what was answered."""
    await session.execute(
        update(OBJECTIONS)
        .where(OBJECTIONS.c.tenant_id == tenant_id, OBJECTIONS.c.id == id)
        .values(**values)
    )


async def inspect(session: AsyncSession, tenant_id: UUID, values: dict[str, Any]) -> None:
    await session.execute(insert(ScoringInspection).values(tenant_id=tenant_id, **values))
