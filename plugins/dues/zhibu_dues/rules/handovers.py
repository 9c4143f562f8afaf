"""Collected dues go upward: all of them or a share, received by somebody else, nothing twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_dues.errors import (
    HandedInFuture,
    HandoverSettled,
    HandoverUsed,
    NobodyAbove,
    NothingToHandOver,
    OwnHandover,
    ReasonMissing,
)


class HandoverState(StrEnum):
    """On the way, received above, or returned because it does not agree."""

    HANDED = "handed"
    RECEIVED = "received"
    RETURNED = "returned"


@dataclass(frozen=True, kw_only=True)
class Held:
    """What an organization holds and has not handed over: its own collection, and from below."""

    collected_fen: int = 0
    received_fen: int = 0

    @property
    def fen(self) -> int:
        return self.collected_fen + self.received_fen

    def sent_up(self, percent: int) -> int:
        """The share that goes upward, whole fen, in favour of whoever keeps the rest."""
        return self.fen * percent // 100


@dataclass(frozen=True, kw_only=True)
class Handover:
    """A hand-over as it is kept."""

    id: UUID
    organization_id: UUID
    above_id: UUID
    fen: int
    state: HandoverState
    handed_by: UUID | None
    passed_on: bool
    version: int


def handing_refusals(
    held: Held, *, above: UUID | None, until: date, today: date
) -> Iterator[Invalid | Conflict]:
    """What speaks against handing over what is held by that day."""
    if above is None:
        yield NobodyAbove(path=("organization",))
    if until > today:
        yield HandedInFuture(path=("until",), on=until, today=today)
    if held.fen == 0:
        yield NothingToHandOver(path=("until",), until=until)


def receiving_refusals(found: Handover, *, account_id: UUID | None) -> Iterator[Conflict]:
    """Nobody receives what he handed over himself."""
    if found.state is not HandoverState.HANDED:
        yield HandoverSettled(path=("handover",), state=found.state)
    elif account_id is not None and found.handed_by == account_id:
        yield OwnHandover(path=("handover",))


def returning_refusals(found: Handover, reason: str) -> Iterator[Invalid | Conflict]:
    """What does not agree goes back, also after it was received; not once it went further up."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if found.state is HandoverState.RETURNED:
        yield HandoverSettled(path=("handover",), state=found.state)
    elif found.passed_on:
        yield HandoverUsed(path=("handover",))
