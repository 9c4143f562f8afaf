"""How often a kind of meeting is due: the year parted into periods of so many months."""

from dataclasses import dataclass
from datetime import date, timedelta

from zhibu.calendar import add_months


@dataclass(frozen=True, kw_only=True)
class Period:
    """A stretch of a year within which a meeting is due, both days included."""

    first: date
    last: date


def periods(year: int, months: int) -> list[Period]:
    """The periods of a year, from January; the last one ends with the year."""
    begin, end = date(year, 1, 1), date(year, 12, 31)
    firsts = [add_months(begin, passed) for passed in range(0, 12, months)]
    lasts = [first - timedelta(days=1) for first in firsts[1:]] + [end]
    return [Period(first=first, last=last) for first, last in zip(firsts, lasts, strict=True)]
