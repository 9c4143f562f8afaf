"""What of a year is not done: hours, branches' years, leaders' lectures, and plans."""

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)

from zhibu.calendar import add_months, year_of
from zhibu.contributions import Window
from zhibu.due.declaring import NOBODY, by_region, ends_of_years
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization, Post
from zhibu.parameters.book import Value
from zhibu_education.rules.catalogues import LECTURES, SessionState
from zhibu_education.rules.standing import days_passed
from zhibu_education.tables import Certificate, Plan, Session, Standing


def behind(window: Window) -> Select[Any]:
    """Each living member's hours of a year; done while they keep the pace, or are reached."""
    years = ends_of_years(window)
    done = case((~_behind(window), window.today))
    return _standings(window, years).add_columns(
        Member.id.label("subject_id"),
        Member.organization_id.label("organization_id"),
        Member.id.label("member_id"),
        years.c.starts_on,
        years.c.due_on,
        done.label("done_on"),
    )


def unfinished(window: Window) -> Select[Any]:
    """Each branch's year; done while nobody is behind and, once it has ended, nothing pending."""
    years = ends_of_years(window)
    pending = and_(_hundredths(Standing.pending) > 0, years.c.due_on <= window.today)
    open_ones = func.sum(case((_behind(window), 1), (pending, 1), else_=0))
    return (
        _standings(window, years)
        .add_columns(
            Member.organization_id.label("subject_id"),
            Member.organization_id.label("organization_id"),
            NOBODY.label("member_id"),
            years.c.starts_on,
            years.c.due_on,
            case((open_ones == 0, window.today)).label("done_on"),
        )
        .group_by(Member.organization_id, years.c.starts_on, years.c.due_on)
    )


def lectures(window: Window) -> Select[Any]:
    """Each leader's lecture of a year (S2-04); done on the day of the last one that was due."""
    ended = [year for year in _years(window) if window.first <= year_of(year)[1] <= window.last]
    years = ended or [window.last.year]  # of which nothing falls into the window
    rows: Any = union_all(*(_lectures(window, year) for year in years)).subquery("lectures")
    return select(*rows.c)


def plans(window: Window) -> Select[Any]:
    """Each plan that an organization owes for a year (S2-29); done once it is published."""
    rows: Any = union_all(*(_plans(window, year) for year in _years(window))).subquery("plans")
    return select(*rows.c)


def certificates(window: Window) -> Select[Any]:
    """Certificates whose hours count no longer; until each is voided, kept or covered again."""
    columns: list[Any] = [
        Certificate.id.label("subject_id"),
        Member.organization_id.label("organization_id"),
        Member.id.label("member_id"),
        Certificate.uncovered_on.label("starts_on"),
        Certificate.uncovered_on.label("due_on"),
        literal(None, Date()).label("done_on"),
    ]
    return (
        select(*columns)
        .join(
            Member,
            and_(Member.tenant_id == Certificate.tenant_id, Member.id == Certificate.member_id),
        )
        .where(
            Certificate.tenant_id == window.tenant_id,
            Certificate.uncovered_on.between(window.first, window.last),
        )
    )


def _lectures(window: Window, year: int) -> Select[Any]:
    first, last = year_of(year)
    posts = window.book.regions("education.leading_posts", last)
    leads = (
        select(Post.id)
        .join(
            Organization,
            and_(Organization.tenant_id == Post.tenant_id, Organization.id == Post.organization_id),
        )
        .where(
            Post.tenant_id == window.tenant_id,
            Post.member_id == Member.id,
            Post.since <= last,
            or_(Post.until.is_(None), Post.until > first),
            by_region(posts, Organization.path, lambda found: Post.kind.in_(found.value or ())),
        )
        .correlate(Member)
        .exists()
    )
    given = (
        select(Session.held_on)
        .where(
            Session.tenant_id == window.tenant_id,
            Session.lecturer_id == Member.id,
            Session.state == SessionState.HELD,
            Session.form.in_(sorted(LECTURES)),
            Session.held_on.between(first, last),
        )
        .correlate(Member)
        .order_by(Session.held_on, Session.id)
        .limit(1)
    )
    wanted = window.book.regions("education.lectures_of_leaders", last)

    def last_of(found: Value) -> Any:
        return given.offset(max(0, (found.value or 0) - 1)).scalar_subquery()

    return select(
        Member.id.label("subject_id"),
        Member.organization_id.label("organization_id"),
        Member.id.label("member_id"),
        literal(first, Date()).label("starts_on"),
        literal(last, Date()).label("due_on"),
        by_region(wanted, Member.path, last_of).label("done_on"),
    ).where(
        Member.tenant_id == window.tenant_id,
        Member.left_on.is_(None),
        literal(last, Date()).between(window.first, window.last),
        leads,
        by_region(wanted, Member.path, lambda found: literal(bool(found.value))),
    )


def _plans(window: Window, year: int) -> Select[Any]:
    first, last = year_of(year)
    kinds = window.book.regions("education.planning_kinds", last)
    months = window.book.regions("education.plan_months", last)

    def due(found: Value) -> Any:
        return literal(add_months(first, found.value or 0) - timedelta(days=1), Date())

    due_on = by_region(months, Organization.path, due)
    return (
        select(
            Organization.id.label("subject_id"),
            Organization.id.label("organization_id"),
            NOBODY.label("member_id"),
            literal(first, Date()).label("starts_on"),
            due_on.label("due_on"),
            Plan.published_on.label("done_on"),
        )
        .join(
            Plan,
            and_(
                Plan.tenant_id == Organization.tenant_id,
                Plan.organization_id == Organization.id,
                Plan.year == year,
            ),
            isouter=True,
        )
        .where(
            Organization.tenant_id == window.tenant_id,
            Organization.ended_on.is_(None),
            or_(Organization.founded_on.is_(None), Organization.founded_on <= due_on),
            by_region(
                kinds, Organization.path, lambda found: Organization.kind.in_(found.value or ())
            ),
            due_on.between(window.first, window.last),
        )
    )


def _years(window: Window) -> range:
    return range(window.first.year, window.last.year + 1)


def _standings(window: Window, years: Any) -> Select[Any]:
    return (
        select()
        .select_from(Standing)
        .join(years, years.c.year == Standing.year)
        .join(
            Member,
            and_(Member.tenant_id == Standing.tenant_id, Member.id == Standing.member_id),
        )
        .where(
            Standing.tenant_id == window.tenant_id,
            Standing.required > 0,
            Member.left_on.is_(None),
        )
    )


def _behind(window: Window) -> ColumnElement[bool]:
    """The rule `behind` on the day that is asked about, for whatever year a standing is of."""
    year = window.today.year
    passed, days = days_passed(year, window.today)
    verified, required = _hundredths(Standing.verified), _hundredths(Standing.required)
    return case(
        (Standing.year < year, verified < required),
        (Standing.year == year, verified * days < required * passed),
        else_=false(),
    )


def _hundredths(column: Any) -> ColumnElement[int]:
    return type_coerce(column, BigInteger)
