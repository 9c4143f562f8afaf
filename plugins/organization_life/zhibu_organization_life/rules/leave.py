"""Leave from a meeting: asked for before it is over, decided by somebody else."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_organization_life.errors import (
    AlreadyMarked,
    LeaveAskedAlready,
    LeaveAskedTooLate,
    LeaveNotAsked,
    MeetingCancelled,
    NotInvited,
    OwnLeave,
    ReasonMissing,
)
from zhibu_organization_life.rules.attendance import Place
from zhibu_organization_life.rules.catalogues import Leave, Presence, State
from zhibu_organization_life.rules.meetings import Meeting


def asking_refusals(
    meeting: Meeting, place: Place | None, reason: str, *, today: date
) -> Iterator[Invalid | Conflict]:
    """Whoever is invited asks once, with a reason, at the latest on the day."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if meeting.state is State.CANCELLED:
        yield MeetingCancelled(path=("meeting",), on=meeting.held_on)
    elif meeting.held_on < today:
        yield LeaveAskedTooLate(path=("meeting",), on=meeting.held_on, today=today)
    if place is None:
        yield NotInvited(path=("member",))
    elif place.presence is not Presence.INVITED:
        yield AlreadyMarked(path=("member",), presence=place.presence)
    elif place.leave in (Leave.ASKED, Leave.APPROVED):
        yield LeaveAskedAlready(path=("member",), leave=place.leave)


def withdrawing_refusals(place: Place | None) -> Iterator[Conflict]:
    """Leave is given back while nobody was marked by it."""
    if place is None or place.leave not in (Leave.ASKED, Leave.APPROVED):
        yield LeaveNotAsked(path=("member",))
    elif place.presence is not Presence.INVITED:
        yield AlreadyMarked(path=("member",), presence=place.presence)


def decision_refusals(
    meeting: Meeting,
    place: Place | None,
    *,
    decider: UUID | None,
    approved: bool,
    answer: str | None,
) -> Iterator[Invalid | Conflict]:
    """Somebody else decides; a refusal says why. What was decided may be decided otherwise while
    the meeting is still to come."""
    if meeting.state is State.CANCELLED:
        yield MeetingCancelled(path=("meeting",), on=meeting.held_on)
    if place is None or place.leave is None:
        yield LeaveNotAsked(path=("member",))
        return
    if place.member_id == decider:
        yield OwnLeave(path=("member",))
    if place.presence not in (Presence.INVITED, Presence.ABSENT):
        yield AlreadyMarked(path=("member",), presence=place.presence)
    if not approved and not (answer or "").strip():
        yield ReasonMissing(path=("answer",))
