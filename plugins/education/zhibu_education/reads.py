"""How education's fields are read: SQL expressions over the rows of a request."""

from datetime import date
from decimal import Decimal
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
    literal,
    or_,
    select,
    type_coerce,
)

from zhibu.figures.tables import KeptFigure
from zhibu.members.tables import Member
from zhibu.organizations.reads import below, path_of
from zhibu.organizations.tables import Organization
from zhibu.storage.tables import Exact
from zhibu_education.rules.catalogues import LECTURES, Presence, SessionState
from zhibu_education.tables import (
    Attendance,
    Certificate,
    Credit,
    Exemption,
    Expense,
    Plan,
    PlanItem,
    Session,
    Standing,
    Teacher,
)

ATTENDANCE: Any = Attendance.__table__
CERTIFICATE: Any = Certificate.__table__
CREDIT: Any = Credit.__table__
EXEMPTION: Any = Exemption.__table__
EXPENSE: Any = Expense.__table__
PLAN: Any = Plan.__table__
PLAN_ITEM: Any = PlanItem.__table__
SESSION: Any = Session.__table__
STANDING: Any = Standing.__table__
TEACHER: Any = Teacher.__table__

MEMBERS, MET, HOURS, PENDING, SESSIONS = (
    "education.members",
    "education.met",
    "education.hours",
    "education.pending",
    "education.sessions",
)


class OfMember:
    """`member { education(year) }`: the member's standing of that year, joined once."""

    def __init__(self, row: Any, args: Any, env: Any) -> None:
        self.member = row
        self.year = args.bind("year")
        self.on = ordinal(args, env)
        self.standing = STANDING.alias()
        self.joins = [
            (
                self.standing,
                and_(self.standing.c.member_id == row.c.id, self.standing.c.year == self.year),
            )
        ]

    @property
    def opened(self) -> ColumnElement[bool]:
        return self.standing.c.required.is_not(None)


class OfOrganization:
    """`organization { education(year) }`: kept totals of that year, here and below."""

    def __init__(self, row: Any, args: Any, env: Any) -> None:
        self.organization = row
        self.year = args.bind("year")

    def total(self, figure: str) -> ColumnElement[int]:
        kept = KeptFigure.__table__.alias()
        return (
            select(func.coalesce(func.sum(kept.c.value), 0))
            .where(
                kept.c.name == figure_of_year(figure, self.year),
                below(kept.c.path, self.organization.c.path),
            )
            .scalar_subquery()
        )


class Totals:
    """`educationFigures`: every kept figure of a year below an organization, in one row."""

    def __init__(self, args: Any, env: Any) -> None:
        self.year = args.bind("year")
        self.kept = self.from_ = KeptFigure.__table__.alias()
        self.path = self.kept.c.path
        self._top = path_of(args.row("organization", "Organization"))
        self._names: list[Any] = []

    @property
    def where(self) -> ColumnElement[bool]:
        return and_(self.kept.c.name.in_(self._names), below(self.path, self._top))

    def total(self, figure: str) -> ColumnElement[int]:
        name = figure_of_year(figure, self.year)
        self._names.append(name)
        value = case((self.kept.c.name == name, self.kept.c.value), else_=0)
        return func.coalesce(func.sum(value), 0)


def figure_of_year(figure: str, year: Any) -> ColumnElement[str]:
    """The name under which a figure of a year is kept."""
    return literal(f"{figure}.") + cast(year, Text())


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
        "year", convert=lambda year: date(year, 1, 1).toordinal(), type_=Integer()
    )
    return first


def days_of_year(args: Any) -> ColumnElement[int]:
    """How many days the year asked about has."""
    days: ColumnElement[int] = args.bind(
        "year",
        convert=lambda year: (date(year, 12, 31) - date(year, 1, 1)).days + 1,
        type_=Integer(),
    )
    return days


