"""Attendance: who should attend, who may be marked how, and what putting it right takes."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_organization_life.errors import (
    AlreadyMarked,
    AttendanceBeforeMeeting,
    ChangedMeanwhile,
    CheckInTooLong,
    CodeExpired,
    CodeWrong,
    CorrectionReasonMissing,
    LateReasonMissing,
    LeaveNotApproved,
    MarkInvited,
    MeetingCancelled,
    MeetingNotToday,
    NotMarked,
    OwnLeave,
    ReasonMissing,
)
from zhibu_organization_life.rules.catalogues import Leave, Presence, State, Via
from zhibu_organization_life.rules.meetings import Limit, Meeting


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How one member is to be marked."""

    member_id: UUID
    presence: Presence
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """A member's place at a meeting as it stands."""

    member_id: UUID
    expected: bool
    presence: Presence
    reason: str | None = None
    via: Via | None = None
    leave: Leave | None = None
    leave_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Marker:
    """Whoever marks: his own membership, and whether he may decide about leave at the host."""

    member_id: UUID | None
    decides_leave: bool


def should_attend(
    belonging: Collection[UUID], excused: Collection[UUID], stages: Mapping[UUID, str]
) -> dict[UUID, bool]:
    """Everybody to be invited, and whether he is held to it.

    Full and probationary members are; whoever was accommodated on the day is invited and held to
    nothing (rule 7); a stopped membership takes part in nothing.
    """
    return {
        member: member not in excused
        for member in belonging
        if stages.get(member) in ("full", "probationary")
    }


def list_refusals(
    meeting: Meeting,
    *,
    today: date,
    late_after: Limit,
    reason: str | None,
    fresh: bool,
    corrects: bool,
    version: int | None = None,
) -> Iterator[Invalid | Conflict]:
    """What speaks against marking anybody at this meeting now.

    What is put right says why, and so does a list that is entered long after the day of a meeting
    that was not itself entered late. A list of which nothing is `fresh` needs no reason.
    """
    if version is not None and version != meeting.version:
        yield ChangedMeanwhile(path=("version",), version=meeting.version)
    if meeting.state is State.CANCELLED:
        yield MeetingCancelled(path=("meeting",), on=meeting.held_on)
    if meeting.held_on > today:
        yield AttendanceBeforeMeeting(path=("meeting",), on=meeting.held_on, today=today)
    if not fresh or (reason or "").strip():
        return
    if corrects:
        yield CorrectionReasonMissing(path=("reason",))
    elif not meeting.late_reason and (today - meeting.held_on).days > late_after.value:
        yield LateReasonMissing(
            path=("reason",), basis=late_after.basis, on=meeting.held_on, days=late_after.value
        )


def mark_refusals(
    mark: Mark, place: Place | None, marker: Marker, path: tuple[str, ...] = ()
) -> Iterator[Invalid | Conflict]:
    """Leave is what somebody granted who may, and nobody grants it to himself."""
    if mark.presence is Presence.INVITED:
        yield MarkInvited(path=(*path, "presence"))
    if mark.presence is not Presence.ON_LEAVE:
        return
    if place is not None and place.leave is Leave.APPROVED:
        return
    if marker.member_id == mark.member_id:
        yield OwnLeave(path=(*path, "presence"))
    elif not marker.decides_leave:
        yield LeaveNotApproved(path=(*path, "presence"))


def corrects(mark: Mark, place: Place | None) -> bool:
    """Whether a mark puts right what was recorded, and is not the first one."""
    return (
        place is not None
        and place.presence is not Presence.INVITED
        and place.presence is not mark.presence
    )


def stands(mark: Mark, place: Place | None) -> bool:
    """Whether the member is marked so already, for the same reason."""
    return (
        place is not None
        and place.presence is mark.presence
        and mark.reason in (None, place.reason, place.leave_reason)
    )


def striking_refusals(
    meeting: Meeting, place: Place | None, reason: str
) -> Iterator[Invalid | Conflict]:
    """Who is marked by mistake is taken off the list, with a reason."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if meeting.state is State.CANCELLED:
        yield MeetingCancelled(path=("meeting",), on=meeting.held_on)
    elif place is None or place.presence is Presence.INVITED:
        yield NotMarked(path=("member",))


def opening_refusals(
    meeting: Meeting, minutes: int, *, today: date, longest: Limit
) -> Iterator[Invalid | Conflict]:
    """One checks in on the day of a meeting, by a code that soon expires."""
    if meeting.state is State.CANCELLED:
        yield MeetingCancelled(path=("meeting",), on=meeting.held_on)
    elif meeting.held_on != today:
        yield MeetingNotToday(path=("meeting",), on=meeting.held_on, today=today)
    if not 1 <= minutes <= longest.value:
        yield CheckInTooLong(
            path=("minutes",), basis=longest.basis, minutes=minutes, limit=longest.value
        )


def check_in_refusals(
    meeting: Meeting | None, place: Place | None, *, now: datetime
) -> Iterator[Invalid | Conflict]:
    """The code of a meeting to which one is invited, in time, once.

    A code of a meeting to which one is not invited is a wrong code: it says nothing of the meeting.
    """
    if meeting is None or place is None or meeting.state is State.CANCELLED:
        yield CodeWrong(path=("code",))
    elif meeting.code_until is None or meeting.code_until <= now:
        yield CodeExpired(path=("code",))
    elif place.presence is not Presence.INVITED:
        yield AlreadyMarked(path=("code",), presence=place.presence)
