"""Who records the assessment of a branch, and that the branch recommended him (S4-27, S4-28)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.basis import Basis
from zhibu.errors import Conflict, Invalid
from zhibu_scoring.errors import NotYetHappened, ReasonMissing
from zhibu_scoring.errors.recorders import (
    AlreadyRecommended,
    HolderElsewhere,
    NobodyInFavour,
    NotRecording,
    RecommendationWithdrawn,
    RecommendedLater,
    RecorderSupervises,
    RollDiffers,
    SecondHolder,
    SecretaryRecords,
    SupervisorNotForeseen,
)
from zhibu_scoring.errors.years import CountsImpossible

HEAD = "secretary"  # the post that leads a branch


class Duty(StrEnum):
    """What a branch recommends somebody for."""

    RECORDER = "recorder"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A post of the branch, and who holds it from `since` until before `until`."""

    id: UUID
    member_id: UUID
    name: str
    kind: str
    since: date
    until: date | None

    def meets(self, other: "Seat") -> bool:
        """Whether both are held on some day."""
        begins = other.until is None or self.since < other.until
        return begins and (self.until is None or other.since < self.until)


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """What the branch's meeting recommended: held when, with how many for him.

    `roll_reason` says why others were entitled than the roll of that day has.
    """

    post_id: UUID
    held_on: date
    entitled: int
    present: int
    in_favour: int
    document: str | None
    roll_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Duties:
    """What a branch is held to: how many are entitled by the roll, whether its secretary may
    record, and whether it is so large (`supervised_from` members) that somebody may supervise.
    None where nobody may."""

    entitled: int
    entitled_basis: Basis

    secretary_may: bool
    secretary_basis: Basis
    supervised_from: int | None
    supervisor_basis: Basis


@dataclass(frozen=True, kw_only=True)
class Recommended:
    """A recommendation as it stands."""

    id: UUID
    post_id: UUID
    organization_id: UUID
    member_id: UUID
    held_on: date
    withdrawn_on: date | None


def recommending_refusals(
    seat: Seat,
    wanted: Recommendation,
    *,
    seats: Collection[Seat],
    belongs: bool,
    members: int,
    known: Recommended | None,
    duties: Duties,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """One recorder, whom the branch recommended before he began; somebody else supervises.

    Who was entitled is compared with the roll; of a day long past the roll may know less than the
    minutes, which then say why.
    """
    if seat.kind not in tuple(Duty):
        yield NotRecording(path=("post",), kind=seat.kind)
        return
    if known is not None:
        yield AlreadyRecommended(path=("post",), on=known.held_on)
    if not belongs:
        yield HolderElsewhere(path=("post",), name=seat.name)
    yield from _duty_refusals(seat, seats, members, duties)
    if wanted.held_on > today:
        yield NotYetHappened(path=("held_on",), on=wanted.held_on, today=today)
    elif wanted.held_on > seat.since:
        yield RecommendedLater(path=("held_on",), since=seat.since)
    if not 0 <= wanted.in_favour <= wanted.present <= wanted.entitled:
        yield CountsImpossible(path=("present",))
        return
    if not wanted.in_favour:
        yield NobodyInFavour(path=("in_favour",))
    if wanted.entitled != duties.entitled and not (wanted.roll_reason or "").strip():
        said, roll = wanted.entitled, duties.entitled
        yield RollDiffers(path=("entitled",), basis=duties.entitled_basis, entitled=said, roll=roll)


def withdrawing_refusals(found: Recommended, reason: str) -> Iterator[Invalid | Conflict]:
    """Once, with a reason."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if found.withdrawn_on is not None:
        yield RecommendationWithdrawn(path=("recommendation",), on=found.withdrawn_on)


def _duty_refusals(
    seat: Seat, seats: Collection[Seat], members: int, duties: Duties
) -> Iterator[Conflict]:
    others = [other for other in seats if other.id != seat.id and other.meets(seat)]
    second = next((other for other in others if other.kind == seat.kind), None)
    if second is not None:
        yield SecondHolder(path=("post",), kind=seat.kind, name=second.name, since=second.since)
    own = {other.kind for other in others if other.member_id == seat.member_id}
    if own & set(Duty) - {seat.kind}:
        yield RecorderSupervises(path=("post",), name=seat.name)
    if seat.kind == Duty.RECORDER and HEAD in own and not duties.secretary_may:
        yield SecretaryRecords(path=("post",), basis=duties.secretary_basis, name=seat.name)
    least = duties.supervised_from
    if seat.kind == Duty.SUPERVISOR and (least is None or members < least):
        yield SupervisorNotForeseen(path=("post",), basis=duties.supervisor_basis, members=members)
