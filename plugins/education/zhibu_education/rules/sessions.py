"""Sessions: what may be planned and held, and who may be marked how."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_education.errors import (
    AttendanceBeforeSession,
    DayOverfull,
    HoursNotPositive,
    LateReasonMissing,
    SessionHeldInFuture,
    SessionNotPlanned,
    SessionSettled,
)
from zhibu_education.rules.catalogues import Presence, SessionState


@dataclass(frozen=True, kw_only=True)
class Session:
    """A session as far as deciding about it needs. `path` is its host organization's."""

    id: UUID
    organization_id: UUID
    path: str
    code: str
    title: str
    held_on: date
    hours: Decimal
    form: str
    topic: str
    channel: str | None
    state: SessionState
    version: int


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody wants to put down as a session."""

    organization_id: UUID
    title: str
    held_on: date
    hours: Decimal
    form: str
    topic: str
    code: str | None = None
    channel: str | None = None
    place: str | None = None
    teacher_id: UUID | None = None
    teacher_name: str | None = None
    lecturer_id: UUID | None = None
    plan_item_id: UUID | None = None
    late_reason: str | None = None


def draft_refusals(
    draft: Draft, *, held: bool, today: date, day_limit: Decimal, late_after_days: int
) -> Iterator[Invalid | Conflict]:
    """Everything that speaks against a session as planned or held.

    One that is entered more than `late_after_days` after the day is allowed, with its reason.
    """
    if draft.hours <= 0:
        yield HoursNotPositive(path=("hours",), hours=draft.hours)
    elif draft.hours > day_limit:
        yield DayOverfull(
            path=("hours",),
            on=draft.held_on,
            recorded=Decimal(0),
            hours=draft.hours,
            limit=day_limit,
        )
    if held and draft.held_on > today:
        yield SessionHeldInFuture(path=("heldOn",), on=draft.held_on, today=today)
    late = held and (today - draft.held_on).days > late_after_days
    if late and not (draft.late_reason or "").strip():
        yield LateReasonMissing(path=("lateReason",), on=draft.held_on, days=late_after_days)


def attendance_refusals(
    session: Session, presence: Presence, hours: Decimal | None, *, today: date
) -> Iterator[Invalid | Conflict]:
    """A cancelled session has no attendance; nobody was present at one still to come."""
    if session.state is SessionState.CANCELLED:
        yield SessionSettled(state=session.state)
    if presence is not Presence.ENROLLED and session.held_on > today:
        yield AttendanceBeforeSession(on=session.held_on, today=today)
    if hours is not None and hours <= 0:
        yield HoursNotPositive(path=("hours",), hours=hours)
    elif hours is not None and hours > session.hours:
        yield DayOverfull(
            path=("hours",),
            on=session.held_on,
            recorded=Decimal(0),
            hours=hours,
            limit=session.hours,
        )


def enrolment_refusals(session: Session, *, today: date) -> Iterator[Invalid | Conflict]:
    """One enrols in what is planned and has not passed."""
    if session.state is not SessionState.PLANNED or session.held_on < today:
        yield SessionNotPlanned(state=session.state, on=session.held_on)


def cancellation_refusals(session: Session) -> Iterator[Invalid | Conflict]:
    """A cancelled session is not cancelled again."""
    if session.state is SessionState.CANCELLED:
        yield SessionSettled(state=session.state)
