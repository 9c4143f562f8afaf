"""Who comes from another institution: taken in or refused, verified, filed, noted, left."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.basis import Basis
from zhibu.errors import Conflict, Invalid
from zhibu_flow_members.errors import (
    AlreadyFiled,
    AlreadyVerified,
    CardWrong,
    ConductMissing,
    DatesReversed,
    EvaluationUnfounded,
    GuestOver,
    GuestTaken,
    GuestUntaken,
    HostElsewhere,
    HostTakesNobody,
    HostUnknown,
    NoteElsewhere,
    NoteNotYet,
    NoteReasonMissing,
    NoteUnsaid,
    NothingToTakeBack,
    NotVerified,
    NotYet,
    OwnVerification,
    ReasonMissing,
)
from zhibu_flow_members.rules.notes import BY_HOST, NoteKind, Phase, Wanted
from zhibu_flow_members.rules.papers import Paper
from zhibu_flow_members.rules.values import TAKING, Limit

# Whom another institution sent may be appraised where he is (rule 27): his own then knows it.
BY_GUEST_HOST = BY_HOST | {NoteKind.EVALUATION}


class GuestState(StrEnum):
    """What was decided here: nothing yet, taken in, or refused."""

    OFFERED = "offered"
    TAKEN = "taken"
    REFUSED = "refused"


class LastStep(StrEnum):
    """What was done last here, and may be taken back."""

    LEFT = "left"
    FILED = "filed"
    VERIFIED = "verified"
    ANSWERED = "answered"


@dataclass(frozen=True, kw_only=True)
class Branch:
    """The branch that is to take somebody in."""

    id: UUID
    path: str
    kind: str
    name: str
    ended: bool


@dataclass(frozen=True, kw_only=True)
class Guest:
    """A stay here, as it is recorded. `path` is where it stands: with its branch, or who was asked.

    `over_on` is when the stay ended, by the word of either side.
    """

    id: UUID
    about: UUID
    peer_code: str
    peer_member: UUID
    offer: int
    name: str
    path: str
    receiver_path: str
    receiver_id: UUID
    host_id: UUID | None
    host_name: str | None
    state: GuestState
    since: date
    paper: Paper
    serial: int | None
    answered_on: date | None
    arrived_on: date | None
    verified_on: date | None
    verified_by: UUID | None
    host_note: str | None
    filed_on: date | None
    refusal: str | None
    left_on: date | None
    left_reason: str | None
    ended_on: date | None
    withdrawn_on: date | None

    @property
    def over_on(self) -> date | None:
        return self.withdrawn_on or self.ended_on or self.left_on

    @property
    def last_step(self) -> LastStep | None:
        for done, step in (
            (self.left_on, LastStep.LEFT),
            (self.filed_on, LastStep.FILED),
            (self.verified_on, LastStep.VERIFIED),
            (self.answered_on, LastStep.ANSWERED),
        ):
            if done is not None:
                return step
        return None


@dataclass(frozen=True, kw_only=True)
class GuestNote:
    """What was noted of a guest, as it is recorded; `path` is that of who noted it."""

    id: UUID
    guest_id: UUID
    path: str
    kind: NoteKind
    on: date
    voided_on: date | None


def registering_refusals(guest: Guest, branch: Branch | None) -> Iterator[Invalid | Conflict]:
    """A branch below whoever was asked takes him in; who was refused may still be taken in."""
    yield from _open(guest)
    if guest.state is GuestState.TAKEN:
        yield GuestTaken(path=("guest",), on=guest.answered_on)
    if branch is None or branch.ended:
        yield HostUnknown(path=("organization",), host=branch.name if branch else "")
    elif branch.kind not in TAKING:
        yield HostTakesNobody(path=("organization",), kind=branch.kind)
    elif not branch.path.startswith(guest.receiver_path):
        yield HostElsewhere(path=("organization",), name=branch.name)


def declining_refusals(guest: Guest, reason: str) -> Iterator[Invalid | Conflict]:
    """Whoever is asked may say no, with a reason that his own institution reads."""
    yield from _open(guest)
    if guest.state is not GuestState.OFFERED:
        yield GuestTaken(path=("guest",), on=guest.answered_on)
    if not reason.strip():
        yield ReasonMissing(path=("reason",))


def verifying_refusals(
    guest: Guest, arrived_on: date, serial: int | None, *, today: date
) -> Iterator[Invalid | Conflict]:
    """The branch verifies the paper of whoever reported in; of a card, its number (S1-12)."""
    yield from _taken(guest)
    if guest.verified_on is not None:
        yield AlreadyVerified(path=("guest",), on=guest.verified_on)
    if arrived_on > today:
        yield NotYet(path=("arrived_on",), on=arrived_on, today=today)
    if arrived_on < guest.since:
        yield DatesReversed(path=("arrived_on",), since=guest.since, until=arrived_on)
    if guest.paper is Paper.CARD and (guest.serial is None or serial != guest.serial):
        yield CardWrong(path=("serial",))


def filing_refusals(guest: Guest, *, filer: UUID | None) -> Iterator[Invalid | Conflict]:
    """Somebody else than who verified takes it into the files of the level above."""
    yield from _taken(guest)
    if guest.verified_on is None:
        yield NotVerified(path=("guest",))
    if guest.filed_on is not None:
        yield AlreadyFiled(path=("guest",), on=guest.filed_on)
    if guest.verified_by is not None and guest.verified_by == filer:
        yield OwnVerification(path=("guest",))


def noting_refusals(
    guest: Guest, wanted: Wanted, *, late_after: Limit, basis: Basis, today: date
) -> Iterator[Invalid | Conflict]:
    """Contact, education, attendance, dues, visits and a grade, of days on which he was here."""
    if guest.withdrawn_on is not None or guest.host_id is None:
        yield GuestUntaken(path=("guest",))
    kind = wanted.kind
    if kind not in BY_GUEST_HOST:
        yield NoteElsewhere(path=("kind",), kind=kind)
    if not wanted.text.strip():
        yield NoteUnsaid(path=("text",))
    over = guest.over_on
    if wanted.on > today:
        yield NotYet(path=("on",), on=wanted.on, today=today)
    elif wanted.on < guest.since:
        yield NoteNotYet(path=("on",), kind=kind, phase=Phase.BEFORE)
    elif over is not None and wanted.on >= over:
        yield NoteNotYet(path=("on",), kind=kind, phase=Phase.AFTER)
    if (today - wanted.on).days > late_after.value and not (wanted.reason or "").strip():
        yield NoteReasonMissing(path=("reason",), basis=late_after.basis)
    if (kind is NoteKind.EVALUATION) != (wanted.grade is not None):
        yield ConductMissing(path=("grade",), kind=kind)
    unseen = kind is NoteKind.EVALUATION and guest.verified_on is None
    if unseen and not (wanted.reason or "").strip():
        yield EvaluationUnfounded(path=("reason",), basis=basis, year=wanted.on.year)


def leaving_refusals(
    guest: Guest, on: date, reason: str, *, today: date
) -> Iterator[Invalid | Conflict]:
    """He is here no longer; his own institution says where he is."""
    yield from _taken(guest)
    if on > today:
        yield NotYet(path=("on",), on=on, today=today)
    begun = guest.arrived_on or guest.since
    if on < begun:
        yield DatesReversed(path=("on",), since=begun, until=on)
    if not reason.strip():
        yield ReasonMissing(path=("reason",))


def taking_back_refusals(guest: Guest, reason: str) -> Iterator[Invalid | Conflict]:
    """The last step that was a slip; what his own institution ended stays ended."""
    if guest.last_step is None:
        yield NothingToTakeBack(path=("guest",))
    ended = guest.withdrawn_on or guest.ended_on
    if ended is not None:
        yield GuestOver(path=("guest",), on=ended)
    if not reason.strip():
        yield ReasonMissing(path=("reason",))


def _open(guest: Guest) -> Iterator[Conflict]:
    if guest.over_on is not None:
        yield GuestOver(path=("guest",), on=guest.over_on)


def _taken(guest: Guest) -> Iterator[Conflict]:
    yield from _open(guest)
    if guest.state is not GuestState.TAKEN:
        yield GuestUntaken(path=("guest",))
