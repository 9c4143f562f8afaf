"""Sessions: what may be planned and held, and who may be marked how."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_education.errors import (
    AlreadyMarked,
    AttendanceBeforeSession,
    ContentWithdrawn,
    DayOverfull,
    HoursOfAbsent,
    LateReasonMissing,
    NotEnrolled,
    NotMarked,
    ReasonMissing,
    SessionHeldInFuture,
    SessionNotPlanned,
    SessionPlannedInPast,
    SessionSettled,
    TitleMissing,
)
from zhibu_education.rules.amounts import Limit, hours_refusals
from zhibu_education.rules.catalogues import Presence, SessionState
from zhibu_education.rules.credits import overfull


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
    kind: str | None
    topic: str
    channel: str | None
    place: str | None
    teacher_name: str | None
    state: SessionState
    version: int
    withdrawn_on: date | None = None
    withdrawn_reason: str | None = None


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
    kind: str | None = None
    channel: str | None = None
    place: str | None = None
    teacher_id: UUID | None = None
    teacher_name: str | None = None
    lecturer_id: UUID | None = None
    plan_item_id: UUID | None = None
    late_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How one member is marked. `hours` only where they differ from the session's."""

    member_id: UUID
    presence: Presence
    hours: Decimal | None = None
    reason: str | None = None


def draft_refusals(
    draft: Draft, *, held: bool, today: date, day_limit: Limit, late_after_days: Limit
) -> Iterator[Invalid | Conflict]:
    """Everything that speaks against a session as planned or held.

    One that is entered more than `late_after_days` after the day is allowed, with its reason.
    """
    if not draft.title.strip():
        yield TitleMissing(path=("title",))
    yield from hours_refusals(draft.hours)
    yield from overfull(draft.held_on, draft.hours, same_day=Decimal(0), day_limit=day_limit)
    if held and draft.held_on > today:
        yield SessionHeldInFuture(path=("held_on",), on=draft.held_on, today=today)
    if not held and draft.held_on < today:
        yield SessionPlannedInPast(path=("held_on",), on=draft.held_on, today=today)
    late = held and (today - draft.held_on).days > late_after_days.value
    if late and not (draft.late_reason or "").strip():
        yield LateReasonMissing(
            path=("late_reason",),
            basis=late_after_days.basis,
            on=draft.held_on,
            days=int(late_after_days.value),
        )


def mark_refusals(
    session: Session, mark: Mark, *, today: date, path: tuple[str, ...] = ()
) -> Iterator[Invalid | Conflict]:
    """A cancelled session has no attendance; nobody was present at one still to come.

    Hours are those of somebody present, and never more than the session's.
    """
    if session.state is SessionState.CANCELLED:
        yield SessionSettled(path=path, state=session.state)
    if mark.presence is Presence.ENROLLED:
        yield from enrolment_refusals(session, None, today=today)
    elif session.held_on > today:
        yield AttendanceBeforeSession(path=path, on=session.held_on, today=today)
    if mark.hours is None:
        return
    if mark.presence is not Presence.PRESENT:
        yield HoursOfAbsent(path=(*path, "hours"))
    yield from hours_refusals(mark.hours, (*path, "hours"))
    if mark.hours.is_finite() and mark.hours > session.hours:
        yield DayOverfull(
            path=(*path, "hours"),
            on=session.held_on,
            recorded=Decimal(0),
            hours=mark.hours,
            limit=session.hours,
        )


def enrolment_refusals(
    session: Session, marked: Presence | None, *, today: date
) -> Iterator[Invalid | Conflict]:
    """One enrols, once, in what is planned and has not passed."""
    if session.state is not SessionState.PLANNED or session.held_on < today:
        yield SessionNotPlanned(path=("session",), state=session.state, on=session.held_on)
    if session.withdrawn_on is not None:
        yield ContentWithdrawn(path=("session",), on=session.withdrawn_on)
    if marked is not None:
        yield AlreadyMarked(path=("member",), presence=marked)


def withdrawal_refusals(marked: Presence | None) -> Iterator[Conflict]:
    """Only a place that was enrolled in, and not marked since, is given back."""
    if marked is not Presence.ENROLLED:
        yield NotEnrolled(path=("member",))


def striking_refusals(
    session: Session, marked: Presence | None, reason: str
) -> Iterator[Invalid | Conflict]:
    """Who is on a list by mistake is taken off it, with a reason; an enrolment is given back."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if session.state is SessionState.CANCELLED:
        yield SessionSettled(path=("session",), state=session.state)
    elif marked in (None, Presence.ENROLLED):
        yield NotMarked(path=("member",))


def cancellation_refusals(session: Session, reason: str) -> Iterator[Invalid | Conflict]:
    """Cancelling says why; a cancelled session is not cancelled again."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if session.state is SessionState.CANCELLED:
        yield SessionSettled(path=("session",), state=session.state)
