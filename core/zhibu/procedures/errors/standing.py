"""What may be wrong with who stands in, and with who has no vote."""

from zhibu.errors import Conflict, Invalid


class DelegateUnfit(Invalid):
    """The delegate has no account, is oneself, or may not read procedures there."""

    code = "core.procedure_delegate_unfit"


class DelegationReversed(Invalid):
    """It ends before it begins, or before today. Facts: `since`, `until`."""

    code = "core.procedure_delegation_reversed"


class DelegationTooLong(Invalid):
    """It lasts longer than it may. Facts: `months`."""

    code = "core.procedure_delegation_too_long"


class DelegationEnded(Conflict):
    """It is over already."""

    code = "core.procedure_delegation_ended"


class GroundUnfit(Invalid):
    """Not a ground that is recorded this way. Facts: `ground`, `allowed`."""

    code = "core.vote_ground_unfit"


class LimitReversed(Invalid):
    """It ends before it begins, or in the future. Facts: `since`, `until`."""

    code = "core.vote_limit_reversed"


class LimitDecisionMissing(Invalid):
    """What suspends a member's right is a decision, and it is named."""

    code = "core.vote_decision_missing"


class LimitEnded(Conflict):
    """It ended before that day already. Facts: `until`."""

    code = "core.vote_limit_ended"
