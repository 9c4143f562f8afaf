"""How long before and after its day a deadline is brought to mind."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhibu.calendar import add_months


@dataclass(frozen=True, kw_only=True)
class Leads:
    """How long before the day one is reminded, the longest first; in days, or calendar months."""

    counts: tuple[int, ...]
    months: bool = False

    @classmethod
    def of(cls, counts: Sequence[int], unit: str) -> "Leads":
        return cls(counts=tuple(sorted(counts, reverse=True)), months=unit == "months")

    def begins(self, due_on: date, count: int) -> date:
        """The day on which a deadline of `due_on` comes that near."""
        if self.months:
            return add_months(due_on, -count)
        return due_on - timedelta(days=count)

    def reach(self, day: date, count: int) -> date:
        """The last deadline that has come that near by `day`.

        The reverse of `begins`: several days at the end of a longer month become the last day of a
        shorter one, and all of them are within reach on it.
        """
        if not self.months:
            return day + timedelta(days=count)
        there = add_months(day, count)
        last = monthrange(there.year, there.month)[1]
        ends_month = day.day == monthrange(day.year, day.month)[1]
        return there.replace(day=last) if ends_month else there

    def horizon(self, day: date) -> date:
        """The last deadline that anybody is reminded of by `day`."""
        return max((self.reach(day, count) for count in self.counts), default=day)

    def reached(self, day: date) -> tuple[tuple[date, int], ...]:
        """The shortest lead first: up to which deadline each has been reached by `day`."""
        return tuple((self.reach(day, count), count) for count in reversed(self.counts))


def brought_up(day: date, *, after_days: int, highest: int) -> tuple[tuple[date, int], ...]:
    """The highest level first: up to which deadline it has been reached by `day`.

    One level for each time that so many days have passed; with no days at all, the highest one as
    soon as the day is over.
    """
    return tuple(
        (day - timedelta(days=max(1, level * after_days)), level) for level in range(highest, 0, -1)
    )
