"""A member's standing of a year: joined once, judged by the same rules as in Python."""

from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from zhibu.calendar import checked_year, year_of
from zhibu.organizations.reads import below, path_of
from zhibu_education.reads.rows import CERTIFICATE, STANDING
from zhibu_education.reads.years import asked_year


class OfMember:
    """`member { education(year) }`: the member's standing of that year, joined once."""

    def __init__(self, row: Any, args: Any, env: Any) -> None:
        self.member = row
        self.asked = asked_year(args, env)
        self.year = self.asked.number
        self.on = ordinal(args, env)
        self.standing = STANDING.alias()
        self.joins = [
            (
                self.standing,
                and_(self.standing.c.member_id == row.c.id, self.standing.c.year == self.year),
            )
        ]

    @property
    def opened(self) -> Any:
        return self.standing.c.required.is_not(None)


def ordinal(args: Any, env: Any) -> ColumnElement[int]:
    """The day asked about as a number, today where none is given."""
    if args.given("on"):
        day: ColumnElement[int] = args.bind("on", convert=date.toordinal, type_=Integer())
        return day
    today: ColumnElement[int] = env.bind("today_ordinal", Integer())
    return today


def first_ordinal(args: Any) -> ColumnElement[int]:
    """The first day of the year asked about, as a number."""
    first: ColumnElement[int] = args.bind(
        "year", convert=lambda year: date(checked_year(year), 1, 1).toordinal(), type_=Integer()
    )
    return first


def days_of_year(args: Any) -> ColumnElement[int]:
    """How many days the year asked about has."""
    days: ColumnElement[int] = args.bind(
        "year",
        convert=lambda year: year_of(checked_year(year))[1].timetuple().tm_yday,
        type_=Integer(),
    )
    return days


def behind_pace(standing: Any, args: Any, env: Any) -> Any:
    """The rule `behind`, in SQL: fewer verified hours than even progress would have brought."""
    passed, days = _passed(args, env)
    return _hundredths(standing.c.verified) * days < _hundredths(standing.c.required) * passed


def will_miss(standing: Any, args: Any, env: Any) -> Any:
    """The rule `will_miss`, in SQL."""
    passed, days = _passed(args, env)
    earned = _hundredths(standing.c.verified) + _hundredths(standing.c.pending)
    required = _hundredths(standing.c.required)
    planned = case((passed == days, earned), else_=earned + _hundredths(standing.c.enrolled))
    return and_(
        planned < required,
        or_(passed == 0, earned * days < required * passed),
    )


def not_met(standing: Any) -> Any:
    """Whether the verified hours stay below the requirement."""
    return _hundredths(standing.c.verified) < _hundredths(standing.c.required)


def falls_short(member: Any, args: Any, env: Any) -> Any:
    """`educationBehind`: members below an organization whose standing is what `outlook` says."""
    standing = STANDING.alias()
    outlook = args.exact("outlook")
    wanted = getattr(outlook, "value", outlook)
    if wanted == "behind_pace":
        short = behind_pace(standing, args, env)
    elif wanted in ("not_met", "met"):
        short = not_met(standing) if wanted == "not_met" else ~not_met(standing)
    else:
        short = will_miss(standing, args, env)
    return and_(
        below(member.c.path, path_of(args.row("organization", "Organization"))),
        member.c.left_on.is_(None),
        select(literal(1))
        .where(standing.c.member_id == member.c.id, standing.c.year == args.bind("year"), short)
        .exists(),
    )


def certificate_serial(namespace: OfMember) -> ColumnElement[int]:
    """The number of the year's valid certificate."""
    certificate = CERTIFICATE.alias()
    return (
        select(func.max(certificate.c.serial))
        .where(
            certificate.c.member_id == namespace.member.c.id,
            certificate.c.year == namespace.year,
            certificate.c.voided_on.is_(None),
        )
        .scalar_subquery()
    )


def certificate_covered(namespace: Any) -> ColumnElement[bool]:
    """Whether the hours of the year's valid certificate still count; null without one."""
    certificate = CERTIFICATE.alias()
    covered: ColumnElement[bool] = (
        select(covers(certificate))
        .where(
            certificate.c.member_id == namespace.member.c.id,
            certificate.c.year == namespace.year,
            certificate.c.voided_on.is_(None),
        )
        .limit(1)
        .scalar_subquery()
    )
    return covered


def covers(certificate: Any) -> ColumnElement[bool | None]:
    """The rule `covers`, in SQL; null for a void certificate."""
    verified = _hundredths(hours_now(certificate, "verified"))
    required = _hundredths(hours_now(certificate, "required"))
    enough = and_(verified >= _hundredths(certificate.c.hours), verified >= required)
    return case((certificate.c.voided_on.is_(None), enough))


def hours_now(certificate: Any, column: str) -> ColumnElement[Any]:
    """What the standing of the certificate's year says now, under this name."""
    standing = STANDING.alias()
    return (
        select(standing.c[column])
        .where(
            standing.c.member_id == certificate.c.member_id,
            standing.c.year == certificate.c.year,
        )
        .correlate(certificate)
        .scalar_subquery()
    )


def _passed(args: Any, env: Any) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """The days of the year that have passed at the end of the day asked about, of how many."""
    days, since = days_of_year(args), ordinal(args, env) - first_ordinal(args) + 1
    return case((since < 0, 0), (since > days, days), else_=since), days


def _hundredths(column: Any) -> ColumnElement[int]:
    """Class hours as whole hundredths, for comparing without rounding."""
    return type_coerce(column, BigInteger)
