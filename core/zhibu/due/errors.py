"""What may be refused about deadlines."""

from zhibu.errors import Conflict, Invalid


class DueKindUnknown(Invalid):
    """Nothing of this kind falls due here. Facts: `kind`, `known`."""

    code = "core.due_kind_unknown"


class DueWindowInvalid(Invalid):
    """The days do not follow each other, or lie too far apart. Facts: `first`, `last`, `years`."""

    code = "core.due_window_invalid"


class SnoozeOutOfRange(Invalid):
    """Put off to a day that has passed, or for too long. Facts: `until`, `latest`."""

    code = "core.snooze_out_of_range"


class NoteMissing(Invalid):
    """Whoever says that something is done says what was done."""

    code = "core.due_note_missing"


class LateReasonMissing(Invalid):
    """What is done after its day says why. Facts: `due_on`."""

    code = "core.due_late_reason_missing"


class DueDoneByRecord(Conflict):
    """It is done by recording what was done, not by saying so. Facts: `kind`."""

    code = "core.due_done_by_record"


class DueTooEarly(Conflict):
    """It is too early to say that it is done. Facts: `due_on`."""

    code = "core.due_too_early"


class InboxOfNobody(Conflict):
    """Overseers and the installation itself have no inbox."""

    code = "core.inbox_of_nobody"


class ItemsOutOfRange(Invalid):
    """None, or too many at once. Facts: `count`, `maximum`."""

    code = "core.inbox_items_out_of_range"
