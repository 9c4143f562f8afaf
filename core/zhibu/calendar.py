"""Dates of rules: calendar dates, calendar months, never a count of days."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date


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
