"""Who is left out of the assessment."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.storage.among import among
from zhibu_scoring.rules.exemptions import Exemption
from zhibu_scoring.tables import ScoringExemption

EXEMPTIONS: Any = ScoringExemption.__table__


async def of_members(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> list[Exemption]:
    """Every exemption of these members, ended ones for the years they held."""
    given = {"members": sorted(set(members))}
    return await _found(session, tenant_id, among(EXEMPTIONS.c.member_id, "members"), given)


async def exemption(session: AsyncSession, tenant_id: UUID, id: UUID) -> Exemption | None:
    """One exemption; None where there is none."""
    found = await _found(session, tenant_id, EXEMPTIONS.c.id == id, {})
    return found[0] if found else None


async def add(session: AsyncSession, tenant_id: UUID, values: dict[str, Any]) -> None:
    await session.execute(insert(EXEMPTIONS).values(tenant_id=tenant_id, **values))


async def end(
    session: AsyncSession, tenant_id: UUID, id: UUID, last_year: int, *, on: date, reason: str
) -> None:
    """Let it hold to that year only."""
    await session.execute(
        update(EXEMPTIONS)
        .where(EXEMPTIONS.c.tenant_id == tenant_id, EXEMPTIONS.c.id == id)
        .values(last_year=last_year, ended_on=on, end_reason=reason)
    )


async def _found(
    session: AsyncSession, tenant_id: UUID, where: ColumnElement[bool], given: dict[str, Any]
) -> list[Exemption]:
    rows = await session.execute(
        select(EXEMPTIONS)
        .where(EXEMPTIONS.c.tenant_id == tenant_id, where)
        .order_by(EXEMPTIONS.c.first_year, EXEMPTIONS.c.id),
        given,
    )
    return [
        Exemption(
            id=row.id,
            member_id=row.member_id,
            first_year=row.first_year,
            last_year=row.last_year,
        )
        for row in rows
    ]
