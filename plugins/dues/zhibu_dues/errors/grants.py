"""What can be wrong with reductions, consents, and answers about arrears."""

from zhibu.errors import Conflict, Invalid


class RequestMissing(Invalid):
    """Somebody else's request has the member's own one attached (DU 7)."""

    code = "dues.request_missing"


class ReductionTooHigh(Invalid):
    """A reduction is below what is owed."""

    code = "dues.reduction_too_high"


class AlreadyGranted(Conflict):
    """It holds for some of these months already."""

    code = "dues.already_granted"


class GrantEnded(Conflict):
    """It ended on a day. Facts: `on`."""

    code = "dues.grant_ended"


class EndInvalid(Invalid):
    """The month it ends with is not within it. Facts: `since`."""

    code = "dues.end_invalid"


class AnswerMissing(Invalid):
    """An answer says what was found."""

    code = "dues.answer_missing"


class NothingToAnswer(Conflict):
    """These arrears are not long enough for a question."""

    code = "dues.nothing_to_answer"


class ArrearsAnswered(Conflict):
    """Somebody answered. Facts: `on`."""

    code = "dues.arrears_answered"
