"""Which branch assesses a member's year: the one where he formally was when the year ended.

A branch that drew the year up with him keeps it, whatever is found out later about where he was.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, extract, func, or_, select

from zhibu.members.reads import AFFILIATIONS, MEMBERS, path_of_member
from zhibu.organizations.reads import ORGANIZATIONS, below, path_of
from zhibu.storage.aliases import named
from zhibu_scoring.tables import ScoringResult, ScoringYear

YEAR: Any = ScoringYear.__table__
RESULT: Any = ScoringResult.__table__
READ = "scoring:record:read"


def path_of_home(row: Any) -> ColumnElement[str]:
    """The path of the branch that assesses the year of a row, by its `member_id` and `year`."""
    return home(row, row.c.member_id, row.c.year, path_of_member(row))


def path_of_first(row: Any) -> ColumnElement[str]:
    """The same of an exemption, by its first year."""
    return home(row, row.c.member_id, row.c.first_year, path_of_member(row))


def path_of_decided(row: Any) -> ColumnElement[str]:
    """The same of a fact, by the day of its decision."""
    return home(row, row.c.member_id, extract("year", row.c.decided_on), path_of_member(row))


def seen(row: Any, env: Any) -> ColumnElement[bool]:
    """Whoever may read points of the branch of that year, or where the member is; and he."""
    return _seen(row, env, path_of_home(row), row.c.member_id)


def first_seen(row: Any, env: Any) -> ColumnElement[bool]:
    """The same of an exemption."""
    return _seen(row, env, path_of_first(row), row.c.member_id)


def decided_seen(row: Any, env: Any) -> ColumnElement[bool]:
    """The same of a fact."""
    return _seen(row, env, path_of_decided(row), row.c.member_id)


def result_seen(row: Any, env: Any) -> ColumnElement[bool]:
    """The same of what is kept with a branch's year."""
    return _seen(row, env, path_of_year(row), row.c.member_id)


def objection_seen(row: Any, env: Any) -> ColumnElement[bool]:
    """The same of an objection; not the member it is about sees it, but who raised it."""
    return _seen(row, env, path_of_year(row), row.c.raiser_id)


def _seen(row: Any, env: Any, path: Any, owner: Any) -> ColumnElement[bool]:
    here = env.may(READ, path_of_member(row), owner)
    return or_(here, env.may(READ, path, owner))


def home(row: Any, member: Any, year: Any, here: Any) -> ColumnElement[str]:
    """The path of the branch of a member's year; `here` where it runs, or that branch ended."""
    then, unit = named(AFFILIATIONS, "ha"), named(ORGANIZATIONS, "hu")
    path = (
        select(unit.c.path)
        .where(unit.c.id == then.c.organization_id, then.c.member_id == member)
        .where(_stood(then, unit, year))
        .correlate(row)
        .scalar_subquery()
    )
    result, unit, drew = _drawn(year)
    drawn = (
        select(func.min(unit.c.path))
        .where(result.c.member_id == member, drew)
        .correlate(row)
        .scalar_subquery()
    )
    found: ColumnElement[str] = func.coalesce(drawn, path, here)
    return found


def _drawn(year: Any) -> tuple[Any, Any, ColumnElement[bool]]:
    """Results, branches, and that such a branch stands still and drew such a result up."""
    result, of, unit = named(RESULT, "hr"), named(YEAR, "hy"), named(ORGANIZATIONS, "ho")
    drew = and_(
        result.c.year == year,
        of.c.id == result.c.year_id,
        unit.c.id == of.c.organization_id,
        unit.c.ended_on.is_(None),
    )
    return result, unit, drew


def of_homes_inside(row: Any, args: Any, year: Any) -> Any:
    """Whether the branch of the member's `year` lies at or below the organization asked for."""
    top = path_of(args.row("organization", "Organization"))
    then, unit = named(AFFILIATIONS, "ia"), named(ORGANIZATIONS, "iu")
    assessed = (
        select(then.c.member_id)
        .where(unit.c.id == then.c.organization_id, below(unit.c.path, top))
        .where(_stood(then, unit, year))
    )
    away, other, member = (
        named(AFFILIATIONS, "aa"),
        named(ORGANIZATIONS, "au"),
        named(MEMBERS, "am"),
    )
    elsewhere = (
        select(away.c.id)
        .where(other.c.id == away.c.organization_id, away.c.member_id == member.c.id)
        .where(_stood(away, other, year))
        .correlate(member)
        .exists()
    )
    here = select(member.c.id).where(below(member.c.path, top), ~elsewhere)
    then_or_now = or_(row.c.member_id.in_(assessed), row.c.member_id.in_(here))
    result, unit, drew = _drawn(year)
    ours = select(result.c.member_id).where(drew, below(unit.c.path, top))
    # Of few rows, at last: hashed, it would be everybody of the year.
    drawn = select(result.c.id).where(result.c.member_id == row.c.member_id, drew)
    theirs = and_(then_or_now, ~drawn.correlate(row).exists())
    return or_(row.c.member_id.in_(ours), theirs)


def name_of_member(row: Any) -> ColumnElement[str]:
    """What the member is called whom a row is about."""
    member = named(MEMBERS, "mn")
    found: ColumnElement[str] = (
        select(member.c.name).where(member.c.id == row.c.member_id).correlate(row).scalar_subquery()
    )
    return found


def _stood(then: Any, unit: Any, year: Any) -> ColumnElement[bool]:
    """Whether an affiliation lasted on the last day of a year, to a branch that stands still."""
    return and_(
        unit.c.ended_on.is_(None),
        extract("year", then.c.since) <= year,
        or_(then.c.until.is_(None), extract("year", then.c.until) > year),
    )


def path_of_year(row: Any) -> ColumnElement[str]:
    """The path of the branch whose year a row is about, by its `year_id`."""
    year, unit = named(YEAR, "py"), named(ORGANIZATIONS, "pu")
    found: ColumnElement[str] = (
        select(unit.c.path)
        .where(unit.c.id == year.c.organization_id, year.c.id == row.c.year_id)
        .correlate(row)
        .scalar_subquery()
    )
    return found


def notice_of(row: Any) -> ColumnElement[Any]:
    """The last day on which the branch's year that a row is about is put up."""
    year = named(YEAR, "ny")
    found: ColumnElement[Any] = (
        select(year.c.notice_until)
        .where(year.c.id == row.c.year_id)
        .correlate(row)
        .scalar_subquery()
    )
    return found
