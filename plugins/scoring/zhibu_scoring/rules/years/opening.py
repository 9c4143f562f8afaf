"""Which years are open, and where a branch's year must stand for an act."""

from collections.abc import Iterator
from datetime import date, timedelta

from zhibu.calendar import year_of
from zhibu.errors import Conflict, Invalid
from zhibu_scoring.errors import LateReasonMissing
from zhibu_scoring.errors.facts import YearNotOpen
from zhibu_scoring.errors.years import DecidedTooEarly, YearElsewhere, YearNotOver
from zhibu_scoring.rules.years.values import OPEN, Entered, Stand, Year


def open_years(today: date, closing_months: int) -> tuple[int, ...]:
    """This year, and the last one while it is being closed: in the first months of this one."""
    return (today.year - 1, today.year) if today.month <= closing_months else (today.year,)


def open_refusals(year: int, today: date, closing_months: int) -> Iterator[Invalid | Conflict]:
    """Points are proposed for a year that is open."""
    years = open_years(today, closing_months)
    if year not in years:
        yield YearNotOpen(path=("year",), year=year, first=years[0], last=years[-1])


def drawing_refusals(known: Year | None, year: int, today: date) -> Iterator[Invalid | Conflict]:
    """A year is summed up once it is over, and until the branch has decided it."""
    end = year_of(year)[1]
    if today <= end:
        yield YearNotOver(path=("year",), year=year, on=end)
    if known is not None and known.stand not in OPEN:
        yield YearElsewhere(path=("year",), stand=known.stand)


def stand_refusals(known: Year, *wanted: Stand) -> Iterator[Conflict]:
    """It stands where the act needs it."""
    if known.stand not in wanted:
        yield YearElsewhere(path=("year",), stand=known.stand)


def day_refusals(
    entered: Entered, path: str, *, first: date, today: date
) -> Iterator[Invalid | Conflict]:
    """It was done on a day from `first` to today; what is recorded late says why."""
    if not first <= entered.on <= today:
        yield DecidedTooEarly(path=(path,), on=first, today=today)
    elif entered.on + timedelta(days=entered.late.value) < today and not entered.late_reason:
        yield LateReasonMissing(
            path=("late_reason",), basis=entered.late.basis, days=entered.late.value
        )
