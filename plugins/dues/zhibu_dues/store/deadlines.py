"""What of dues falls due: months, bases, long arrears, publications."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Date, Select, and_, case, func, literal, or_, select, union_all

from zhibu.calendar import add_months, year_of
from zhibu.contributions import Window
from zhibu.due.declaring import NOBODY, by_region
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
    rows: Any = union_all(*(_bases(window, year) for year in years)).subquery("bases")
    return select(*rows.c)


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
    rows: Any = union_all(*(_publications(window, year) for year in years)).subquery("published")
    return select(*rows.c)


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


def _bases(window: Window, year: int) -> Select[Any]:
    first = year_of(year)[0]
    here = (
        Member.tenant_id == window.tenant_id,
        Member.organization_id == Organization.id,
        Member.left_on.is_(None),
    )
    base = (DuesBase.tenant_id == window.tenant_id, DuesBase.member_id == Member.id)
    confirmed = (
        select(DuesBase.id)
        .where(*base, DuesBase.year == year, DuesBase.state == BaseState.CONFIRMED)
        .correlate(Member)
        .exists()
    )
    missing = (
        select(func.count(Member.id))
        .where(*here, Member.admitted_on < first, ~confirmed)
        .correlate(Organization)
        .scalar_subquery()
    )
    kept = (
        select(Member.id)
        .join(DuesBase, and_(*base))
        .where(*here, DuesBase.year.in_([year - 1, year]))
        .correlate(Organization)
        .exists()
    )
    within = window.book.regions("dues.base_months", first)

    def due(found: Value) -> Any:
        return literal(add_months(first, found.value or 1) - timedelta(days=1), Date())

    due_on = by_region(within, Organization.path, due)
    return select(
        Organization.id.label("subject_id"),
        Organization.id.label("organization_id"),
        NOBODY.label("member_id"),
        literal(first, Date()).label("starts_on"),
        due_on.label("due_on"),
        case((missing == 0, literal(window.today, Date()))).label("done_on"),
    ).where(
        Organization.tenant_id == window.tenant_id,
        Organization.ended_on.is_(None),
        kept,
        due_on.between(window.first, window.last),
    )


def _publications(window: Window, year: int) -> Select[Any]:
    last = year_of(year)[1]
    within = window.book.regions("dues.publication_months", last)

    def due(found: Value) -> Any:
        return literal(add_months(last, found.value or 1), Date())

    due_on = by_region(within, Organization.path, due)
    published = (
        select(func.min(DuesPublication.published_on))
        .where(
            DuesPublication.tenant_id == window.tenant_id,
            DuesPublication.organization_id == Organization.id,
            DuesPublication.year == year,
            DuesPublication.withdrawn_on.is_(None),
        )
        .correlate(Organization)
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
            DuesMonth.year == year,
            Member.organization_id == Organization.id,
        )
        .correlate(Organization)
        .exists()
    )
    return select(
        Organization.id.label("subject_id"),
        Organization.id.label("organization_id"),
        NOBODY.label("member_id"),
        literal(last, Date()).label("starts_on"),
        due_on.label("due_on"),
        published.label("done_on"),
    ).where(
        Organization.tenant_id == window.tenant_id,
        Organization.ended_on.is_(None),
        or_(Organization.founded_on.is_(None), Organization.founded_on <= last),
        owed_here,
        due_on.between(window.first, window.last),
    )
