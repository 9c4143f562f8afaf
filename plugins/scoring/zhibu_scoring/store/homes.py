"""Where members' years are assessed: at the branch where each formally was when the year ended.

A branch that drew a year up keeps it, whatever is found out later about where he was. Where it has
ended, or nobody here had him then, it is where he is.
"""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    extract,
    false,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from zhibu.calendar import year_of
from zhibu.members.tables import Affiliation, Member
from zhibu.organizations.tables import Organization
from zhibu.storage.among import among
from zhibu_scoring.tables import ScoringResult, ScoringYear


async def of(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], year: int
) -> dict[UUID, tuple[UUID, str]]:
    """The branch, and its path, that has the year of each of these members, if it stands still."""
    formal = (
        select(Affiliation.member_id, Organization.id, Organization.path, false().label("drawn"))
        .join(Organization, JOINED)
        .where(
            Affiliation.tenant_id == tenant_id,
            among(Affiliation.member_id, "members"),
            *_stood(year_of(year)[1]),
        )
    )
    drawn = (
        drawn_up(tenant_id, year)
        .add_columns(Organization.id, Organization.path, true())
        .where(among(ScoringResult.member_id, "members"), ScoringResult.year == year)
    )
    rows = await session.execute(union_all(formal, drawn), {"members": sorted(set(members))})
    return {row[0]: (row[1], row[2]) for row in sorted(rows, key=lambda row: bool(row[3]))}


def assessed(tenant_id: UUID, last: date, *inside: ColumnElement[bool]) -> Any:
    """Members whose formal branch on the last day of a year is `inside` and stands still."""
    return (
        select(Member.id)
        .join(Affiliation, _of_member())
        .join(Organization, JOINED)
        .where(Affiliation.tenant_id == tenant_id, *inside, *_stood(last))
    )


def drawn_up(tenant_id: UUID, year: int) -> Select[UUID]:
    """Members whose year was drawn up, by a branch (to be narrowed) that stands still."""
    return (
        select(ScoringResult.member_id)
        .join(ScoringYear, OF_YEAR)
        .join(Organization, _drew_up(Organization))
        .where(
            ScoringResult.tenant_id == tenant_id,
            ScoringYear.year == year,
            Organization.ended_on.is_(None),
        )
    )


def branch_in(year: int) -> ColumnElement[UUID]:
    """The branch that assesses a year of the member of the outer statement."""
    then, unit = aliased(Affiliation), aliased(Organization)
    formal = (
        select(unit.id)
        .join(then, and_(then.tenant_id == unit.tenant_id, then.organization_id == unit.id))
        .where(
            then.tenant_id == Member.tenant_id,
            then.member_id == Member.id,
            *_stood(year_of(year)[1], then, unit),
        )
        .correlate(Member)
        .scalar_subquery()
    )
    drew = aliased(Organization)
    drawn = (
        select(drew.id)
        .join(ScoringYear, _drew_up(drew))
        .join(ScoringResult, OF_YEAR)
        .where(
            ScoringResult.tenant_id == Member.tenant_id,
            ScoringResult.member_id == Member.id,
            ScoringResult.year == year,
            drew.ended_on.is_(None),
        )
        .limit(1)
        .correlate(Member)
        .scalar_subquery()
    )
    found: ColumnElement[UUID] = func.coalesce(drawn, formal, Member.organization_id)
    return found


def elsewhere(last: date) -> ColumnElement[bool]:
    """Whether the member of the outer statement had such a branch on that day."""
    return _elsewhere(_stood(last), Member)


def elsewhere_in(year: Any, outer: Any) -> ColumnElement[bool]:
    """The same on the last day of a `year` that `outer` has as a number."""
    return _elsewhere((*lasted(year), Organization.ended_on.is_(None)), Member, outer)


def lasted(year: Any) -> tuple[ColumnElement[bool], ...]:
    """Whether an affiliation lasted on the last day of a year that is a number of the statement."""
    until = extract("year", Affiliation.until)
    return (
        extract("year", Affiliation.since) <= year,
        or_(Affiliation.until.is_(None), until > year),
    )


def _elsewhere(stood: tuple[ColumnElement[bool], ...], *outer: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = (
        select(Affiliation.id)
        .join(Organization, JOINED)
        .where(_of_member(), *stood)
        .correlate(*outer)
        .exists()
    )
    return found


JOINED = and_(
    Organization.tenant_id == Affiliation.tenant_id, Organization.id == Affiliation.organization_id
)
OF_YEAR = and_(
    ScoringYear.tenant_id == ScoringResult.tenant_id, ScoringYear.id == ScoringResult.year_id
)


def _drew_up(unit: Any) -> ColumnElement[bool]:
    return and_(unit.tenant_id == ScoringYear.tenant_id, unit.id == ScoringYear.organization_id)


def _of_member() -> ColumnElement[bool]:
    return and_(Affiliation.tenant_id == Member.tenant_id, Affiliation.member_id == Member.id)


def _stood(
    last: date, then: Any = Affiliation, unit: Any = Organization
) -> tuple[ColumnElement[bool], ...]:
    return (
        then.since <= last,
        or_(then.until.is_(None), then.until > last),
        unit.ended_on.is_(None),
    )
