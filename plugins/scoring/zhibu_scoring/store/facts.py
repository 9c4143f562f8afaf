"""Honours and punishments that were recorded."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.calendar import year_of
from zhibu.storage.among import among
from zhibu_scoring.rules.facts import Fact, FactKind, KnownFact
from zhibu_scoring.tables import ScoringFact

FACTS: Any = ScoringFact.__table__


async def fact(session: AsyncSession, tenant_id: UUID, id: UUID) -> KnownFact | None:
    """One fact; None where there is none."""
    found = await _found(session, tenant_id, FACTS.c.id == id, {})
    return found[0] if found else None


async def of_source(session: AsyncSession, tenant_id: UUID, kind: str, id: UUID) -> list[KnownFact]:
    """What a sibling's record told, of whomever."""
    where = (FACTS.c.source_id == id) & (FACTS.c.source_kind == kind)
    return await _found(session, tenant_id, where, {})


async def told(
    session: AsyncSession, tenant_id: UUID, kind: str, ids: Collection[UUID]
) -> set[UUID]:
    """Of which of a sibling's records a fact stands."""
    rows = await session.scalars(
        select(FACTS.c.source_id).where(
            FACTS.c.tenant_id == tenant_id,
            FACTS.c.source_kind == kind,
            among(FACTS.c.source_id, "records"),
            FACTS.c.voided_on.is_(None),
        ),
        {"records": sorted(set(ids))},
    )
    return set(rows)


async def of_members(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], year: int
) -> list[KnownFact]:
    """What was decided of these members in a year, what was taken back as well."""
    where = among(FACTS.c.member_id, "members") & FACTS.c.decided_on.between(*year_of(year))
    return await _found(session, tenant_id, where, {"members": sorted(set(members))})


async def add(session: AsyncSession, tenant_id: UUID, values: dict[str, Any]) -> None:
    await session.execute(insert(FACTS).values(tenant_id=tenant_id, **values))


async def void(
    session: AsyncSession, tenant_id: UUID, id: UUID, *, by: UUID | None, on: date, reason: str
) -> None:
    """Take it back."""
    await session.execute(
        update(FACTS)
        .where(FACTS.c.tenant_id == tenant_id, FACTS.c.id == id)
        .values(voided_by=by, voided_on=on, void_reason=reason)
    )


async def _found(
    session: AsyncSession, tenant_id: UUID, where: ColumnElement[bool], given: dict[str, Any]
) -> list[KnownFact]:
    rows = await session.execute(
        select(FACTS)
        .where(FACTS.c.tenant_id == tenant_id, where)
        .order_by(FACTS.c.decided_on, FACTS.c.id),
        given,
    )
    return [
        KnownFact(
            id=row.id,
            fact=Fact(
                member_id=row.member_id,
                kind=FactKind(row.kind),
                title=row.title,
                document=row.document,
                decided_on=row.decided_on,
            ),
            recorded_by=row.recorded_by,
            recorder_id=row.recorder_id,
            voided=row.voided_on is not None,
            of_sibling=row.source_id is not None,
        )
        for row in rows
    ]
