"""What can be wrong with a payment."""

from zhibu.errors import Conflict, Invalid


class BaseMissing(Conflict):
    """The month has no confirmed base yet. Facts: `month`."""

    code = "dues.base_missing"


class MonthsReversed(Invalid):
    """The last month comes before the first, or too many follow. Facts: `most`."""

    code = "dues.months_reversed"


class NothingOwed(Conflict):
    """All these months are paid, or nothing is owed. Facts: `first`, `last`."""

    code = "dues.nothing_owed"


class AmountDiffers(Invalid):
    """Not what the months still need. Facts: `owed`, `given`, in yuan."""

    code = "dues.amount_differs"


class VoluntaryInvalid(Invalid):
    """What is given beyond is not negative. Facts: `most`, in yuan."""

    code = "dues.voluntary_invalid"


class PaidInFuture(Invalid):
    """Nobody has paid on a day to come. Facts: `on`, `today`."""

    code = "dues.paid_in_future"


class PaidAhead(Invalid):
    """Dues are paid by the month, not far ahead. Facts: `last`, the last month allowed."""

    code = "dues.paid_ahead"


class LateReasonMissing(Invalid):
    """Dues made up say why they are late. Facts: `month`."""

    code = "dues.late_reason_missing"


class ApprovalMissing(Invalid):
    """Dues made up later than is normal name who approved. Facts: `months`, `month`."""

    code = "dues.approval_missing"


class EntryReasonMissing(Invalid):
    """A payment entered late says why. Facts: `days`."""

    code = "dues.entry_reason_missing"


class PayerMissing(Invalid):
    """Whoever paid for the member is named."""

    code = "dues.payer_missing"


class PayerUnexpected(Invalid):
    """Who pays himself names no other payer."""

    code = "dues.payer_unexpected"


class PaymentVoid(Conflict):
    """The payment is void since a day. Facts: `on`."""

    code = "dues.payment_void"


class HandedOver(Conflict):
    """Its money went upward; that hand-over is returned first."""

    code = "dues.handed_over"


class NotTheSameMember(Invalid):
    """A correction stays with the member whose payment it corrects."""

    code = "dues.not_the_same_member"
