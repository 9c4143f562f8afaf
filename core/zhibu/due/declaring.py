"""What declarations of deadlines are made of besides their own tables."""

from typing import Any

from sqlalchemy import Date, Integer, Uuid, cast, literal, null, select, union_all

from zhibu.calendar import year_of
from zhibu.contributions import Window
from zhibu.due.store.regions import by_region

__all__ = ["NOBODY", "NOT_DONE", "by_region", "ends_of_years"]

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
