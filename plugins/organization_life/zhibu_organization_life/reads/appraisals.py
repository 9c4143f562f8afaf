"""Where the rows of an appraisal belong, and what of them is shown when."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_, select

from zhibu.identifiers import global_id
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu_organization_life.rules.appraisals import Stand
from zhibu_organization_life.tables import Appraisal, Ballot, Remark, Result, Statement

APPRAISAL: Any = Appraisal.__table__
BALLOT: Any = Ballot.__table__
REMARK: Any = Remark.__table__
RESULT: Any = Result.__table__
STATEMENT: Any = Statement.__table__
GRADE = "organization_life:appraisal:grade"


def path_of_appraisal(row: Any) -> ColumnElement[str]:
    """The path of the unit whose appraisal a row belongs to."""
    appraisal, unit = APPRAISAL.alias(), Organization.__table__.alias()
    return (
        select(unit.c.path)
        .where(
            appraisal.c.id == row.c.appraisal_id,
            unit.c.tenant_id == appraisal.c.tenant_id,
            unit.c.id == appraisal.c.organization_id,
        )
        .correlate(row)
        .scalar_subquery()
    )


def decided(name: str) -> Callable[[Any, Any], Any]:
    """What was decided of a member: for whoever decides at once, else once it is published."""

    def of(row: Any, env: Any) -> ColumnElement[Any]:
        shown = or_(_published(row), env.may(GRADE, path_of_appraisal(row)))
        return case((shown, row.c[name]))

    return of


def published(name: str) -> Callable[[Any, Any], Any]:
    """What is published of a member."""
    return lambda row, env: case((_published(row), row.c[name]))


def name_of_member(column: str) -> Callable[[Any, Any], Any]:
    """The name of the member that a column names, for whoever sees the row."""

    def of(row: Any, env: Any) -> ColumnElement[Any]:
        member = Member.__table__.alias()
        return (
            select(member.c.name)
            .where(member.c.id == row.c[column])
            .correlate(row)
            .scalar_subquery()
        )

    return of


def member_ids(rows: list[dict[str, Any]], env: Any) -> list[str]:
    """The ids by which members are named in inputs."""
    return [global_id("Member", row["member_id"]) for row in rows]


def grade_of(member: Any, year: ColumnElement[int]) -> ColumnElement[Any]:
    """The published grade of a member in a year, the latest if there are several."""
    result, appraisal = RESULT.alias(), APPRAISAL.alias()
    return (
        select(result.c.grade)
        .select_from(result)
        .join(
            appraisal,
            and_(
                appraisal.c.tenant_id == result.c.tenant_id,
                appraisal.c.id == result.c.appraisal_id,
            ),
        )
        .where(
            result.c.member_id == member.c.id,
            result.c.graded.is_(True),
            appraisal.c.state == Stand.PUBLISHED,
            appraisal.c.year == year,
        )
        .order_by(appraisal.c.published_on.desc(), result.c.id.desc())
        .limit(1)
        .correlate(member)
        .scalar_subquery()
    )


def _published(row: Any) -> ColumnElement[bool]:
    appraisal = APPRAISAL.alias()
    return (
        select(appraisal.c.id)
        .where(appraisal.c.id == row.c.appraisal_id, appraisal.c.state == Stand.PUBLISHED)
        .correlate(row)
        .exists()
    )
