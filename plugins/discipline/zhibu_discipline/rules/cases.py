"""A disposition as it stands: its kinds, its steps, and which state takes which."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.errors import Conflict
from zhibu_discipline import errors
from zhibu_discipline.rules.grounds import Kind


class State(StrEnum):
    """Where a disposition stands. What has ended, was refused or dropped stays as it is."""

    OPENED = "opened"
    PROPOSED = "proposed"
    DECIDED = "decided"
    ENDED = "ended"
    REFUSED = "refused"
    DROPPED = "dropped"


class Step(StrEnum):
    """What may be done with a disposition."""

    PROPOSE = "propose"
    DROP = "drop"
    DELIVER = "deliver"
    ANSWER = "answer"
    EVALUATE = "evaluate"
    APPEAL = "appeal"
    FILE = "file"
    FOLLOW_UP = "follow_up"


class Result(StrEnum):
    """How a disposition ended that left the membership as it was for a while."""

    CORRECTED = "corrected"
    NOT_CORRECTED = "not_corrected"
    REFUSED_CORRECTION = "refused_correction"
    WITHDREW = "withdrew"
    REFUSED_TO_WITHDRAW = "refused_to_withdraw"
    CARRIED_OUT = "carried_out"


class Delivery(StrEnum):
    """How the member was told what was decided (S3C-29)."""

    SIGNED = "signed"
    REFUSED_TO_SIGN = "refused_to_sign"
    UNREACHABLE = "unreachable"


# The kinds that end a membership, and those that do so by being decided.
ENDING = frozenset(
    {
        *(Kind.PERSUASION, Kind.REMOVAL, Kind.GIVEN_UP, Kind.WITHDRAWAL),
        *(Kind.CANCELLATION, Kind.NON_RECOGNITION),
    }
)
AT_ONCE = ENDING - {Kind.PERSUASION}
UNDER_WAY = frozenset({State.OPENED, State.PROPOSED, State.DECIDED})
MOVES: Mapping[Step, frozenset[State]] = {
    Step.PROPOSE: frozenset({State.OPENED}),
    Step.DROP: frozenset({State.OPENED}),
    Step.DELIVER: frozenset({State.DECIDED, State.ENDED}),
    Step.ANSWER: frozenset({State.DECIDED}),
    Step.EVALUATE: frozenset({State.DECIDED}),
    Step.APPEAL: frozenset({State.DECIDED, State.ENDED}),
    Step.FILE: frozenset({State.DECIDED, State.ENDED}),
    Step.FOLLOW_UP: frozenset({State.DECIDED, State.ENDED}),
}
# Which kind takes which step; the others are taken by all.
ONLY: Mapping[Step, frozenset[Kind]] = {
    Step.ANSWER: frozenset({Kind.PERSUASION}),
    Step.EVALUATE: frozenset({Kind.CORRECTION}),
    Step.FILE: ENDING,
    Step.FOLLOW_UP: ENDING,
}
# The results that let the next disposition be opened, and of which kind they are.
FAILED: Mapping[Kind, frozenset[Result]] = {
    Kind.CORRECTION: frozenset({Result.NOT_CORRECTED, Result.REFUSED_CORRECTION}),
    Kind.PERSUASION: frozenset({Result.REFUSED_TO_WITHDRAW}),
}
# Which stages of membership a kind is about, as the register says them.
STAGES: Mapping[Kind, frozenset[str]] = {
    Kind.CORRECTION: frozenset({"full"}),
    Kind.PERSUASION: frozenset({"full"}),
    Kind.REMOVAL: frozenset({"full", "stopped"}),
    Kind.GIVEN_UP: frozenset({"full", "stopped"}),
    Kind.WITHDRAWAL: frozenset({"full", "probationary"}),
    Kind.CANCELLATION: frozenset({"probationary"}),
    Kind.NON_RECOGNITION: frozenset({"full", "probationary", "stopped"}),
}
STOPPED = "stopped"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A disposition as it is kept."""

    id: UUID
    member_id: UUID
    organization_id: UUID
    kind: Kind
    ground: str
    restricted: bool
    state: State
    result: Result | None
    months: int | None
    opened_on: date
    decided_on: date | None
    until: date | None
    delivery: Delivery | None
    filed_on: date | None
    procedure_id: UUID | None
    evaluation_id: UUID | None
    version: int


def step_refusals(case: Case, step: Step) -> Iterator[Conflict]:
    """That a disposition of this kind, as it stands, does not take this step."""
    if case.state not in MOVES[step] or case.kind not in ONLY.get(step, frozenset(Kind)):
        yield errors.StepNotNow(path=("case",), state=case.state, step=step)
