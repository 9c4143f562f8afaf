"""Which meetings are due: each kind, at each unit that owes it, within each period of its year."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)

from zhibu.contributions import Window
from zhibu.due.declaring import NOBODY, by_region
from zhibu.organizations.tables import Organization, Post
from zhibu.parameters.book import Value
from zhibu_organization_life.rules.catalogues import OWED_BY, SEATS, Kind, State
from zhibu_organization_life.rules.periods import Period, periods
from zhibu_organization_life.tables import Meeting

Items = Callable[[Window], Select[Any]]


def owed(kind: Kind) -> Items:
    """The meetings of a kind that fall due; done on the day of the first one in the period."""

    def items(window: Window) -> Select[Any]:
        found = [
            _owed(window, kind, months, period, values)
            for months, period, values in _periods(window, kind)
        ]
        rows: Any = union_all(*(found or [_none(window)])).subquery("owed")
        return select(*rows.c)

    return items


def _periods(window: Window, kind: Kind) -> Iterator[tuple[int, Period, list[Value]]]:
    """Every period that ends in the window, by each length that is in force somewhere then."""
    name = f"organization_life.{kind.value}_months"
    for year in range(window.first.year, window.last.year + 1):
        for month_end in periods(year, 1):
            if not window.first <= month_end.last <= window.last:
                continue
            values = window.book.regions(name, month_end.last)
            for months in sorted({value.value for value in values if value.value}):
                ends = [each for each in periods(year, months) if each.last == month_end.last]
                yield from ((months, period, values) for period in ends)


def _owed(
    window: Window, kind: Kind, months: int, period: Period, values: list[Value]
) -> Select[Any]:
    held = (
        select(func.min(Meeting.held_on))
        .where(
            Meeting.tenant_id == window.tenant_id,
            Meeting.organization_id == Organization.id,
            Meeting.kind == kind,
            Meeting.state == State.HELD,
            Meeting.held_on.between(period.first, period.last),
        )
        .correlate(Organization)
        .scalar_subquery()
    )
    return select(
        Organization.id.label("subject_id"),
        Organization.id.label("organization_id"),
        NOBODY.label("member_id"),
        literal(period.first, Date()).label("starts_on"),
        literal(period.last, Date()).label("due_on"),
        held.label("done_on"),
    ).where(
        Organization.tenant_id == window.tenant_id,
        Organization.kind.in_(sorted(OWED_BY[kind])),
        Organization.ended_on.is_(None),
        # A unit founded within the period owes its first meeting in the next one.
        or_(Organization.founded_on.is_(None), Organization.founded_on <= period.first),
        by_region(values, Organization.path, lambda found: literal(found.value == months)),
        *([_seated(window, period)] if kind is Kind.COMMITTEE_MEETING else []),
    )


def _seated(window: Window, period: Period) -> ColumnElement[bool]:
    """Whether the unit had a committee on the last day: somebody in a seat beside the secretaries.

    A branch of few members has none (rule 36), and owes no committee meeting.
    """
    return (
        select(literal(1))
        .where(
            Post.tenant_id == window.tenant_id,
            Post.organization_id == Organization.id,
            Post.kind.in_(sorted(SEATS)),
            Post.since <= period.last,
            or_(Post.until.is_(None), Post.until > period.last),
        )
        .correlate(Organization)
        .exists()
    )


def _none(window: Window) -> Select[Any]:
    """Nothing falls due in a window in which no period ends."""
    return select(
        Organization.id.label("subject_id"),
        Organization.id.label("organization_id"),
        NOBODY.label("member_id"),
        literal(window.first, Date()).label("starts_on"),
        literal(window.last, Date()).label("due_on"),
        literal(None, Date()).label("done_on"),
    ).where(and_(Organization.tenant_id == window.tenant_id, false()))
