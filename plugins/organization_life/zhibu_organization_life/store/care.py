"""Surveys of members, and relief."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.tables import Organization
from zhibu.storage.among import among
from zhibu_organization_life.rules.care import Known
from zhibu_organization_life.tables import Relief, Survey

SURVEY: Any = Survey.__table__


async def survey(session: AsyncSession, tenant_id: UUID, id: UUID) -> Known | None:
    """One survey, held until the act is over."""
    found = await _held(session, tenant_id, Survey, id)
    if found is None:
        return None
    row, path = found
    return Known(
        id=row.id,
        member_id=row.member_id,
        path=path,
        on=row.surveyed_on,
        voided_on=row.voided_on,
        sealed=row.sealed,
    )


async def relief(session: AsyncSession, tenant_id: UUID, id: UUID) -> Known | None:
    """Relief, held until the act is over."""
    found = await _held(session, tenant_id, Relief, id)
    if found is None:
        return None
    row, path = found
    return Known(
        id=row.id, member_id=row.member_id, path=path, on=row.paid_on, voided_on=row.voided_on
    )


async def hardship(
    session: AsyncSession, tenant_id: UUID, member_id: UUID, first: date, last: date
) -> bool:
    """Whether a survey between two days found a member in hardship."""
    found = await session.scalar(
        select(Survey.id)
        .where(
            Survey.tenant_id == tenant_id,
            Survey.member_id == member_id,
            Survey.hardship.is_(True),
            Survey.voided_on.is_(None),
            Survey.surveyed_on.between(first, last),
        )
        .limit(1)
    )
    return found is not None


async def add_survey(session: AsyncSession, tenant_id: UUID, row: dict[str, Any]) -> None:
    await session.execute(insert(Survey), [{"tenant_id": tenant_id, **row}])


async def add_relief(session: AsyncSession, tenant_id: UUID, row: dict[str, Any]) -> None:
    await session.execute(insert(Relief), [{"tenant_id": tenant_id, **row}])


async def void_survey(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    await _void(session, tenant_id, Survey, id, **values)


async def void_relief(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    await _void(session, tenant_id, Relief, id, **values)


async def erase(session: AsyncSession, tenant_id: UUID, members: Collection[UUID]) -> None:
    """Erase how these lived; that somebody found it out stays."""
    await session.execute(
        update(SURVEY)
        .where(SURVEY.c.tenant_id == tenant_id, among(SURVEY.c.member_id, "members"))
        .values(sealed=b""),
        {"members": sorted(set(members))},
    )


async def _void(
    session: AsyncSession, tenant_id: UUID, table: Any, id: UUID, **values: Any
) -> None:
    await session.execute(
        update(table)
        .where(table.tenant_id == tenant_id, table.id == id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


async def _held(session: AsyncSession, tenant_id: UUID, table: Any, id: UUID) -> Any:
    found = await session.execute(
        select(table, Organization.path)
        .join(
            Organization,
            (Organization.tenant_id == table.tenant_id)
            & (Organization.id == table.organization_id),
        )
        .where(table.tenant_id == tenant_id, table.id == id)
        .with_for_update(of=table, key_share=True)
        .execution_options(populate_existing=True)
    )
    return found.first()
