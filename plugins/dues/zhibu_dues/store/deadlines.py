"""What of dues falls due: months, bases, long arrears, publications."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Date, Integer, Select, and_, case, func, literal, or_, select

from zhibu.calendar import add_months, year_of
from zhibu.contributions import Window
from zhibu.due.declaring import NOBODY, Span, all_of, by_region, together, years_alike
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.parameters.book import Value
from zhibu_dues.rules.bases import BaseState
from zhibu_dues.tables import DuesArrears, DuesBase, DuesMonth, DuesPublication


def months(window: Window) -> Select[Any]:
    """What each member owes on a day, a month or those of a quarter; done once all is paid."""
    unpaid = func.sum(case((DuesMonth.paid_fen < DuesMonth.owed_fen, 1), else_=0))
    return (
        select(
            Member.id.label("subject_id"),
            Member.organization_id.label("organization_id"),
            Member.id.label("member_id"),
            func.min(DuesMonth.month).label("starts_on"),
            DuesMonth.due_on.label("due_on"),
            case((unpaid == 0, func.max(DuesMonth.settled_on))).label("done_on"),
        )
        .join(
            Member,
            and_(Member.tenant_id == DuesMonth.tenant_id, Member.id == DuesMonth.member_id),
        )
        .where(
            DuesMonth.tenant_id == window.tenant_id,
            DuesMonth.due_on.between(window.first, window.last),
            DuesMonth.owed_fen > 0,
            Member.left_on.is_(None),
        )
        .group_by(Member.id, Member.organization_id, DuesMonth.due_on)
    )


def bases(window: Window) -> Select[Any]:
    """The bases of each branch where dues are kept; done once every member has one of the year."""
    years = range(window.first.year, window.last.year + 1)
    found = (
        together(
            window,
            [_base(year, months) for year in alike for months in _months(within)],
            partial(_bases, window, within),
        )
        for [within], alike in years_alike(window, years, "dues.base_months", on=_first)
    )
    return all_of(window, found, "bases")


def overdue(window: Window) -> Select[Any]:
    """Every number of months without dues that was reached; done once it is made up."""
    return _arrears(window, DuesArrears.settled_on).where(~DuesArrears.asks)


def unanswered(window: Window) -> Select[Any]:
    """Half a year without dues; done once somebody looked into it, or all was made up."""
    done = func.coalesce(DuesArrears.answered_on, DuesArrears.settled_on)
    return _arrears(window, done).where(DuesArrears.asks)


def publications(window: Window) -> Select[Any]:
    """The publication of each branch's last year in which anything was collected there."""
    years = range(window.first.year - 2, window.last.year + 1)
    found = (
        together(
            window,
            [_publication(year, months) for year in alike for months in _months(within)],
            partial(_publications, window, within),
        )
        for [within], alike in years_alike(window, years, "dues.publication_months", on=_last)
    )
    return all_of(window, found, "published")


def _arrears(window: Window, done: Any) -> Select[Any]:
    """One for each member and day, whatever levels were reached on it at once."""
    return (
        select(
            Member.id.label("subject_id"),
            Member.organization_id.label("organization_id"),
            Member.id.label("member_id"),
            DuesArrears.reached_on.label("starts_on"),
            DuesArrears.reached_on.label("due_on"),
            case((func.count(done) == func.count(), func.max(done))).label("done_on"),
        )
        .join(
            Member,
            and_(Member.tenant_id == DuesArrears.tenant_id, Member.id == DuesArrears.member_id),
        )
        .where(
            DuesArrears.tenant_id == window.tenant_id,
            DuesArrears.reached_on.between(window.first, window.last),
            Member.left_on.is_(None),
        )
        .group_by(Member.id, Member.organization_id, DuesArrears.reached_on)
    )


def _bases(window: Window, within: Sequence[Value], span: Any) -> Select[Any]:
    here = (
        Member.tenant_id == window.tenant_id,
        Member.organization_id == Organization.id,
        Member.left_on.is_(None),
    )
    base = (DuesBase.tenant_id == window.tenant_id, DuesBase.member_id == Member.id)
    confirmed = (
        select(DuesBase.id)
        .where(*base, DuesBase.year == span.c.year, DuesBase.state == BaseState.CONFIRMED)
        .correlate(Member, span)
        .exists()
    )
    missing = (
        select(func.count(Member.id))
        .where(*here, Member.admitted_on < span.c.starts_on, ~confirmed)
        .correlate(Organization, span)
        .scalar_subquery()
    )
    kept = (
        select(Member.id)
        .join(DuesBase, and_(*base))
        .where(*here, DuesBase.year.in_([span.c.year - 1, span.c.year]))
        .correlate(Organization, span)
        .exists()
    )
    return (
        select(
            Organization.id.label("subject_id"),
            Organization.id.label("organization_id"),
            NOBODY.label("member_id"),
            span.c.starts_on.label("starts_on"),
            span.c.due_on.label("due_on"),
            case((missing == 0, literal(window.today, Date()))).label("done_on"),
        )
        .join(span, by_region(within, Organization.path, _number) == span.c.number)
        .where(
            Organization.tenant_id == window.tenant_id,
            Organization.ended_on.is_(None),
            kept,
        )
    )


def _publications(window: Window, within: Sequence[Value], span: Any) -> Select[Any]:
    published = (
        select(func.min(DuesPublication.published_on))
        .where(
            DuesPublication.tenant_id == window.tenant_id,
            DuesPublication.organization_id == Organization.id,
            DuesPublication.year == span.c.year,
            DuesPublication.withdrawn_on.is_(None),
        )
        .correlate(Organization, span)
        .scalar_subquery()
    )
    owed_here = (
        select(DuesMonth.id)
        .join(
            Member,
            and_(Member.tenant_id == DuesMonth.tenant_id, Member.id == DuesMonth.member_id),
        )
        .where(
            DuesMonth.tenant_id == window.tenant_id,
            DuesMonth.year == span.c.year,
            Member.organization_id == Organization.id,
        )
        .correlate(Organization, span)
        .exists()
    )
    return (
        select(
            Organization.id.label("subject_id"),
            Organization.id.label("organization_id"),
            NOBODY.label("member_id"),
            span.c.ends_on.label("starts_on"),
            span.c.due_on.label("due_on"),
            published.label("done_on"),
        )
        .join(span, by_region(within, Organization.path, _number) == span.c.number)
        .where(
            Organization.tenant_id == window.tenant_id,
            Organization.ended_on.is_(None),
            or_(Organization.founded_on.is_(None), Organization.founded_on <= span.c.ends_on),
            owed_here,
        )
    )


def _base(year: int, months: int) -> Span:
    first, last = year_of(year)
    return Span(months, first, last, add_months(first, months) - timedelta(days=1))


def _publication(year: int, months: int) -> Span:
    first, last = year_of(year)
    return Span(months, first, last, add_months(last, months))


def _months(values: Sequence[Value]) -> list[int]:
    """The different lengths that are in force somewhere; where none is, a month."""
    return sorted({value.value or 1 for value in values})


def _number(value: Value) -> Any:
    return literal(value.value or 1, Integer())


def _first(year: int) -> date:
    return year_of(year)[0]


def _last(year: int) -> date:
    return year_of(year)[1]
