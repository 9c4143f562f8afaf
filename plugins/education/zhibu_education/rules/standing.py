"""Where a member stands on a day of the year: the gap, the pace, and whether the year is lost."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NOTHING = Decimal(0)
TENTH = Decimal("0.1")


@dataclass(frozen=True, kw_only=True)
class Hours:
    """A member's hours of one year, in class hours.

    `required` is the aim, `verified` what counts already, `pending` what waits for verification,
    `enrolled` what planned sessions would add that the member is enrolled in.
    """

    required: Decimal
    verified: Decimal = NOTHING
    pending: Decimal = NOTHING
    enrolled: Decimal = NOTHING

    @property
    def earned(self) -> Decimal:
        """Everything that was studied and may count, verified or not."""
        return self.verified + self.pending

    @property
    def gap(self) -> Decimal:
        return max(NOTHING, self.required - self.verified)

    @property
    def met(self) -> bool:
        return self.verified >= self.required


def elapsed(year: int, on: date) -> Decimal:
    """How much of the year has passed at the end of this day, from 0 to 1."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = (last - first).days + 1
    return Decimal(min(max((on - first).days + 1, 0), days)) / days


def expected(required: Decimal, year: int, on: date) -> Decimal:
    """The hours that even progress would have brought by this day, to one decimal."""
    return (required * elapsed(year, on)).quantize(TENTH, rounding=ROUND_HALF_UP)


def behind(hours: Hours, year: int, on: date) -> bool:
    """Whether fewer hours count than even progress would have brought by this day."""
    return hours.verified < expected(hours.required, year, on)


def projected(hours: Hours, year: int, on: date) -> Decimal:
    """The hours to be expected at the end of the year.

    The better of two roads: going on at the pace so far, or adding what is pending and what is
    planned. Before the year begins there is no pace, and afterwards no more time.
    """
    passed = elapsed(year, on)
    planned = hours.earned + hours.enrolled
    if passed in (0, 1):
        return planned if passed == 0 else hours.earned
    paced = (hours.earned / passed).quantize(TENTH, rounding=ROUND_HALF_UP)
    return max(paced, planned)


def will_miss(hours: Hours, year: int, on: date) -> bool:
    """Whether the year will end below the requirement unless something changes."""
    return projected(hours, year, on) < hours.required
