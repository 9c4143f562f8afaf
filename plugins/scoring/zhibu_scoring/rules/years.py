"""Which years are being assessed."""

from collections.abc import Iterator
from datetime import date

from zhibu.errors import Conflict, Invalid
from zhibu_scoring.errors.facts import YearNotOpen

CLOSING_MONTHS = 6  # a year is summed up, reviewed and published early in the next one


def open_years(today: date) -> tuple[int, ...]:
    """This year, and the last one while it is being closed."""
    return (today.year - 1, today.year) if today.month <= CLOSING_MONTHS else (today.year,)


def open_refusals(year: int, today: date) -> Iterator[Invalid | Conflict]:
    """Points are proposed for a year that is open."""
    years = open_years(today)
    if year not in years:
        yield YearNotOpen(path=("year",), year=year, first=years[0], last=years[-1])
