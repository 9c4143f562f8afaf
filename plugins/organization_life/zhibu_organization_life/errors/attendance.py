"""What can be wrong with attendance, leave, check-in and accommodations."""

from zhibu.errors import Conflict, Invalid


class NothingChosen(Invalid):
    """Nobody is marked, and nothing is said of the others."""

    code = "organization_life.nothing_chosen"


class MarkedTwice(Invalid):
    """One member is marked twice in the same list."""

    code = "organization_life.marked_twice"


class MemberElsewhere(Conflict):
    """No member that belonged to the host on the day, as far as the caller sees."""

    code = "organization_life.member_elsewhere"


class MarkInvited(Invalid):
    """Invited is who is not marked yet."""

    code = "organization_life.mark_invited"


class AttendanceBeforeMeeting(Conflict):
    """Nobody has attended a meeting still to come. Facts: `on`, `today`."""

    code = "organization_life.attendance_before_meeting"


class CorrectionReasonMissing(Invalid):
    """Putting attendance right says why."""

    code = "organization_life.correction_reason_missing"


class LeaveNotApproved(Conflict):
    """Leave is approved by whoever may decide about it."""

    code = "organization_life.leave_not_approved"


class OwnLeave(Conflict):
    """Nobody approves his own leave."""

    code = "organization_life.own_leave"


class NotMarked(Conflict):
    """Only who is marked is taken off the list."""

    code = "organization_life.not_marked"


class NotInvited(Conflict):
    """Whoever is not invited asks for no leave."""

    code = "organization_life.not_invited"


class AlreadyMarked(Conflict):
    """The member is marked already. Facts: `presence`."""

    code = "organization_life.already_marked"


class LeaveAskedTooLate(Conflict):
    """Leave is asked for before the meeting is over. Facts: `on`, `today`."""

    code = "organization_life.leave_asked_too_late"


class LeaveAskedAlready(Conflict):
    """Leave was asked for already. Facts: `leave`."""

    code = "organization_life.leave_asked_already"


class LeaveNotAsked(Conflict):
    """No leave was asked for."""

    code = "organization_life.leave_not_asked"


class NoMember(Conflict):
    """The account belongs to no member."""

    code = "organization_life.no_member"


class MeetingNotToday(Conflict):
    """Check-in opens on the day of the meeting. Facts: `on`, `today`."""

    code = "organization_life.meeting_not_today"


class CheckInTooLong(Invalid):
    """A check-in code lasts a few minutes. Facts: `minutes`, `limit`."""

    code = "organization_life.check_in_too_long"


class CodeWrong(Invalid):
    """No meeting to which the caller is invited has this code."""

    code = "organization_life.code_wrong"


class CodeExpired(Conflict):
    """The check-in code has expired."""

    code = "organization_life.code_expired"


class ArrangementMissing(Invalid):
    """An accommodation says what is arranged."""

    code = "organization_life.arrangement_missing"


class ApplicationMissing(Invalid):
    """Who goes abroad and keeps the relationship applies in writing."""

    code = "organization_life.application_missing"


class ApplicationLate(Invalid):
    """The application comes before organization life is suspended. Facts: `on`, `last`."""

    code = "organization_life.application_late"


class OwnAccommodation(Conflict):
    """Nobody accommodates himself."""

    code = "organization_life.own_accommodation"


class DatesReversed(Invalid):
    """An end lies after its beginning. Facts: `since`, `until`."""

    code = "organization_life.dates_reversed"


class AlreadyAccommodated(Conflict):
    """Another accommodation holds in that time. Facts: `since`."""

    code = "organization_life.already_accommodated"


class AccommodationFollows(Conflict):
    """It follows a relationship retained abroad, and ends when the member is back."""

    code = "organization_life.accommodation_follows"


class AccommodationEnded(Conflict):
    """It ended already. Facts: `until`."""

    code = "organization_life.accommodation_ended"
