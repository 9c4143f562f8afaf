"""A member's year: what the approved entries of each item come to, and who is left out."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Text,
    and_,
    case,
    cast,
    extract,
    func,
    or_,
    select,
)

from zhibu.calendar import checked_year
from zhibu.members.public import Stage
from zhibu.members.reads import members_inside
from zhibu.members.tables import StagePeriod
from zhibu.organizations.reads import POSTS, organizations_inside
from zhibu_scoring.reads import homes
from zhibu_scoring.rules.entries import State
from zhibu_scoring.rules.recorders import Duty
from zhibu_scoring.tables import (
    ScoringCheck,
    ScoringEntry,
    ScoringExemption,
    ScoringFact,
    ScoringHelp,
    ScoringInspection,
    ScoringLateFact,
    ScoringObjection,
    ScoringPublication,
    ScoringRecommendation,
    ScoringResult,
    ScoringYear,
)

STAGE: Any = StagePeriod.__table__
ENTRY: Any = ScoringEntry.__table__
EXEMPTION: Any = ScoringExemption.__table__
FACT: Any = ScoringFact.__table__
YEAR: Any = ScoringYear.__table__
RESULT: Any = ScoringResult.__table__
OBJECTION: Any = ScoringObjection.__table__
LATE_FACT: Any = ScoringLateFact.__table__
INSPECTION: Any = ScoringInspection.__table__
PUBLICATION: Any = ScoringPublication.__table__
CHECK: Any = ScoringCheck.__table__
HELP: Any = ScoringHelp.__table__
RECOMMENDATION: Any = ScoringRecommendation.__table__


class OfMember:
    """`member { scoring(year) }`: the member's entries of that year."""

    def __init__(self, row: Any, args: Any, env: Any) -> None:
        self.member = row
        self.year = args.bind("year", convert=checked_year, type_=Integer())
        # Every field of the year needs these: one expression is selected once, however many ask.
        self.sums = _sums(self)
        self.exempt = _exempt(self)
        self.stopped = _stopped(self)
        self.path = homes.home(row, row.c.id, self.year, row.c.path)


class OfOrganization:
    """`organization { scoring }`: who records its assessment now."""

    def __init__(self, row: Any, args: Any, env: Any) -> None:
        self.organization = row

    def records(self, post: Any) -> ColumnElement[bool]:
        """Whether a post is one of its recorders' and supervisors', held still."""
        found: ColumnElement[bool] = and_(
            post.c.organization_id == self.organization.c.id,
            post.c.kind.in_([duty.value for duty in Duty]),
            post.c.until.is_(None),
        )
        return found

    def unrecommended(self) -> ColumnElement[int]:
        """How many of them nobody recommended, so far as is recorded."""
        post, row = POSTS.alias(), RECOMMENDATION.alias()
        known = select(row.c.id).where(row.c.post_id == post.c.id, row.c.withdrawn_on.is_(None))
        return (
            select(func.count())
            .select_from(post)
            .where(self.records(post), ~known.exists())
            .correlate(self.organization)
            .scalar_subquery()
        )

    def recommended(self, row: Any) -> ColumnElement[bool]:
        """Whether a recommendation stands, of a post that is held still."""
        post = POSTS.alias()
        held = select(post.c.id).where(self.records(post), post.c.id == row.c.post_id)
        return and_(row.c.withdrawn_on.is_(None), held.exists())


def _sums(of: OfMember) -> ColumnElement[str]:
    """Part, item, hundredths of points and number of what counts, as one text."""
    entry = ENTRY.alias()
    sign = case((entry.c.reverses_id.is_(None), 1), else_=-1)
    each = (
        select(
            entry.c.part,
            entry.c.item,
            cast(func.sum(cast(entry.c.points, BigInteger) * sign), BigInteger).label("points"),
            cast(func.sum(sign), BigInteger).label("count"),
        )
        .where(
            entry.c.member_id == of.member.c.id,
            entry.c.year == of.year,
            entry.c.state == State.APPROVED.value,
        )
        .group_by(entry.c.part, entry.c.item)
        .correlate(of.member)
        .subquery()
    )
    text = (
        each.c.part
        + "\t"
        + each.c.item
        + "\t"
        + cast(each.c.points, Text())
        + "\t"
        + cast(each.c.count, Text())
    )
    return select(func.aggregate_strings(text, "\n")).scalar_subquery()


def _exempt(of: OfMember) -> ColumnElement[bool]:
    """Whether the member is left out of that year."""
    row = EXEMPTION.alias()
    found: ColumnElement[bool] = (
        select(row.c.id).where(row.c.member_id == of.member.c.id, holds(row, of.year)).exists()
    )
    return found


def _stopped(of: OfMember) -> ColumnElement[bool]:
    """Whether the membership was stopped when that year ended."""
    row = STAGE.alias()
    found: ColumnElement[bool] = (
        select(row.c.id)
        .where(
            row.c.member_id == of.member.c.id,
            row.c.stage == Stage.STOPPED.value,
            extract("year", row.c.since) <= of.year,
            or_(row.c.until.is_(None), extract("year", row.c.until) > of.year),
        )
        .exists()
    )
    return found


def holds(row: Any, year: Any) -> ColumnElement[bool]:
    """Whether an exemption holds in a year."""
    return and_(row.c.first_year <= year, or_(row.c.last_year.is_(None), row.c.last_year >= year))


def of_members_inside(row: Any, args: Any, env: Any) -> Any:
    """Whether the member belongs at or below the organization asked for."""
    return members_inside(row.c.member_id, args.row("organization", "Organization"))


def year_of_query(args: Any) -> Any:
    """The year asked for, as a number. Raises `YearInvalid`."""
    return args.bind("year", convert=checked_year, type_=Integer())


def decided_in_year(row: Any, args: Any, env: Any) -> Any:
    """Whether a fact is of the year and organization asked for."""
    year = year_of_query(args)
    return (extract("year", row.c.decided_on) == year) & homes.of_homes_inside(row, args, year)


def exempt_inside(row: Any, args: Any, env: Any) -> Any:
    """Whether the member belongs there, or, of a year asked for, its branch assessed him then."""
    if args.given("year"):
        return homes.of_homes_inside(row, args, year_of_query(args))
    return of_members_inside(row, args, env)


def of_units_inside(row: Any, args: Any, env: Any) -> Any:
    """Whether the row's branch lies at or below the organization asked for, in that year."""
    inside = organizations_inside(row.c.organization_id, args.row("organization", "Organization"))
    return inside & (row.c.year == year_of_query(args))


def of_units(row: Any, args: Any, env: Any) -> Any:
    """Whether the row's branch lies at or below the organization asked for."""
    return organizations_inside(row.c.organization_id, args.row("organization", "Organization"))


def of_year_inside(row: Any, args: Any, env: Any) -> Any:
    """Whether the row's member belongs there, and the row is of that year."""
    return (row.c.year == year_of_query(args)) & of_members_inside(row, args, env)
