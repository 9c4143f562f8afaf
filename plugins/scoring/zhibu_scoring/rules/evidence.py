"""What a member's year is held against beside points, and what records suggest; people decide."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhibu_scoring.rules.proposals import Mark


class Suggestion(StrEnum):
    """What the records of a member suggest to look into. Nothing follows by itself."""

    VETO_ABSENT = "veto_absent"
    VETO_DUES = "veto_dues"
    DISPOSITION = "disposition"
    HANDLING = "handling"


class Target(StrEnum):
    """The five ones of members in service (五个一, S4-08)."""

    DEMONSTRATION_POST = "demonstration_post"
    PIONEER = "pioneer"
    PUBLIC_SERVICE = "public_service"
    SUGGESTION = "suggestion"
    CARE = "care"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How often a member attends at least, and after how many months records suggest something."""

    least: int
    absent_months: int
    owing_months: int


@dataclass(frozen=True, kw_only=True)
class Found:
    """A suggestion and the months that it rests on."""

    suggestion: Suggestion
    months: tuple[str, ...]


def least_of(amounts: Collection[int], *, leading: bool, retired: bool) -> int:
    """How often at least: leaders and committee members, others, the retired (S4-54)."""
    leaders, others, old = (*amounts, 0, 0, 0)[:3]
    return old if retired else leaders if leading else others


def absent_in_a_row(marks: Iterable[Mark]) -> tuple[str, ...]:
    """The longest run of months in each of which a member was expected and was always absent.

    A month without a meeting says nothing of him and ends the run.
    """
    months: dict[tuple[int, int], bool] = {}
    for mark in marks:
        month = (mark.on.year, mark.on.month)
        months[month] = months.get(month, True) and mark.absent
    longest: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    for month in sorted(months):
        follows = bool(run) and _next(run[-1]) == month
        run = ([*run, month] if follows else [month]) if months[month] else []
        longest = max(longest, run, key=len)
    return tuple(f"{year}-{month:02}" for year, month in longest)


def suggested(
    marks: Iterable[Mark], owing: Collection[date], terms: Terms, *, handling: bool
) -> list[Found]:
    """What is suggested (S4-21, S4-22, S4-37, A-22): both a veto and a disposition, or neither."""
    found = []
    absent = absent_in_a_row(marks)
    owed = tuple(f"{month:%Y-%m}" for month in sorted(owing))
    if terms.absent_months and len(absent) >= terms.absent_months:
        found += [_found(Suggestion.VETO_ABSENT, absent), _found(Suggestion.DISPOSITION, absent)]
    if terms.owing_months and len(owed) > terms.owing_months:
        found += [_found(Suggestion.VETO_DUES, owed), _found(Suggestion.DISPOSITION, owed)]
    if handling:
        found.append(_found(Suggestion.HANDLING, ()))
    return found


def _found(suggestion: Suggestion, months: tuple[str, ...]) -> Found:
    return Found(suggestion=suggestion, months=months)


def _next(month: tuple[int, int]) -> tuple[int, int]:
    year, number = month
    return (year + 1, 1) if number == 12 else (year, number + 1)
