"""Dates of rules: calendar dates, calendar months, never a count of days."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, date

from zhibu.errors import Invalid

FIRST_YEAR, LAST_YEAR = 1949, 2199  # natural years within two lifetimes


class YearInvalid(Invalid):
    """Not a year that records are kept of. Facts: `year`, `first`, `last`."""

    code = "core.year_invalid"


def add_months(day: date, months: int) -> date:
    """The same day `months` later; the last day of the month where that day does not exist.

    2026-08-31 plus six months is 2027-02-28 ("month" arithmetic with end-of-month clamp). Beyond
    the calendar it is its last day, or its first: limits are also computed of what is refused.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if year > MAXYEAR else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def year_of(year: int) -> tuple[date, date]:
    """First and last day of a natural year."""
    return date(year, 1, 1), date(year, 12, 31)


def year_refusals(year: int, path: tuple[str, ...] = ("year",)) -> Iterator[Invalid]:
    """Records are kept of natural years within two lifetimes."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        yield YearInvalid(path=path, year=year, first=FIRST_YEAR, last=LAST_YEAR)


def checked_year(year: int) -> int:
    """The year itself. Raises `YearInvalid`."""
    for refusal in year_refusals(year):
        raise refusal
    return year
