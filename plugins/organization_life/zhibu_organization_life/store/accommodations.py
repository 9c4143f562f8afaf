"""Flexible arrangements for elderly and ill members, and who is abroad."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu_organization_life.rules.accommodations import Accommodation
from zhibu_organization_life.rules.catalogues import Ground
from zhibu_organization_life.tables import Accommodation as Row


async def of_member(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> list[Accommodation]:
    """Every arrangement for a member, ended ones too."""
    return await _found(session, tenant_id, Row.member_id == member_id)


async def accommodation(session: AsyncSession, tenant_id: UUID, id: UUID) -> Accommodation | None:
    """One arrangement."""
    found = await _found(session, tenant_id, Row.id == id)
    return found[0] if found else None


async def add(session: AsyncSession, tenant_id: UUID, row: dict[str, Any]) -> None:
    await session.execute(insert(Row), [{"tenant_id": tenant_id, **row}])


async def end(session: AsyncSession, tenant_id: UUID, id: UUID, until: date, reason: str) -> None:
    await session.execute(
        update(Row)
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .values(until=until, end_reason=reason)
        .execution_options(synchronize_session=False)
    )


async def follow(
    session: AsyncSession, tenant_id: UUID, retained_id: UUID, until: date | None
) -> None:
    """Let the arrangement that follows a retained relationship end on a day, or go on."""
    await session.execute(
        update(Row)
        .where(Row.tenant_id == tenant_id, Row.retained_id == retained_id)
        .values(until=until)
        .execution_options(synchronize_session=False)
    )


async def _found(
    session: AsyncSession, tenant_id: UUID, where: ColumnElement[bool]
) -> list[Accommodation]:
    rows = await session.scalars(
        select(Row)
        .where(Row.tenant_id == tenant_id, where)
        .order_by(Row.since)
        .execution_options(populate_existing=True)
    )
    return [
        Accommodation(
            id=row.id,
            member_id=row.member_id,
            ground=Ground(row.ground),
            since=row.since,
            until=row.until,
            retained=row.retained_id is not None,
        )
        for row in rows
    ]
