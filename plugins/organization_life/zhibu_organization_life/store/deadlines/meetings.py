"""Which meetings are due: each kind, at each unit that owes it, within each period of its year."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Subquery,
    func,
    literal,
    or_,
    select,
    union_all,
)

from zhibu.contributions import Window
from zhibu.due.declaring import NOBODY, all_of, by_region
from zhibu.organizations.tables import Organization, Post
from zhibu.parameters.book import Value
from zhibu_organization_life.rules.catalogues import OWED_BY, SEATS, Kind, State
from zhibu_organization_life.rules.periods import Period, periods
from zhibu_organization_life.tables import Meeting

Items = Callable[[Window], Select[Any]]


def owed(kind: Kind) -> Items:
    """The meetings of a kind that fall due; done on the day of the first one in the period."""

    def items(window: Window) -> Select[Any]:
        name = f"organization_life.{kind.value}_months"
        found = (_owed(window, kind, *each) for each in periods_of(window, name))
        return all_of(window, found, "owed")

    return items


def periods_of(window: Window, name: str) -> Iterator[tuple[list[Value], list[tuple[int, Period]]]]:
    """What is in force, and for as long as it is, every period of that length in the window."""
    months = [
        month.last
        for year in range(window.first.year, window.last.year + 1)
        for month in periods(year, 1)
        if window.first <= month.last <= window.last
    ]
    regions = ((window.book.regions(name, last), last) for last in months)
    for _, alike in groupby(regions, lambda found: [(each.path, each.value) for each in found[0]]):
        values: list[Value] = []
        ends: list[tuple[int, Period]] = []
        for values, last in alike:
            lengths = sorted({value.value for value in values if value.value})
            every = (
                (length, period) for length in lengths for period in periods(last.year, length)
            )
            ends += [(length, period) for length, period in every if period.last == last]
        if ends:
            yield values, ends


def rows_of(ends: list[tuple[int, Period]]) -> Subquery:
    """Periods as rows: `months`, `starts_on`, `due_on`."""
    # Not `VALUES`: a statement that has it is compiled each time it is sent.
    rows = (
        select(
            literal(months, Integer()).label("months"),
            literal(each.first, Date()).label("starts_on"),
            literal(each.last, Date()).label("due_on"),
        )
        for months, each in ends
    )
    return union_all(*rows).subquery("period")


def _owed(
    window: Window, kind: Kind, values: list[Value], ends: list[tuple[int, Period]]
) -> Select[Any]:
    period = rows_of(ends)
    held = (
        select(func.min(Meeting.held_on))
        .where(
            Meeting.tenant_id == window.tenant_id,
            Meeting.organization_id == Organization.id,
            Meeting.kind == kind,
            Meeting.state == State.HELD,
            Meeting.held_on.between(period.c.starts_on, period.c.due_on),
        )
        .correlate(Organization, period)
        .scalar_subquery()
    )
    length = by_region(values, Organization.path, lambda found: literal(found.value, Integer()))
    return (
        select(
            Organization.id.label("subject_id"),
            Organization.id.label("organization_id"),
            NOBODY.label("member_id"),
            period.c.starts_on,
            period.c.due_on,
            held.label("done_on"),
        )
        .join(period, length == period.c.months)
        .where(
            Organization.tenant_id == window.tenant_id,
            Organization.kind.in_(sorted(OWED_BY[kind])),
            Organization.ended_on.is_(None),
            # A unit founded within the period owes its first meeting in the next one.
            or_(Organization.founded_on.is_(None), Organization.founded_on <= period.c.starts_on),
            *([_seated(window, period)] if kind is Kind.COMMITTEE_MEETING else []),
        )
    )


def _seated(window: Window, period: Subquery) -> ColumnElement[bool]:
    """Whether the unit had a committee on the last day: somebody in a seat beside the secretaries.

    A branch of few members has none (rule 36), and owes no committee meeting.
    """
    return (
        select(literal(1))
        .where(
            Post.tenant_id == window.tenant_id,
            Post.organization_id == Organization.id,
            Post.kind.in_(sorted(SEATS)),
            Post.since <= period.c.due_on,
            or_(Post.until.is_(None), Post.until > period.c.due_on),
        )
        .correlate(Organization, period)
        .exists()
    )
