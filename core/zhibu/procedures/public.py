"""What the rest of the house may know of procedures, and ask of them.

A plugin gives its definitions and what it does with an outcome by the hook `procedures`, proposes
with `propose` after having asked the policy itself, and is told within the same transaction.
"""

from zhibu.procedures.names import (
    DECIDED,
    DELEGATED,
    DELEGATION_ENDED,
    DOCUMENT_ADDED,
    ELECTED,
    OBJECTED,
    OBJECTION_ANSWERED,
    OVERRIDDEN,
    OVERRIDE_ASKED,
    OVERRIDE_DECLINED,
    PRESENCE_RECORDED,
    PROPOSED,
    REOPENED,
    RESUBMITTED,
    RETURNED,
    SITTING_CANCELLED,
    SITTING_CLOSED,
    SITTING_OPENED,
    STEP_APPROVED,
    STEP_REFUSED,
    UNDONE,
    VOTE_LIMIT_ENDED,
    VOTE_LIMITED,
    VOTED,
    WITHDRAWN,
)
from zhibu.procedures.rules.definition import Body
from zhibu.procedures.rules.entitlement import Ground
from zhibu.procedures.rules.values import Outcome, Proposal
from zhibu.procedures.service.bodies import voters_on
from zhibu.procedures.service.limiting import lift_limit, limit_vote, suspended_on
from zhibu.procedures.service.objecting import enter_objection
from zhibu.procedures.service.proposing import propose

__all__ = [
    "DECIDED",
    "DELEGATED",
    "DELEGATION_ENDED",
    "DOCUMENT_ADDED",
    "ELECTED",
    "OBJECTED",
    "OBJECTION_ANSWERED",
    "OVERRIDDEN",
    "OVERRIDE_ASKED",
    "OVERRIDE_DECLINED",
    "PRESENCE_RECORDED",
    "PROPOSED",
    "REOPENED",
    "RESUBMITTED",
    "RETURNED",
    "SITTING_CANCELLED",
    "SITTING_CLOSED",
    "SITTING_OPENED",
    "STEP_APPROVED",
    "STEP_REFUSED",
    "UNDONE",
    "VOTED",
    "VOTE_LIMITED",
    "VOTE_LIMIT_ENDED",
    "WITHDRAWN",
    "Body",
    "Ground",
    "Outcome",
    "Proposal",
    "enter_objection",
    "lift_limit",
    "limit_vote",
    "propose",
    "suspended_on",
    "voters_on",
]
