"""What can be wrong with meetings and minutes."""

from zhibu.errors import Conflict, Invalid


class ChangedMeanwhile(Conflict):
    """Somebody else changed the record after it was read. Facts: `version`."""

    code = "organization_life.changed_meanwhile"


class DoneMeanwhile(Conflict):
    """Somebody recorded the same thing in the same moment."""

    code = "organization_life.done_meanwhile"


class TitleMissing(Invalid):
    """A meeting says what it is about."""

    code = "organization_life.title_missing"


class ReasonMissing(Invalid):
    """Cancelling, striking, refusing and asking for leave give a reason."""

    code = "organization_life.reason_missing"


class BeginsInvalid(Invalid):
    """The hour is written as HH:MM. Facts: `begins`."""

    code = "organization_life.begins_invalid"


class KindElsewhere(Invalid):
    """A unit of this kind does not hold such meetings. Facts: `kind`."""

    code = "organization_life.kind_elsewhere"


class ContentsElsewhere(Invalid):
    """Only a theme Party Day has content kinds. Facts: `kind`."""

    code = "organization_life.contents_elsewhere"


class ContentUnknown(Invalid):
    """The word is not in the catalogue in force. Facts: `word`, `allowed`."""

    code = "organization_life.content_unknown"


class HoursInvalid(Invalid):
    """Class hours are above nothing, and no more than one meeting may give.

    Facts: `hours`, `limit`.
    """

    code = "organization_life.hours_invalid"


class LecturerMissing(Invalid):
    """A Party lecture says who gave it."""

    code = "organization_life.lecturer_missing"


class LecturerUnknown(Invalid):
    """Whoever is named as chair or lecturer is no member that the caller sees."""

    code = "organization_life.lecturer_unknown"


class HeldInFuture(Invalid):
    """A meeting to come was not held yet. Facts: `on`, `today`."""

    code = "organization_life.held_in_future"


class PlannedInPast(Invalid):
    """A meeting of a day that has passed is entered as held. Facts: `on`, `today`."""

    code = "organization_life.planned_in_past"


class LateReasonMissing(Invalid):
    """What is entered long after the day says why. Facts: `on`, `days`."""

    code = "organization_life.late_reason_missing"


class HeldDayFixed(Conflict):
    """The list of a meeting that was held follows from its day, which stays. Facts: `on`."""

    code = "organization_life.held_day_fixed"


class MeetingCancelled(Conflict):
    """The meeting was cancelled. Facts: `on`."""

    code = "organization_life.meeting_cancelled"


class NothingChanged(Conflict):
    """The meeting says this already."""

    code = "organization_life.nothing_changed"


class CodeTaken(Conflict):
    """Another meeting has this code. Facts: `code`."""

    code = "organization_life.code_taken"


class UnitNotStanding(Conflict):
    """The unit did not stand on that day. Facts: `on`."""

    code = "organization_life.unit_not_standing"


class MinutesBeforeMeeting(Conflict):
    """Minutes are written of a meeting that was held. Facts: `state`."""

    code = "organization_life.minutes_before_meeting"


class MinutesMissing(Invalid):
    """Minutes without a word are none."""

    code = "organization_life.minutes_missing"


class MinutesSame(Conflict):
    """The minutes say this already."""

    code = "organization_life.minutes_same"


class AmendmentReasonMissing(Invalid):
    """Amending minutes says why."""

    code = "organization_life.amendment_reason_missing"


class BookTooLong(Invalid):
    """A record book holds the meetings of a branch, not of a whole tree. Facts: `count`, `most`."""

    code = "organization_life.book_too_long"
