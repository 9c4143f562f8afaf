"""Meetings: what may be planned, entered as held, changed and cancelled."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from zhibu.basis import Basis
from zhibu.errors import Conflict, Invalid
from zhibu_organization_life.errors import (
    BeginsInvalid,
    ChangedMeanwhile,
    ContentsElsewhere,
    ContentUnknown,
    HeldDayFixed,
    HeldInFuture,
    HoursInvalid,
    KindElsewhere,
    LateReasonMissing,
    LecturerMissing,
    MeetingCancelled,
    NothingChanged,
    PlannedInPast,
    ReasonMissing,
    TitleMissing,
)
from zhibu_organization_life.rules.catalogues import HELD_AT, Kind, State

TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A number that decides, and who says so."""

    value: int
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Details:
    """What of a meeting may be put right after it was entered."""

    title: str
    held_on: date
    begins: str | None = None
    place: str | None = None
    agenda: str | None = None
    contents: tuple[str, ...] = ()
    hours: Decimal | None = None
    chair_id: UUID | None = None
    lecturer_id: UUID | None = None
    lecturer_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody wants to put down as a meeting."""

    organization_id: UUID
    kind: Kind
    details: Details
    code: str | None = None
    late_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting as far as deciding about it needs. `path` is its host's."""

    id: UUID
    organization_id: UUID
    path: str
    unit_kind: str
    code: str
    kind: Kind
    details: Details
    state: State
    late_reason: str | None
    code_digest: str | None
    code_until: datetime | None
    version: int

    @property
    def held_on(self) -> date:
        return self.details.held_on

    @property
    def title(self) -> str:
        return self.details.title


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What holds at the host on the day of the meeting."""

    contents: frozenset[str]
    late_after: Limit
    hours_limit: Limit


def draft_refusals(
    draft: Draft, *, unit_kind: str, held: bool, today: date, rules: Rules
) -> Iterator[Invalid | Conflict]:
    """Everything that speaks against a meeting as planned or held.

    One that is entered long after its day is allowed, with its reason.
    """
    details = draft.details
    if unit_kind not in HELD_AT[draft.kind]:
        yield KindElsewhere(path=("kind",), kind=draft.kind)
    yield from details_refusals(draft.kind, details, rules)
    if held and details.held_on > today:
        yield HeldInFuture(path=("held_on",), on=details.held_on, today=today)
    if not held and details.held_on < today:
        yield PlannedInPast(path=("held_on",), on=details.held_on, today=today)
    late = held and (today - details.held_on).days > rules.late_after.value
    if late and not (draft.late_reason or "").strip():
        yield LateReasonMissing(
            path=("late_reason",),
            basis=rules.late_after.basis,
            on=details.held_on,
            days=rules.late_after.value,
        )


def details_refusals(kind: Kind, details: Details, rules: Rules) -> Iterator[Invalid]:
    """What speaks against the words and numbers of a meeting by themselves."""
    if not details.title.strip():
        yield TitleMissing(path=("title",))
    if details.begins is not None and not TIME.fullmatch(details.begins):
        yield BeginsInvalid(path=("begins",), begins=details.begins)
    if details.contents and kind is not Kind.THEME_DAY:
        yield ContentsElsewhere(path=("contents",), kind=kind)
    for code in _unknown(details.contents, rules.contents):
        allowed = "、".join(sorted(rules.contents))
        yield ContentUnknown(path=("contents",), word=code, allowed=allowed)
    if details.hours is not None and not _sound(details.hours, rules.hours_limit.value):
        yield HoursInvalid(
            path=("hours",),
            basis=rules.hours_limit.basis,
            hours=details.hours,
            limit=rules.hours_limit.value,
        )
    if kind is Kind.LECTURE and details.lecturer_id is None and not details.lecturer_name:
        yield LecturerMissing(path=("lecturer",))


def change_refusals(
    meeting: Meeting,
    wanted: Details,
    *,
    version: int | None,
    reason: str | None,
    today: date,
    rules: Rules,
) -> Iterator[Invalid | Conflict]:
    """A plan is changed freely; what was held is put right with a reason, its day stays."""
    if version is not None and version != meeting.version:
        yield ChangedMeanwhile(path=("version",), version=meeting.version)
    if meeting.state is State.CANCELLED:
        yield MeetingCancelled(path=("meeting",), on=meeting.held_on)
        return
    if wanted == meeting.details:
        yield NothingChanged(path=("meeting",))
    yield from details_refusals(meeting.kind, wanted, rules)
    if meeting.state is State.PLANNED:
        if wanted.held_on < today and wanted.held_on != meeting.held_on:
            yield PlannedInPast(path=("held_on",), on=wanted.held_on, today=today)
        return
    if wanted.held_on != meeting.held_on:
        yield HeldDayFixed(path=("held_on",), on=meeting.held_on)
    if not (reason or "").strip():
        yield ReasonMissing(path=("reason",))


def cancellation_refusals(meeting: Meeting, reason: str) -> Iterator[Invalid | Conflict]:
    """Cancelling says why; a cancelled meeting is not cancelled again."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if meeting.state is State.CANCELLED:
        yield MeetingCancelled(path=("meeting",), on=meeting.held_on)


def _unknown(codes: Collection[str], known: Collection[str]) -> list[str]:
    return [code for code in codes if code not in known]


def _sound(hours: Decimal, most: int) -> bool:
    return hours.is_finite() and 0 < hours <= most and hours == hours.quantize(Decimal("0.01"))
