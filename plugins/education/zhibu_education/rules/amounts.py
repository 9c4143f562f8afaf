"""What may stand in a record at all: class hours and years."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhibu.basis import Basis
from zhibu.errors import Invalid
from zhibu_education.errors import HoursNotPositive, HoursTooFine


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


def _decimals(hours: Decimal) -> int:
    exponent = hours.normalize().as_tuple().exponent
    assert isinstance(exponent, int), "the amount is finite"
    return -exponent
