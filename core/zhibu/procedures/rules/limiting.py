"""What a limit of somebody's vote must say."""

from collections.abc import Collection, Iterator
from datetime import date

from zhibu.errors import Conflict, Invalid
from zhibu.procedures.errors import (
    GroundUnfit,
    LimitDecisionMissing,
    LimitEnded,
    LimitReversed,
    ProcedureReasonMissing,
)
from zhibu.procedures.rules.entitlement import Ground, Limit


def faults(
    ground: Ground, since: date, until: date | None, *, among: Collection[Ground]
) -> Iterator[Invalid]:
    """Probation of membership and stopping follow from the stage and are never typed in."""
    if ground not in among:
        yield GroundUnfit(path=("ground",), ground=ground, allowed=sorted(among))
    if until is not None and until <= since:
        yield LimitReversed(path=("until",), since=since, until=until)


def decision_faults(decision: str) -> Iterator[Invalid]:
    if not decision.strip():
        yield LimitDecisionMissing(path=("decision",))


def ending_faults(
    limit: Limit, *, on: date, today: date, reason: str
) -> Iterator[Invalid | Conflict]:
    if limit.until is not None and limit.until <= on:
        yield LimitEnded(path=("on",), until=limit.until)
    if on > today:
        yield LimitReversed(path=("on",), since=limit.since, until=on)
    if not reason.strip():
        yield ProcedureReasonMissing(path=("reason",))
