"""Quarterly publication, half-yearly checks, and help after a low year (S4-10, S4-29, S4-36)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_scoring.errors import ReasonMissing
from zhibu_scoring.errors.years import (
    BodyMissing,
    CheckInvalid,
    CheckKnown,
    HelperMissing,
    HelpKnown,
    HelpNotNeeded,
    HelpOver,
    NoticePlaceMissing,
    QuarterInvalid,
)


class HelpOutcome(StrEnum):
    """What came of the help."""

    IMPROVED = "improved"
    NOT_IMPROVED = "not_improved"
    UNWILLING = "unwilling"


@dataclass(frozen=True, kw_only=True)
class Help:
    """A plan of help as it stands; `outcome` once it is over."""

    id: UUID
    member_id: UUID
    year: int
    outcome: HelpOutcome | None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Who helps a member after which year, and how."""

    member_id: UUID
    year: int
    helper_id: UUID
    plan: str


@dataclass(frozen=True, kw_only=True)
class Low:
    """A year of a member as it was approved: low, behind, or neither."""

    year: int
    low: bool
    behind: bool


def publishing_refusals(
    year: int, quarter: int, place: str, today: date
) -> Iterator[Invalid | Conflict]:
    """A quarter that has begun, made known somewhere."""
    begun = 1 <= quarter <= 4 and date(year, quarter * 3 - 2, 1) <= today
    if not begun:
        yield QuarterInvalid(path=("quarter",), year=year, quarter=quarter)
    if not place.strip():
        yield NoticePlaceMissing(path=("place",))


def withdrawing_refusals(
    withdrawn_on: date | None, reason: str, known: Conflict
) -> Iterator[Invalid | Conflict]:
    """Once, with a reason; `known` says that it was before."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if withdrawn_on is not None:
        yield known


def checking_refusals(
    year: int, half: int, known: Collection[int], findings: str, today: date
) -> Iterator[Invalid | Conflict]:
    """Each half of a year that has begun is checked once, and it says what was found."""
    begun = half in (1, 2) and date(year, half * 6 - 5, 1) <= today
    if not begun:
        yield CheckInvalid(path=("half",), year=year, half=half)
    if half in known:
        yield CheckKnown(path=("half",), year=year, half=half)
    if not findings.strip():
        yield BodyMissing(path=("findings",))


def planning_refusals(
    plan: Plan, known: Collection[Help], lows: Collection[Low]
) -> Iterator[Invalid | Conflict]:
    """Whoever was low or behind, by somebody else, once at a time."""
    if not any(each.year == plan.year and (each.low or each.behind) for each in lows):
        yield HelpNotNeeded(path=("year",), year=plan.year)
    if plan.helper_id == plan.member_id:
        yield HelperMissing(path=("helper",))
    if not plan.plan.strip():
        yield BodyMissing(path=("plan",))
    for other in known:
        if other.outcome is None:
            yield HelpKnown(path=("member",), year=other.year)
            return


def ending_refusals(found: Help, words: str) -> Iterator[Invalid | Conflict]:
    """Once, in words."""
    if found.outcome is not None:
        yield HelpOver(path=("help",))
    if not words.strip():
        yield BodyMissing(path=("result",))


def handling_suggested(
    year: int, lows: Collection[Low], helps: Collection[Help], *, in_a_row: int
) -> bool:
    """Whether organization handling is to be considered (S4-37); people decide.

    After so many years in a row that were low and behind (0: after none), or help that a member
    did not want or that changed nothing in the year.
    """
    bad = {each.year for each in lows if each.low and each.behind}
    failed = {each.year for each in helps if each.outcome not in (None, HelpOutcome.IMPROVED)}
    row = set(range(year - in_a_row + 1, year + 1))
    return (bool(row) and row <= bad) or year in failed
