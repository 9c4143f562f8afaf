"""What of points falls due: publications, checks, the end of a notice, late facts."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, func, literal, or_, select

from zhibu.contributions import Window
from zhibu.due.declaring import NOBODY, Span, all_of, by_region, together, years_alike
from zhibu.members.tables import Affiliation, Member
from zhibu.organizations.tables import Organization
from zhibu.parameters.book import Value
from zhibu_scoring.store import homes
from zhibu_scoring.store.people import ASSESSING
from zhibu_scoring.tables import (
    ScoringCheck,
    ScoringEntry,
    ScoringLateFact,
    ScoringPublication,
    ScoringYear,
)


def publications(window: Window) -> Select[Any]:
    """Each quarter of each branch where points were recorded; done once they were made known."""
    row = ScoringPublication
    done = (func.min(row.published_on), row, row.quarter, row.withdrawn_on.is_(None))
    return _parts(window, 4, "scoring.publication_days", done)


def checks(window: Window) -> Select[Any]:
    """Each half of a year of such a branch; done once it was checked."""
    row = ScoringCheck
    done = (func.min(row.checked_on), row, row.half, row.withdrawn_on.is_(None))
    return _parts(window, 2, "scoring.check_days", done)


def notices(window: Window) -> Select[Any]:
    """Each year that is put up, on the last day of it; done once it was concluded."""
    columns: list[Any] = [
        ScoringYear.id.label("subject_id"),
        ScoringYear.organization_id.label("organization_id"),
        NOBODY.label("member_id"),
        ScoringYear.noticed_on.label("starts_on"),
        ScoringYear.notice_until.label("due_on"),
        ScoringYear.concluded_on.label("done_on"),
    ]
    return select(*columns).where(
        ScoringYear.tenant_id == window.tenant_id,
        ScoringYear.notice_until.between(window.first, window.last),
    )


def late_facts(window: Window) -> Select[Any]:
    """What records came to say of a decided year, by the day; done once all of it is settled."""
    row = ScoringLateFact
    open_still = func.count() - func.count(row.settled_on)
    return (
        select(
            ScoringYear.id.label("subject_id"),
            ScoringYear.organization_id.label("organization_id"),
            NOBODY.label("member_id"),
            row.noted_on.label("starts_on"),
            row.noted_on.label("due_on"),
            case((open_still == 0, func.max(row.settled_on))).label("done_on"),
        )
        .join(
            ScoringYear,
            and_(ScoringYear.tenant_id == row.tenant_id, ScoringYear.id == row.year_id),
        )
        .where(
            row.tenant_id == window.tenant_id,
            row.noted_on.between(window.first, window.last),
        )
        .group_by(ScoringYear.id, ScoringYear.organization_id, row.noted_on)
    )


def _parts(window: Window, parts: int, name: str, done: tuple[Any, ...]) -> Select[Any]:
    """Every part of a year, so many in each, that falls due in the window."""
    years = range(window.first.year - 1, window.last.year + 1)
    found = (
        together(
            window,
            [_span(year, part, parts, days) for year in alike for days in _days(values)],
            partial(_owed, window, values, part, done),
        )
        for [values], alike in years_alike(window, years, name, on=lambda year: date(year, 1, 1))
        for part in range(1, parts + 1)
    )
    return all_of(window, found, "parts")


def _owed(
    window: Window, values: Sequence[Value], part: int, done: tuple[Any, ...], span: Any
) -> Select[Any]:
    first, row, number, stands = done
    year = span.c.year
    ended = (
        select(first)
        .where(
            row.tenant_id == window.tenant_id,
            row.organization_id == Organization.id,
            row.year == year,
            number == part,
            stands,
        )
        .correlate(Organization, span)
        .scalar_subquery()
    )
    return (
        select(
            Organization.id.label("subject_id"),
            Organization.id.label("organization_id"),
            NOBODY.label("member_id"),
            span.c.starts_on.label("starts_on"),
            span.c.due_on.label("due_on"),
            ended.label("done_on"),
        )
        .join(span, by_region(values, Organization.path, _number) == span.c.number)
        .where(
            Organization.tenant_id == window.tenant_id,
            Organization.kind.in_(ASSESSING),
            Organization.ended_on.is_(None),
            or_(Organization.founded_on.is_(None), Organization.founded_on <= span.c.ends_on),
            or_(
                _assessed(window, span, Affiliation, Affiliation.member_id, homes.lasted(year)),
                _assessed(window, span, Member, Member.id, (~homes.elsewhere_in(year, span),)),
            ),
        )
    )


def _assessed(
    window: Window, span: Any, table: Any, member: Any, where: tuple[ColumnElement[bool], ...]
) -> ColumnElement[bool]:
    """Whether points are kept of anybody that a table says to be of the branch in that year."""
    found: ColumnElement[bool] = (
        select(ScoringEntry.id)
        .join(
            table,
            and_(table.tenant_id == ScoringEntry.tenant_id, member == ScoringEntry.member_id),
        )
        .where(
            ScoringEntry.tenant_id == window.tenant_id,
            ScoringEntry.year == span.c.year,
            table.organization_id == Organization.id,
            *where,
        )
        .correlate(Organization, span)
        .exists()
    )
    return found


def _span(year: int, part: int, parts: int, days: int) -> Span:
    months = 12 // parts
    end = part * months
    first = date(year, end - months + 1, 1)
    last = date(year, end, monthrange(year, end)[1])
    return Span(days, first, last, last + timedelta(days=days))


def _days(values: Sequence[Value]) -> list[int]:
    """The different numbers of days that are in force somewhere; where none is, none."""
    return sorted({value.value or 0 for value in values})


def _number(value: Value) -> Any:
    return literal(value.value or 0, Integer())
