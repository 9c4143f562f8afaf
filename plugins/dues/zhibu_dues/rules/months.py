"""Which months of a year a member owes dues for, how much of each, and until when."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from zhibu.calendar import add_months


class Ground(StrEnum):
    """Why a month's dues are what they are."""

    STANDARD = "standard"
    REDUCED = "reduced"
    EXCUSED = "excused"
    STOPPED = "stopped"
    NOT_A_MEMBER = "not_a_member"


@dataclass(frozen=True, kw_only=True)
class Spell:
    """Days from `since` until before `until`; None: without end."""

    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, kw_only=True)
class Membership:
    """From the branch meeting that admitted (DU 8) until the day it ended, and when it rested."""

    admitted_on: date
    left_on: date | None = None
    stopped: tuple[Spell, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fixed:
    """Monthly dues of a confirmed base, from a month of its year on."""

    year: int
    from_month: int
    fen: int


@dataclass(frozen=True, kw_only=True)
class Relief:
    """Less dues from the month of `since` until before that of `until`."""

    spell: Spell
    fen: int


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How the institution reads what the regulation leaves open."""

    first_month: str
    last_month: str
    owed_while_stopped: bool
    collection_day: int


@dataclass(frozen=True, kw_only=True)
class Month:
    """What a member owes for a month, and has paid; `streak` are open months in a row up to it."""

    month: date
    owed: int
    due_on: date
    ground: Ground
    paid: int = 0
    settled_on: date | None = None
    streak: int = 0

    @property
    def open(self) -> bool:
        return self.paid < self.owed

    @property
    def missing(self) -> int:
        return max(self.owed - self.paid, 0)


def first_of(day: date) -> date:
    return day.replace(day=1)


def last_of(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def months_between(first: date, last: date) -> Iterator[date]:
    """The first days of all months from that of `first` to that of `last`."""
    month = first_of(first)
    while month <= last:
        yield month
        month = add_months(month, 1)


def quarter_of(month: date) -> tuple[date, date]:
    """The first days of the first and the last month of the quarter."""
    first = date(month.year, (month.month - 1) // 3 * 3 + 1, 1)
    return first, add_months(first, 2)


def due_on(month: date, terms: Terms, quarterly: Iterable[Spell], admitted_on: date) -> date:
    """The day by which a month is paid: its own, or that of its quarter where one consented."""
    if any(spell.covers(month) for spell in quarterly):
        month = quarter_of(month)[1]
    end = last_of(month)
    day = min(end, month + timedelta(days=terms.collection_day - 1))
    return end if day < admitted_on else day


def ground_of(month: date, membership: Membership, terms: Terms) -> Ground:
    """Whether the member is one in that month, as far as dues go."""
    begins = first_of(membership.admitted_on)
    if terms.first_month == "next":
        begins = add_months(begins, 1)
    left = membership.left_on
    ended = left is not None and (
        month > first_of(left) or (month == first_of(left) and terms.last_month == "not_owed")
    )
    if month < begins or ended:
        return Ground.NOT_A_MEMBER
    days = (month, last_of(month))
    resting = any(all(spell.covers(day) for day in days) for spell in membership.stopped)
    return Ground.STOPPED if resting and not terms.owed_while_stopped else Ground.STANDARD


def owed(
    months: Iterable[date],
    *,
    membership: Membership,
    bases: Sequence[Fixed],
    reliefs: Sequence[Relief],
    quarterly: Sequence[Spell],
    terms: Terms,
) -> Iterator[Month]:
    """What is owed for each of the months that has a base; the others are not fixed yet."""
    for month in months:
        base = _base_of(month, bases)
        if base is None:
            continue
        ground, fen = ground_of(month, membership, terms), base.fen
        relief = next((each for each in reliefs if each.spell.covers(month)), None)
        if ground is not Ground.STANDARD:
            fen = 0
        elif relief is not None and relief.fen < fen:
            ground, fen = (Ground.REDUCED if relief.fen else Ground.EXCUSED), relief.fen
        due = due_on(month, terms, quarterly, membership.admitted_on)
        yield Month(month=month, owed=fen, due_on=due, ground=ground)


def with_payments(
    months: Iterable[Month], paid: Mapping[date, int], last: Mapping[date, date]
) -> list[Month]:
    """The months in order with what was paid, and how many open ones stand in a row at each.

    A month for which nothing is owed neither continues a row nor breaks it: who was excused for
    a month has paid in none of the months around it.
    """
    found: list[Month] = []
    streak = 0
    for month in sorted(months, key=lambda each: each.month):
        now = replace(month, paid=paid.get(month.month, 0))
        if now.open:
            streak += 1
        elif now.owed:
            streak = 0
        settled = None if now.open else last.get(now.month, now.due_on)
        found.append(replace(now, settled_on=settled, streak=streak if now.open else 0))
    return found


def arrears(months: Iterable[Month], today: date) -> tuple[int, int]:
    """How many months are overdue, and how many of them in a row at most."""
    overdue = [month for month in months if month.open and month.due_on < today]
    return len(overdue), max((month.streak for month in overdue), default=0)


def paid_to(months: Iterable[Month]) -> date | None:
    """The last month up to which nothing is open; None where the first one is."""
    found = None
    for month in sorted(months, key=lambda each: each.month):
        if month.open:
            break
        if month.owed:
            found = month.month
    return found


def _base_of(month: date, bases: Sequence[Fixed]) -> Fixed | None:
    found = [b for b in bases if b.year == month.year and b.from_month <= month.month]
    return max(found, key=lambda base: base.from_month, default=None)
