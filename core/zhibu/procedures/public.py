"""What the rest of the house may know of procedures, and ask of them.

A plugin gives its definitions and what it does with an outcome by the hook `procedures`, proposes
with `propose` after having asked the policy itself, and is told within the same transaction.
"""

from zhibu.procedures.names import (
    DECIDED,
    DOCUMENT_ADDED,
    PRESENCE_RECORDED,
    PROPOSED,
    RESUBMITTED,
    RETURNED,
    SITTING_CLOSED,
    SITTING_OPENED,
    STEP_APPROVED,
    STEP_REFUSED,
    VOTED,
    WITHDRAWN,
)
from zhibu.procedures.rules.values import Outcome, Proposal
from zhibu.procedures.service.proposing import propose

__all__ = [
    "DECIDED",
    "DOCUMENT_ADDED",
    "PRESENCE_RECORDED",
    "PROPOSED",
    "RESUBMITTED",
    "RETURNED",
    "SITTING_CLOSED",
    "SITTING_OPENED",
    "STEP_APPROVED",
    "STEP_REFUSED",
    "VOTED",
    "WITHDRAWN",
    "Outcome",
    "Proposal",
    "propose",
]
