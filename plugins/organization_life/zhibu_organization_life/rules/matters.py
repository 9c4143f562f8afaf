"""What a unit does about its members and hears of them: what may be recorded, answered, voided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_organization_life.errors import (
    DatesReversed,
    LateReasonMissing,
    MatterChannelElsewhere,
    MatterMemberElsewhere,
    MatterOpen,
    MatterUntold,
    MatterVoid,
    NoMemberThen,
    NotYetDone,
    OwnMatter,
    ReasonMissing,
    ResultMissing,
)
from zhibu_organization_life.rules.meetings import Limit


class MatterKind(StrEnum):
    """What it is (S0-40, S0-42, S0-43, S2-20, S2-24)."""

    ANALYSIS = "analysis"
    INSPECTION = "inspection"
    REVIEW = "review"
    OPINION = "opinion"
    FEEDBACK = "feedback"
    PERSONAL_MATTERS = "personal_matters"
    DUTY_REPORT = "duty_report"
    MAJOR_MATTER = "major_matter"


class Channel(StrEnum):
    """How an opinion came in (S2-24)."""

    BOX = "box"
    MAIL = "mail"
    HOTLINE = "hotline"
    MEETING = "meeting"
    VISIT = "visit"
    FORM = "form"


# What those who lead report of themselves: its words are sealed (S2-20).
REPORTS = frozenset({MatterKind.PERSONAL_MATTERS, MatterKind.DUTY_REPORT, MatterKind.MAJOR_MATTER})
# What is of one person, and what came in by some way.
OF_MEMBER = REPORTS | {MatterKind.REVIEW}
CHANNELLED = frozenset({MatterKind.OPINION, MatterKind.FEEDBACK})


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A matter as somebody wants it recorded."""

    organization_id: UUID
    kind: MatterKind
    title: str
    details: str
    happened_on: date
    member_id: UUID | None = None
    channel: Channel | None = None
    late_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A recorded matter, without what it says. `path` is that of its unit."""

    id: UUID
    path: str
    kind: MatterKind
    title: str
    member_id: UUID | None
    happened_on: date
    answered_on: date | None
    voided_on: date | None
    sealed: bytes | None


def recording_refusals(
    wanted: Wanted,
    *,
    recorder: UUID | None,
    member_then: bool,
    today: date,
    late_after: Limit,
) -> Iterator[Invalid | Conflict]:
    """It says what it is and what it says, of whom where it is of somebody, and how it came in."""
    kind = wanted.kind
    if (wanted.member_id is not None) is not (kind in OF_MEMBER):
        yield MatterMemberElsewhere(path=("member",), kind=kind)
    elif wanted.member_id is not None and not member_then:
        yield NoMemberThen(path=("member",), on=wanted.happened_on)
    if kind is MatterKind.REVIEW and wanted.member_id == recorder is not None:
        yield OwnMatter(path=("member",))
    if (wanted.channel is not None) is not (kind in CHANNELLED):
        yield MatterChannelElsewhere(path=("channel",), kind=kind)
    for argument in ("title", "details"):
        if not getattr(wanted, argument).strip():
            yield MatterUntold(path=(argument,))
    if wanted.happened_on > today:
        yield NotYetDone(path=("on",), on=wanted.happened_on, today=today)
    late = (today - wanted.happened_on).days > late_after.value
    if late and not (wanted.late_reason or "").strip():
        days, basis = late_after.value, late_after.basis
        yield LateReasonMissing(
            path=("late_reason",), basis=basis, on=wanted.happened_on, days=days
        )


def answering_refusals(
    known: Matter,
    on: date,
    answer: str,
    *,
    teller: UUID | None,
    reason: str | None,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """What came of it is told by somebody else than whom it is about; told anew, it says why."""
    yield from _standing(known)
    if known.member_id is not None and known.member_id == teller:
        yield OwnMatter(path=("matter",))
    if not answer.strip():
        yield ResultMissing(path=("answer",))
    if on > today:
        yield NotYetDone(path=("on",), on=on, today=today)
    if on < known.happened_on:
        yield DatesReversed(path=("on",), since=known.happened_on, until=on)
    if known.answered_on is not None and not (reason or "").strip():
        yield ReasonMissing(path=("reason",))


def voiding_refusals(
    known: Matter, reason: str, *, voider: UUID | None
) -> Iterator[Invalid | Conflict]:
    """What was recorded by mistake is voided with a reason, a review not by whom it is about."""
    yield from _standing(known)
    if known.kind is MatterKind.REVIEW and known.member_id == voider:
        yield OwnMatter(path=("matter",))
    if not reason.strip():
        yield ReasonMissing(path=("reason",))


def opening_refusals(known: Matter, reason: str) -> Iterator[Invalid | Conflict]:
    """A report is opened with a reason, which the leader sees; nothing else is sealed."""
    if known.kind not in REPORTS:
        yield MatterOpen(path=("matter",), kind=known.kind)
    if not reason.strip():
        yield ReasonMissing(path=("reason",))


def _standing(known: Matter) -> Iterator[Conflict]:
    if known.voided_on is not None:
        yield MatterVoid(path=("matter",), on=known.voided_on)
