"""What others see may be withdrawn, with a reason, and shown again (S0-38)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhibu.errors import Conflict, Invalid
from zhibu_education.errors import (
    ContentOfSession,
    ContentShown,
    ContentWithdrawn,
    OwnContentWithdrawn,
    ReasonMissing,
)

Refusals = Iterator[Invalid | Conflict]


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """Since when words are withdrawn, and the session they come from if it is withdrawn too.

    `by_self` and `entered_by_self`: whether the caller withdrew them, and whether he entered them.
    """

    on: date | None
    session_on: date | None = None
    by_self: bool = False
    entered_by_self: bool = False


def withdrawal_refusals(withdrawal: Withdrawal, reason: str) -> Refusals:
    """Withdrawing says why, and happens once."""
    yield from _reason_refusals(reason)
    if withdrawal.on is not None:
        yield ContentWithdrawn(path=("content",), on=withdrawal.on)


def showing_refusals(withdrawal: Withdrawal, reason: str) -> Refusals:
    """Showing again says why; not by who entered the words if it was another who withdrew them."""
    yield from _reason_refusals(reason)
    if withdrawal.on is None:
        yield ContentShown(path=("content",))
        return
    if withdrawal.session_on is not None:
        yield ContentOfSession(path=("content",), on=withdrawal.session_on)
    if withdrawal.entered_by_self and not withdrawal.by_self:
        yield OwnContentWithdrawn(path=("content",))


def _reason_refusals(reason: str) -> Refusals:
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
