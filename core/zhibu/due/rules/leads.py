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
        return self.reach(day, self.counts[0]) if self.counts else day

    def nearest(self, due_on: date, day: date) -> int | None:
        """The shortest lead that has been reached by `day`, None before the first."""
        reached = [count for count in self.counts if due_on <= self.reach(day, count)]
        return min(reached, default=None)


def level(due_on: date, day: date, *, after_days: int, highest: int) -> int:
    """How far up an open deadline has been brought by `day`: 0 to those responsible alone."""
    late = (day - due_on).days
    if late <= 0:
        return 0
    return min(late // after_days, highest) if after_days else highest
