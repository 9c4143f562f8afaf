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


def days_passed(year: int, on: date) -> tuple[int, int]:
    """How many days of the year have passed at the end of this day, and how many it has."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = (last - first).days + 1
    return min(max((on - first).days + 1, 0), days), days


def expected(required: Decimal, year: int, on: date) -> Decimal:
    """The hours that even progress would have brought by this day, to one decimal."""
    passed, days = days_passed(year, on)
    return (required * passed / days).quantize(TENTH, rounding=ROUND_HALF_UP)


def behind(hours: Hours, year: int, on: date) -> bool:
    """Whether fewer hours count than even progress would have brought by this day."""
    passed, days = days_passed(year, on)
    return hours.verified * days < hours.required * passed


def projected(hours: Hours, year: int, on: date) -> Decimal:
    """The hours to be expected at the end of the year, to one decimal.

    The better of two roads: going on at the pace so far, or adding what is pending and what is
    planned. Before the year begins there is no pace, and once it is over there is no more time.
    """
    passed, days = days_passed(year, on)
    if passed == days:
        return hours.earned
    planned = hours.earned + hours.enrolled
    if passed == 0:
        return planned
    paced = (hours.earned * days / passed).quantize(TENTH, rounding=ROUND_HALF_UP)
    return max(paced, planned)


def will_miss(hours: Hours, year: int, on: date) -> bool:
    """Whether the year will end below the requirement unless something changes.

    Decided on exact amounts: what `projected` shows is rounded.
    """
    passed, days = days_passed(year, on)
    planned = hours.earned if passed == days else hours.earned + hours.enrolled
    if planned >= hours.required:
        return False
    return passed == 0 or hours.earned * days < hours.required * passed


def share(part: int, whole: int) -> Decimal | None:
    """A part in percent, to one decimal; nothing of nothing."""
    if not whole:
        return None
    return (Decimal(part) * 100 / whole).quantize(TENTH, rounding=ROUND_HALF_UP)


def average(hours: Decimal, members: int) -> Decimal | None:
    """Hours per member, to one decimal; nothing where there is nobody."""
    return (hours / members).quantize(TENTH, rounding=ROUND_HALF_UP) if members else None
