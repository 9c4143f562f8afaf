"""What was noted elsewhere of a member, and suggests that he be looked into."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.storage.among import among
from zhibu_discipline.rules.suggesting import Mark
from zhibu_discipline.tables import DisciplineSuggestion

SUGGESTIONS: Any = DisciplineSuggestion.__table__


async def keep(session: AsyncSession, tenant_id: UUID, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        await session.execute(
            insert(SUGGESTIONS), [{**row, "tenant_id": tenant_id} for row in rows]
        )


async def withdraw(
    session: AsyncSession, tenant_id: UUID, notes: Collection[UUID], on: date
) -> None:
    if notes:
        await session.execute(
            update(SUGGESTIONS)
            .where(SUGGESTIONS.c.tenant_id == tenant_id, among(SUGGESTIONS.c.note_id, "notes"))
            .values(withdrawn_on=on),
            {"notes": sorted(notes)},
        )


async def noted_of(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> list[Mark]:
    """The days on which it was noted of a member that discipline be thought of."""
    rows = await session.scalars(
        select(SUGGESTIONS.c.noted_on)
        .where(
            SUGGESTIONS.c.tenant_id == tenant_id,
            SUGGESTIONS.c.member_id == member_id,
            SUGGESTIONS.c.withdrawn_on.is_(None),
        )
        .order_by(SUGGESTIONS.c.noted_on)
    )
    return [Mark(on=day, what="") for day in rows]
