"""Reports on members away: counted, written, and which are missing below."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Affiliation
from zhibu.organizations.tables import Organization
from zhibu.storage.violations import unique_violation
from zhibu_flow_members.errors import DoneMeanwhile
from zhibu_flow_members.rules.notes import TOUCH, NoteKind
from zhibu_flow_members.rules.summaries import WHOLE, Figure, Period, Stand, Summary
from zhibu_flow_members.rules.values import TAKING
from zhibu_flow_members.store.stays import away, later
from zhibu_flow_members.tables import Case, Note
from zhibu_flow_members.tables import Summary as Row
from zhibu_flow_members.tables.figures import belonged, belongs, conditions, within

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


async def counted(
    session: AsyncSession, tenant_id: UUID, path: str, since: date, until: date
) -> dict[str, int]:
    """Every figure of who belonged at or below a path, in one statement."""

    def here(belonging: Any, day: Any) -> Any:
        joined = AFFILIATION.alias()
        return (
            select(joined.c.id)
            .join(
                Organization,
                and_(
                    Organization.tenant_id == joined.c.tenant_id,
                    Organization.id == joined.c.organization_id,
                ),
            )
            .where(
                joined.c.tenant_id == CASE.c.tenant_id,
                belonging(joined, CASE, day),
                *_below(Organization.path, path),
            )
            .correlate(CASE)
            .exists()
        )

    found = conditions(
        CASE,
        since,
        until,
        there=here(belongs, until),
        went_there=here(belongs, CASE.c.since),
        ended_there=here(belonged, CASE.c.ended_on),
        later=later(until),
        touched=within(CASE.c.touched_on, since, until, _noted(TOUCH, since, until)),
        reported=within(CASE.c.reported_on, since, until, _noted({NoteKind.REPORT}, since, until)),
    )
    sums = [
        func.coalesce(func.sum(case((found[figure], 1), else_=0)), 0).label(figure.value)
        for figure in Figure
    ]
    rows = await session.execute(
        select(*sums)
        .select_from(CASE)
        .where(CASE.c.tenant_id == tenant_id, CASE.c.member_id.in_(_ever(tenant_id, path, until)))
    )
    return dict(rows.mappings().one())


async def incoming(session: AsyncSession, tenant_id: UUID, path: str, until: date) -> int:
    """How many were taken in at or below a path on a day."""
    found = await session.scalar(
        select(func.count())
        .select_from(Case)
        .join(
            Organization,
            and_(Organization.tenant_id == Case.tenant_id, Organization.id == Case.host_id),
        )
        .where(
            Case.tenant_id == tenant_id,
            away(until),
            *_below(Organization.path, path),
        )
    )
    return found or 0


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


def _noted(kinds: Collection[NoteKind], since: date, until: date) -> Any:
    """Whether one of these was noted of a case within a period."""
    return (
        select(Note.id)
        .where(
            Note.tenant_id == CASE.c.tenant_id,
            Note.case_id == CASE.c.id,
            Note.kind.in_(sorted(kinds)),
            Note.voided_on.is_(None),
            Note.happened_on.between(since, until),
        )
        .correlate(CASE)
        .exists()
    )


def _ever(tenant_id: UUID, path: str, until: date) -> Any:
    """Whoever belonged at or below a path on some day up to one."""
    return (
        select(Affiliation.member_id)
        .join(
            Organization,
            and_(
                Organization.tenant_id == Affiliation.tenant_id,
                Organization.id == Affiliation.organization_id,
            ),
        )
        .where(
            Affiliation.tenant_id == tenant_id,
            Affiliation.since <= until,
            *_below(Organization.path, path),
        )
    )


def _below(column: Any, path: str) -> list[Any]:
    return [column >= path, column < path[:-1] + "/"]
