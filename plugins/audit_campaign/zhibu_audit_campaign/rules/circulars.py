"""Poor work is criticized in a circular: by whom, of whom, why; and there is a reply (S3A-39)."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_audit_campaign import errors
from zhibu_audit_campaign.rules.campaigns import State
from zhibu_audit_campaign.rules.work import Audited


@dataclass(frozen=True, kw_only=True)
class Circular:
    """A circular as it is kept."""

    id: UUID
    audited_id: UUID
    path: str
    issued_by: UUID | None
    over: bool


def issuing_refusals(known: Audited, text: str) -> Iterator[Invalid | Conflict]:
    """The audit goes on, and it is said what was poor."""
    if known.campaign_state is not State.OPEN:
        yield errors.StateUnfit(path=("audited",), state=known.campaign_state)
    if not text.strip():
        yield errors.Unsaid(path=("text",))


def replying_refusals(
    known: Circular, text: str, *, by: UUID | None
) -> Iterator[Conflict | Invalid]:
    """Whoever is criticized replies once, and nobody to his own circular."""
    if known.over:
        yield errors.CircularOver(path=("circular",))
    if known.issued_by is not None and known.issued_by == by:
        yield errors.OwnWork(path=("circular",))
    if not text.strip():
        yield errors.Unsaid(path=("text",))


def withdrawing_refusals(known: Circular, reason: str) -> Iterator[Conflict | Invalid]:
    """A circular is taken back with a reason, until there is a reply."""
    if known.over:
        yield errors.CircularOver(path=("circular",))
    if not reason.strip():
        yield errors.ReasonMissing(path=("reason",))
