"""What can be wrong with a record."""

from zhibu.errors import Conflict, Invalid


class TitleMissing(Invalid):
    """A record without a title says nothing."""

    code = "sample.title_missing"


class NotYetHappened(Invalid):
    """What has not happened yet cannot be recorded. Facts: `on`, `today`."""

    code = "sample.not_yet_happened"


class LateReasonMissing(Invalid):
    """A record entered late says why. Facts: `days`, the days one has."""

    code = "sample.late_reason_missing"


class ReasonMissing(Invalid):
    """Taking a record back says why."""

    code = "sample.reason_missing"


class AlreadyRecorded(Conflict):
    """The same title is recorded of this member for this day. Facts: `title`, `on`."""

    code = "sample.already_recorded"
