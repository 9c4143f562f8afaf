"""What suggests that somebody be looked into, with everything that was missed; people decide.

Half a year without organization life, dues or assigned work (S0-31), one of them being enough
(A-04); or a note that somebody away, criticized in vain, is to be handled (S1-14).

What is not recorded proves nothing: from the first to the last meeting that was missed it is half a
year, so many months of dues are open in a row, and of work nothing is under way or was done since.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhibu.calendar import add_months
from zhibu_discipline.rules.grounds import Ground


class Reason(StrEnum):
    """Why it is suggested: the duty that was missed, or what was noted of a stay away."""

    LIFE = "life"
    DUES = "dues"
    WORK = "work"
    AWAY = "away"


NOTED = "S1-14"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Once that a duty fell to a member: when, by which name, and whether he did it, or was
    excused.
    """

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


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """How a member did his duties: meetings that he was to attend, months of dues that are open and
    how many of them in a row, work that was assigned to him.
    """

    meetings: Sequence[Mark] = ()
    months: Sequence[Mark] = ()
    streak: int = 0
    work: Sequence[Mark] = ()


def suggestions(
    recorded: Recorded, noted: Sequence[Mark], ground: Ground | None, *, today: date
) -> Iterator[Suggestion]:
    """What is suggested of a member that day; by no duty where the catalogue has no ground for one
    that was missed.
    """
    if ground is not None and ground.months is not None:
        for reason, missed in _missed(recorded, ground, ground.months, today):
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
    for mark in sorted(marks, key=lambda mark: (mark.on, mark.kept)):
        found = [] if mark.kept else [*found, mark]
    return found


def _missed(
    recorded: Recorded, ground: Ground, months: int, today: date
) -> Iterator[tuple[Reason, list[Mark]]]:
    def lasted(since: date, until: date) -> bool:
        edge = add_months(since, months)
        return until > edge or (until == edge and ground.inclusive)

    meetings, work = unbroken(recorded.meetings), unbroken(recorded.work)
    if meetings and lasted(meetings[0].on, meetings[-1].on):
        yield Reason.LIFE, meetings
    if recorded.months and recorded.streak >= months:
        yield Reason.DUES, sorted(recorded.months, key=lambda mark: mark.on)
    if work and lasted(work[0].on, today):
        yield Reason.WORK, work
