"""Appraisals, and where each stands."""

from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.storage.violations import unique_violation
from zhibu_organization_life.errors import DoneMeanwhile
from zhibu_organization_life.rules.appraisals import Appraisal, Stand
from zhibu_organization_life.store.meetings import meeting_of
from zhibu_organization_life.tables import Appraisal as Row


async def appraisal_of(session: AsyncSession, tenant_id: UUID, id: UUID) -> Appraisal | None:
    """One appraisal and its meeting, both held until the act is over."""
    row = await session.scalar(
        select(Row)
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    meeting = await meeting_of(session, tenant_id, row.meeting_id, hold=True)
    assert meeting is not None, "an appraisal has a meeting"
    return Appraisal(
        id=row.id, year=row.year, stand=Stand(row.state), meeting=meeting, places=row.places
    )


async def stands_of(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, year: int
) -> list[Stand]:
    """Where every appraisal of a unit and a year stands, cancelled ones too."""
    rows = await session.scalars(
        select(Row.state).where(
            Row.tenant_id == tenant_id, Row.organization_id == organization_id, Row.year == year
        )
    )
    return [Stand(state) for state in rows]


async def at_meeting(session: AsyncSession, tenant_id: UUID, meeting_id: UUID) -> Any | None:
    """Id and year of the appraisal held at a meeting, unless it was cancelled."""
    rows = await session.execute(
        select(Row.id, Row.year, Row.state).where(
            Row.tenant_id == tenant_id,
            Row.meeting_id == meeting_id,
            Row.state != Stand.CANCELLED,
        )
    )
    return rows.first()


async def add(session: AsyncSession, tenant_id: UUID, row: dict[str, Any]) -> None:
    """Insert an appraisal. Raises `DoneMeanwhile` where somebody opened the same one."""
    try:
        await session.execute(insert(Row), [{"tenant_id": tenant_id, **row}])
    except IntegrityError as error:
        if unique_violation(error) is None:
            raise
        raise DoneMeanwhile(path=("year",)) from error


async def change(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    """Set columns of an appraisal."""
    await session.execute(
        update(Row)
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
