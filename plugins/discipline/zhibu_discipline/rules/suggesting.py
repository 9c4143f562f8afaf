"""What suggests that somebody be looked into, with everything that was missed; people decide.

Half a year without organization life, dues or assigned work (S0-31), one of them being enough
(A-04); or a note that somebody away, criticized in vain, is to be handled (S1-14).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhibu.calendar import add_months
from zhibu_discipline.rules.grounds import Ground, Missed


class Reason(StrEnum):
    """Why it is suggested: the duty that was missed, or what was noted of a stay away."""

    LIFE = "life"
    DUES = "dues"
    WORK = "work"
    AWAY = "away"


DUTIES: Mapping[Missed, Reason] = {
    Missed.LIFE: Reason.LIFE,
    Missed.DUES: Reason.DUES,
    Missed.WORK: Reason.WORK,
}
NOTED = "S1-14"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Once that a duty fell to a member: when, by which name, and whether he did it, or was
    excused."""

    on: date
    what: str
    kept: bool = False


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What is suggested, by which clause, since when it has lasted, and each thing missed.

    `ground` is the code of the ground on which it may be opened; None where it is not known yet
    whether there is one.
    """

    reason: Reason
    clause: str
    basis: str
    since: date
    missed: tuple[Mark, ...]
    ground: str | None = None


def suggestions(
    marks: Mapping[Missed, Sequence[Mark]],
    noted: Sequence[Mark],
    ground: Ground | None,
    *,
    today: date,
) -> Iterator[Suggestion]:
    """What is suggested of a member that day; nothing by a duty that the catalogue has no ground
    for."""
    for duty, reason in DUTIES.items():
        missed = unbroken(marks.get(duty, ()))
        if ground is not None and missed and _lasted(missed[0].on, ground, today):
            yield Suggestion(
                reason=reason,
                clause=ground.clause,
                basis=str(ground.basis or ""),
                since=missed[0].on,
                missed=tuple(missed),
                ground=ground.code,
            )
    if noted:
        found = tuple(sorted(noted, key=lambda mark: mark.on))
        yield Suggestion(
            reason=Reason.AWAY, clause=NOTED, basis="", since=found[0].on, missed=found
        )


def unbroken(marks: Sequence[Mark]) -> list[Mark]:
    """What was missed since the last time that it was not; what is not recorded proves nothing."""
    found: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: mark.on):
        found = [] if mark.kept else [*found, mark]
    return found


def months_in_a_row(months: Sequence[Mark]) -> list[Mark]:
    """The last open months that follow each other: one that was paid in time lies in no list."""
    found: list[Mark] = []
    for month in sorted(months, key=lambda mark: mark.on):
        follows = bool(found) and add_months(found[-1].on, 1) == month.on
        found = [*found, month] if follows else [month]
    return found


def _lasted(since: date, ground: Ground, today: date) -> bool:
    if ground.months is None:
        return False
    edge = add_months(since, ground.months)
    return today > edge or (today == edge and ground.inclusive)
