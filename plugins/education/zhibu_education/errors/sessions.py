"""What can be wrong with sessions and attendance."""

from zhibu.errors import Conflict, Invalid


class SessionHeldInFuture(Invalid):
    """A session cannot have been held on a day to come. Facts: `on`, `today`."""

    code = "education.session_held_in_future"


class SessionPlannedInPast(Invalid):
    """A session of a day that has passed is entered as held. Facts: `on`, `today`."""

    code = "education.session_planned_in_past"


class LateReasonMissing(Invalid):
    """A session entered late says why. Facts: `on`, `days`."""

    code = "education.late_reason_missing"


class AttendanceBeforeSession(Conflict):
    """Nobody was present at a session still to come. Facts: `on`, `today`."""

    code = "education.attendance_before_session"


class SessionSettled(Conflict):
    """The session was cancelled. Facts: `state`."""

    code = "education.session_settled"


class SessionNotPlanned(Conflict):
    """One enrols in sessions that are planned and still to come. Facts: `state`, `on`."""

    code = "education.session_not_planned"


class NotMarked(Conflict):
    """Only who is marked is taken off the list of a session."""

    code = "education.not_marked"


class NotEnrolled(Conflict):
    """Only a place that was enrolled in is given back."""

    code = "education.not_enrolled"


class AlreadyMarked(Conflict):
    """The member has a place in the session already. Facts: `presence`."""

    code = "education.already_marked"


class SessionCodeTaken(Conflict):
    """Another session has this code. Facts: `code`."""

    code = "education.session_code_taken"


class SessionCodeCancelled(Conflict):
    """A session that was cancelled keeps its code. Facts: `code`, `held_on`."""

    code = "education.session_code_cancelled"


class MemberElsewhere(Conflict):
    """No member that the caller sees belongs at or below the host of the session."""

    code = "education.member_elsewhere"


class MarkedTwice(Invalid):
    """One member is marked twice in the same list."""

    code = "education.marked_twice"


class ReferenceUnknown(Invalid):
    """A teacher, lecturer, plan item or session that is named does not exist for the caller."""

    code = "education.reference_unknown"
