"""What may stand in a record at all: class hours and years."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhibu.basis import Basis
from zhibu.errors import Invalid
from zhibu_education.errors import HoursNotPositive, HoursTooFine, YearInvalid

FIRST_YEAR, LAST_YEAR = 1949, 2199


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A number that may not be passed, and who says so."""

    value: Decimal
    basis: Basis


def hours_refusals(hours: Decimal, path: tuple[str, ...] = ("hours",)) -> Iterator[Invalid]:
    """Class hours are a finite amount above nothing, with at most two decimals."""
    if not hours.is_finite() or hours <= 0:
        yield HoursNotPositive(path=path, hours=hours)
    elif _decimals(hours) > 2:
        yield HoursTooFine(path=path, hours=hours)


def year_refusals(year: int, path: tuple[str, ...] = ("year",)) -> Iterator[Invalid]:
    """Records are kept of natural years within two lifetimes."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        yield YearInvalid(path=path, year=year, first=FIRST_YEAR, last=LAST_YEAR)


def checked_year(year: int) -> int:
    """The year itself. Raises `YearInvalid`."""
    for refusal in year_refusals(year):
        raise refusal
    return year


def _decimals(hours: Decimal) -> int:
    exponent = hours.normalize().as_tuple().exponent
    assert isinstance(exponent, int), "the amount is finite"
    return -exponent
