"""What declarations of deadlines are made of besides their own tables."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Date, Integer, Select, Uuid, cast, literal, null, select, union_all

from zhibu.calendar import year_of
from zhibu.contributions import Window
from zhibu.due.store.regions import by_region
from zhibu.parameters.book import Value

__all__ = [
    "NOBODY",
    "NOT_DONE",
    "Span",
    "all_of",
    "by_region",
    "ends_of_years",
    "together",
    "years_alike",
]

NOBODY: Any = cast(null(), Uuid())  # an item that is about no person
NOT_DONE: Any = cast(null(), Date())  # an item that is gone once it is done


def ends_of_years(window: Window) -> Any:
    """The years whose last day lies in the window: `year`, `starts_on` and `due_on` of each."""
    spans = [year_of(year) for year in range(window.first.year, window.last.year + 1)]
    rows = [
        select(
            literal(first.year, Integer()).label("year"),
            literal(first, Date()).label("starts_on"),
            literal(last, Date()).label("due_on"),
        )
        for first, last in spans
        if window.first <= last <= window.last
    ]
    none = select(
        literal(0, Integer()).label("year"),
        literal(window.first, Date()).label("starts_on"),
        literal(window.last, Date()).label("due_on"),
    ).where(literal(False))
    return union_all(*(rows or [none])).subquery("years")


@dataclass(frozen=True)
class Span:
    """A year of something that is due, for those places where a parameter says `number`."""

    number: int
    first: date
    last: date
    due_on: date


def years_alike(
    window: Window, years: Iterable[int], *names: str, on: Callable[[int], date]
) -> Iterator[tuple[list[Sequence[Value]], list[int]]]:
    """Years in a row for which these parameters are the same everywhere, with their values.

    A select for each year is slow to compose; one for all that are alike is not.
    """
    found = (([window.book.regions(name, on(year)) for name in names], year) for year in years)
    for _, group in groupby(
        found, lambda each: [[(value.path, value.value) for value in values] for values in each[0]]
    ):
        alike = list(group)
        yield list(alike[0][0]), [year for _, year in alike]


def together(window: Window, spans: Sequence[Span], compose: Callable[[Any], Select[Any]]) -> Any:
    """What `compose` makes of the spans that fall due in the window; None if none does.

    It is given them as rows: `year`, `number`, `starts_on`, `ends_on`, `due_on`.
    """
    rows = [
        select(
            literal(span.first.year, Integer()).label("year"),
            literal(span.number, Integer()).label("number"),
            literal(span.first, Date()).label("starts_on"),
            literal(span.last, Date()).label("ends_on"),
            literal(span.due_on, Date()).label("due_on"),
        )
        for span in spans
        if window.first <= span.due_on <= window.last
    ]
    return compose(union_all(*rows).subquery("span")) if rows else None


def all_of(window: Window, found: Iterable[Any], name: str) -> Select[Any]:
    """Items composed in several parts, as one select; none where there is no part."""
    parts = [each for each in found if each is not None] or [_nothing(window)]
    rows: Any = union_all(*parts).subquery(name)
    return select(*rows.c)


def _nothing(window: Window) -> Select[Any]:
    return select(
        NOBODY.label("subject_id"),
        NOBODY.label("organization_id"),
        NOBODY.label("member_id"),
        literal(window.first, Date()).label("starts_on"),
        literal(window.last, Date()).label("due_on"),
        NOT_DONE.label("done_on"),
    ).where(literal(False))
