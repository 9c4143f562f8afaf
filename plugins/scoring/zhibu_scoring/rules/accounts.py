"""What a year comes to: total = base − min(minus, base) + plus, or nothing under a veto (A-20)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zhibu_scoring.rules.schemes import Part


@dataclass(frozen=True, kw_only=True)
class Sum:
    """What an item's approved entries come to, reversals taken off; `count` counts them alike."""

    part: Part
    item: str
    points: Decimal
    count: int


@dataclass(frozen=True, kw_only=True)
class Account:
    """A member's year. `minus` is what was taken off, were there no floor."""

    base: Decimal
    plus: Decimal
    minus: Decimal
    vetoed: bool

    @property
    def total(self) -> Decimal:
        if self.vetoed:
            return Decimal(0)
        return self.base - min(self.minus, self.base) + self.plus


def account(base: Decimal, most: Mapping[str, Decimal], sums: Iterable[Sum]) -> Account:
    """The year; `most` is what an item may count for, where the scheme limits it."""
    points = dict.fromkeys(Part, Decimal(0))
    vetoes = 0
    for each in sums:
        limit = most.get(each.item)
        points[each.part] += each.points if limit is None else min(each.points, limit)
        vetoes += each.count if each.part is Part.VETO else 0
    return Account(base=base, plus=points[Part.PLUS], minus=points[Part.MINUS], vetoed=vetoes > 0)


class Standing(StrEnum):
    """Whether a member's year is assessed by points."""

    COUNTED = "counted"
    EXEMPT = "exempt"
    NOT_A_MEMBER = "not_a_member"
    STOPPED = "stopped"


def standing(
    year: int, admitted_on: date, left_on: date | None, *, exempt: bool, stopped: bool = False
) -> Standing:
    """Who was a member for a day of the year is assessed, unless he is left out (A-25).

    `stopped` says that the membership was stopped when the year ended.
    """
    first, end = date(year, 1, 1), date(year + 1, 1, 1)
    if admitted_on >= end or (left_on is not None and left_on <= first):
        return Standing.NOT_A_MEMBER
    if stopped:
        return Standing.STOPPED
    return Standing.EXEMPT if exempt else Standing.COUNTED