def behind_pace(standing: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """The rule `behind`, in SQL: fewer verified hours than even progress would have brought."""
    passed, days = _passed(args, env)
    return _hundredths(standing.c.verified) * days < _hundredths(standing.c.required) * passed


def will_miss(standing: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """The rule `will_miss`, in SQL."""
    passed, days = _passed(args, env)
    earned = _hundredths(standing.c.verified) + _hundredths(standing.c.pending)
    required = _hundredths(standing.c.required)
    planned = case((passed == days, earned), else_=earned + _hundredths(standing.c.enrolled))
    return and_(
        planned < required,
        or_(passed == 0, earned * days < required * passed),
    )


def not_met(standing: Any) -> ColumnElement[bool]:
    """Whether the verified hours stay below the requirement."""
    return _hundredths(standing.c.verified) < _hundredths(standing.c.required)


def falls_short(member: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """`educationBehind`: members below an organization whose standing is what `outlook` says."""
    standing = STANDING.alias()
    outlook = args.exact("outlook")
    wanted = getattr(outlook, "value", outlook)
    if wanted == "behind_pace":
        short = behind_pace(standing, args, env)
    elif wanted == "not_met":
        short = not_met(standing)
    else:
        short = will_miss(standing, args, env)
    return and_(
        below(member.c.path, path_of(args.row("organization", "Organization"))),
        member.c.left_on.is_(None),
        select(literal(1))
        .where(standing.c.member_id == member.c.id, standing.c.year == args.bind("year"), short)
        .exists(),
    )


def as_hours(hundredths: Any) -> ColumnElement[Decimal]:
    """A sum of hundredths, shown as class hours."""
    return type_coerce(hundredths, Exact())


def path_of_member(row: Any) -> ColumnElement[str]:
    """The path of the branch of the member that a row is about."""
    member = Member.__table__.alias()
    return (
        select(member.c.path).where(member.c.id == row.c.member_id).correlate(row).scalar_subquery()
    )


def path_of_organization(row: Any) -> ColumnElement[str]:
    """The path of the organization that a row belongs to."""
    unit = Organization.__table__.alias()
    return (
        select(unit.c.path)
        .where(unit.c.id == row.c.organization_id)
        .correlate(row)
        .scalar_subquery()
    )


def path_of_plan(row: Any) -> ColumnElement[str]:
    """The path of the organization whose plan an item belongs to."""
    from_plan = PLAN.alias()
    unit = Organization.__table__.alias()
    return (
        select(unit.c.path)
        .where(
            from_plan.c.id == row.c.plan_id,
            unit.c.tenant_id == from_plan.c.tenant_id,
            unit.c.id == from_plan.c.organization_id,
        )
        .correlate(row)
        .scalar_subquery()
    )


def members_inside(column: Any, organization: Any) -> ColumnElement[bool]:
    """Whether the member named by `column` belongs at or below an organization."""
    member = Member.__table__.alias()
    return column.in_(select(member.c.id).where(below(member.c.path, path_of(organization))))


def organizations_inside(column: Any, organization: Any) -> ColumnElement[bool]:
    """Whether the organization named by `column` lies at or below another."""
    unit = Organization.__table__.alias()
    return column.in_(select(unit.c.id).where(below(unit.c.path, path_of(organization))))


def lectures_given(namespace: OfMember) -> ColumnElement[int]:
    """Party lectures and reports the member gave in the year (S2-04)."""
    session = SESSION.alias()
    return (
        select(func.count())
        .select_from(session)
        .where(
            session.c.lecturer_id == namespace.member.c.id,
            session.c.state == SessionState.HELD,
            session.c.form.in_(sorted(LECTURES)),
            _year_of(session.c.held_on, namespace.year),
        )
        .scalar_subquery()
    )


def collective_sessions(namespace: OfMember, *, attended: bool) -> ColumnElement[int]:
    """Sessions of the year the member was marked for, or was present at (S2-05)."""
    session, attendance = SESSION.alias(), ATTENDANCE.alias()
    states = [Presence.PRESENT]
    if not attended:
        states += [Presence.ON_LEAVE, Presence.ABSENT]
    return (
        select(func.count())
        .select_from(attendance)
        .join(
            session,
            and_(
                session.c.tenant_id == attendance.c.tenant_id,
                session.c.id == attendance.c.session_id,
            ),
        )
        .where(
            attendance.c.member_id == namespace.member.c.id,
            attendance.c.state.in_(states),
            session.c.state == SessionState.HELD,
            _year_of(session.c.held_on, namespace.year),
        )
        .scalar_subquery()
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


def attended(row: Any, presence: Presence) -> ColumnElement[int]:
    """How many are marked so at the session of this row."""
    attendance = ATTENDANCE.alias()
    return (
        select(func.count())
        .select_from(attendance)
        .where(attendance.c.session_id == row.c.id, attendance.c.state == presence)
        .scalar_subquery()
    )


def _passed(args: Any, env: Any) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """The days of the year that have passed at the end of the day asked about, of how many."""
    days, since = days_of_year(args), ordinal(args, env) - first_ordinal(args) + 1
    return case((since < 0, 0), (since > days, days), else_=since), days


def _hundredths(column: Any) -> ColumnElement[int]:
    """Class hours as whole hundredths, for comparing without rounding."""
    return type_coerce(column, BigInteger)


def _year_of(day: Any, year: Any) -> ColumnElement[bool]:
    return extract("year", day) == year
