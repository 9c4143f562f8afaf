"""Opening a disposition: whether the ground fits the member."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.calendar import add_months
from zhibu.errors import Conflict, Invalid
from zhibu_discipline import errors
from zhibu_discipline.rules.cases import FAILED, STAGES, STOPPED, Case
from zhibu_discipline.rules.grounds import Ground, Kind, Missed


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A disposition as somebody wants it opened."""

    ground: str
    facts: str
    since: date | None = None
    missed: Missed | None = None
    previous_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is known of the member: the stage, since when it has been that one, and what is open."""

    name: str
    stage: str
    stage_since: date
    under_way: bool
    previous: Case | None = None


def opening_refusals(
    opening: Opening, ground: Ground | None, member: Standing, *, today: date
) -> Iterator[Invalid | Conflict]:
    """What speaks against opening a disposition, all of it."""
    if not opening.facts.strip():
        yield errors.FactsMissing(path=("facts",))
    if member.under_way:
        yield errors.AlreadyOpen(path=("member",), name=member.name)
    if ground is None:
        yield errors.GroundUnknown(path=("ground",), ground=opening.ground)
        return
    if ground.kind is Kind.STOP:
        yield errors.StoppedElsewhere(path=("ground",), basis=ground.basis, clause=ground.clause)
        return
    if member.stage not in STAGES[ground.kind]:
        yield errors.StageUnfit(
            path=("member",), name=member.name, stage=member.stage, kind=ground.kind
        )
    if ground.missed and opening.missed is None:
        yield errors.MissedUnsaid(path=("missed",), clause=ground.clause)
    if ground.months is not None:
        yield from _lasting(opening.since, ground, today)
    yield from _stopped(ground, member, today)
    if ground.after is not None and not _failed(member.previous, ground.after):
        yield errors.PreviousMissing(path=("previous",), kind=ground.after, clause=ground.clause)


def _lasting(since: date | None, ground: Ground, today: date) -> Iterator[Invalid | Conflict]:
    assert ground.months is not None
    if since is None:
        yield errors.SinceMissing(path=("since",), clause=ground.clause)
        return
    edge = add_months(since, ground.months)
    if today < edge or (today == edge and not ground.inclusive):
        yield errors.TooEarly(
            path=("since",), basis=ground.basis, clause=ground.clause, months=ground.months, on=edge
        )


def _stopped(ground: Ground, member: Standing, today: date) -> Iterator[Conflict]:
    if ground.stopped_months is None:
        return
    edge = add_months(member.stage_since, ground.stopped_months)
    if member.stage != STOPPED or today < edge:
        yield errors.NotStoppedLong(
            path=("ground",),
            basis=ground.basis,
            clause=ground.clause,
            months=ground.stopped_months,
        )


def _failed(previous: Case | None, kind: Kind) -> bool:
    return (
        previous is not None
        and previous.kind is kind
        and previous.result in FAILED.get(kind, frozenset())
    )
