"""Whether a step may be decided, by whom, and until when it is to be."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from zhibu.basis import Basis
from zhibu.calendar import add_months
from zhibu.errors import Conflict, Invalid
from zhibu.procedures.errors import (
    DecidedOnUnfit,
    DocumentsMissing,
    OwnProcedure,
    ProcedureReasonMissing,
    StepPassed,
    SuperiorMissing,
)
from zhibu.procedures.rules.definition import APPROVER, HOME, SUPERIOR, Document, Step
from zhibu.procedures.rules.values import Actor, Case, Entry

MUST = "must"


@dataclass(frozen=True, kw_only=True)
class Place:
    """An organization as far as levels go."""

    id: UUID
    path: str
    kind: str
    approves: bool
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """What the parameter says of somebody from above being there: `may` or `must`."""

    word: str
    basis: Basis


def placed(level: Collection[str], above: Sequence[Place]) -> Place | None:
    """The nearest organization of a level that stands; `above` begins with the subject's own."""
    for distance, place in enumerate(above):
        if place.ended:
            continue
        relative = {
            HOME: distance == 0,
            SUPERIOR: distance == 1,
            APPROVER: place.approves,
        }
        if place.kind in level or any(relative.get(word, False) for word in level):
            return place
    return None


def due(started: date, number: int | None, unit: str) -> date | None:
    """The last day of a limit, in calendar days or calendar months."""
    if number is None:
        return None
    if unit == "months":
        return add_months(started, number)
    return started + timedelta(days=number)


def is_own(case: Case, actor: Actor) -> bool:
    """Whether it was proposed by whoever acts, or is about them, or whom they stand in for."""
    accounts = {actor.account_id, actor.on_behalf_of} - {None}
    members = {actor.member_id, actor.principal_id} - {None}
    proposed = case.proposed_by in accounts or case.proposer_id in members
    return proposed or case.member_id in members


def own_faults(step: Step, case: Case, actor: Actor) -> Iterator[Conflict]:
    """Nobody decides what he proposed or what is about him, in his own name or another's."""
    if step.separate and is_own(case, actor):
        yield OwnProcedure(path=("step",))


def still_open(entry: Entry) -> Iterator[Conflict]:
    if entry.done_at is not None:
        yield StepPassed(path=("step",), state=str(entry.result))


def day_faults(on: date | None, entry: Entry, *, today: date) -> Iterator[Invalid]:
    """What is recorded later was decided while the procedure was at the step."""
    if on is not None and not entry.started_on <= on <= today:
        yield DecidedOnUnfit(path=("on",), on=on, since=entry.started_on, today=today)


def approval_faults(
    step: Step,
    *,
    kinds: Collection[Document],
    documents: Collection[str],
    superior: str | None,
    attendance: Attendance | None,
) -> Iterator[Invalid | Conflict]:
    """What an approval still lacks: documents, or somebody from above who must be there (A-16)."""
    missing = [kind.zh for kind in kinds if kind.code in {*step.documents} - {*documents}]
    if missing:
        yield DocumentsMissing(path=("step",), step=step.zh, documents=missing)
    if attendance and attendance.word == MUST and not (superior or "").strip():
        yield SuperiorMissing(path=("superior",), basis=attendance.basis, step=step.zh)


def reason_faults(reason: str | None) -> Iterator[Invalid]:
    if not (reason or "").strip():
        yield ProcedureReasonMissing(path=("reason",))
