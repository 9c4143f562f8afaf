"""Reports on members away: counted, written, and which are missing below."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Affiliation
from zhibu.organizations.tables import Organization
from zhibu.storage.violations import unique_violation
from zhibu_flow_members.errors import DoneMeanwhile
from zhibu_flow_members.rules.summaries import WHOLE, Period, Stand, Summary
from zhibu_flow_members.rules.values import TAKING
from zhibu_flow_members.tables import Case
from zhibu_flow_members.tables import Summary as Row
from zhibu_flow_members.tables.figures import belongs

CASE: Any = Case.__table__
AFFILIATION: Any = Affiliation.__table__


async def summary(session: AsyncSession, tenant_id: UUID, id: UUID) -> Summary | None:
    """One report, held until the act is over."""
    return await _one(session, tenant_id, Row.id == id)


async def of_period(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, year: int, half: int
) -> Summary | None:
    """What an organization reported of a period."""
    asked = and_(Row.organization_id == organization_id, Row.year == year, Row.half == half)
    return await _one(session, tenant_id, asked)


async def periods(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, *, whole: bool
) -> list[Period]:
    """The years, or the halves, that an organization has reported and that were not returned."""
    rows = await session.execute(
        select(Row.year, Row.half, Row.since, Row.until).where(
            Row.tenant_id == tenant_id,
            Row.organization_id == organization_id,
            (Row.half == WHOLE) if whole else (Row.half != WHOLE),
            Row.state != Stand.RETURNED,
        )
    )
    return [Period(**row._mapping) for row in rows]


async def missing(
    session: AsyncSession,
    tenant_id: UUID,
    path: str,
    year: int,
    half: int,
    since: date,
    until: date,
) -> int:
    """How many branches below with members away have not reported a half; of a year the second."""
    there = (
        select(Case.id)
        .join(
            Affiliation,
            and_(
                Affiliation.tenant_id == Case.tenant_id,
                belongs(AFFILIATION, CASE, until),
            ),
        )
        .where(
            Case.tenant_id == tenant_id,
            Affiliation.organization_id == Organization.id,
            Case.voided_on.is_(None),
            Case.since <= until,
            or_(Case.ended_on.is_(None), Case.ended_on >= since),
        )
        .correlate(Organization)
        .exists()
    )
    told = (
        select(Row.id)
        .where(
            Row.tenant_id == tenant_id,
            Row.organization_id == Organization.id,
            Row.year == year,
            Row.half == (half or 2),
            Row.state != Stand.RETURNED,
        )
        .correlate(Organization)
        .exists()
    )
    found = await session.scalar(
        select(func.count())
        .select_from(Organization)
        .where(
            Organization.tenant_id == tenant_id,
            Organization.ended_on.is_(None),
            Organization.kind.in_(sorted(TAKING)),
            *_below(Organization.path, path),
            there,
            ~told,
        )
    )
    return found or 0


async def write(
    session: AsyncSession, tenant_id: UUID, id: UUID | None, row: dict[str, Any]
) -> None:
    """Write a report, over the one that was returned if there is one. Raises `DoneMeanwhile`."""
    if id is not None:
        await change(session, tenant_id, id, **{k: v for k, v in row.items() if k != "id"})
        return
    try:
        await session.execute(insert(Row), [{"tenant_id": tenant_id, **row}])
    except IntegrityError as error:
        if unique_violation(error) is None:
            raise
        raise DoneMeanwhile(path=("organization",)) from error


async def change(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    """Set columns of a report."""
    await session.execute(
        update(Row)
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


async def _one(session: AsyncSession, tenant_id: UUID, asked: Any) -> Summary | None:
    found = await session.execute(
        select(Row, Organization.path)
        .join(
            Organization,
            and_(Organization.tenant_id == Row.tenant_id, Organization.id == Row.organization_id),
        )
        .where(Row.tenant_id == tenant_id, asked)
        .with_for_update(of=Row, key_share=True)
        .execution_options(populate_existing=True)
    )
    first = found.first()
    if first is None:
        return None
    row, path = first
    return Summary(
        id=row.id,
        organization_id=row.organization_id,
        path=path,
        state=Stand(row.state),
        submitted_on=row.submitted_on,
        submitted_by=row.submitted_by,
    )


def _below(column: Any, path: str) -> list[Any]:
    return [column >= path, column < path[:-1] + "/"]
