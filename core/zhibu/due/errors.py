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


class TimeOfDayInvalid(Invalid):
    """Not a time of day. Facts: `given`."""

    code = "core.time_of_day_invalid"


class QuietHoursHalf(Invalid):
    """Quiet hours have a beginning and an end, or neither."""

    code = "core.quiet_hours_half"


class MailAddressInvalid(Invalid):
    """Not an address of e-mail."""

    code = "core.mail_address_invalid"


class MailDomainRefused(Invalid):
    """The operator lets reminders go to other domains only. Facts: `domain`, `allowed`."""

    code = "core.mail_domain_refused"


class WebhookRefused(Invalid):
    """Not a webhook of the kind, or of a server that the operator allows. Facts: `allowed`."""

    code = "core.webhook_refused"


class ChannelSecretUnused(Invalid):
    """Only robots of DingTalk sign with a secret."""

    code = "core.channel_secret_unused"
