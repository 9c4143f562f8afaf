"""No form with people on it leaves without a purpose and somebody else's approval (S3A-48)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_audit_campaign import errors


class Released(StrEnum):
    """Where the release of a form stands; what was approved is given out on one day."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CARRIED_OUT = "carried_out"


@dataclass(frozen=True, kw_only=True)
class Release:
    """A release as it is kept."""

    id: UUID
    audited_id: UUID
    path: str
    form: str
    state: Released
    asked_by: UUID | None


def deciding_refusals(
    known: Release, *, approves: bool, reason: str, by: UUID | None
) -> Iterator[Conflict | Invalid]:
    """What waits is decided by somebody else, and refused with a reason."""
    if known.state is not Released.WAITING:
        yield errors.ReleaseDecided(path=("release",), state=known.state)
    if known.asked_by is not None and known.asked_by == by:
        yield errors.OwnWork(path=("release",))
    if not approves and not reason.strip():
        yield errors.ReasonMissing(path=("reason",))


def withdrawing_refusals(known: Release, reason: str) -> Iterator[Conflict | Invalid]:
    """What was not given out yet is taken back with a reason, approved or not."""
    if known.state not in (Released.WAITING, Released.APPROVED):
        yield errors.ReleaseDecided(path=("release",), state=known.state)
    if not reason.strip():
        yield errors.ReasonMissing(path=("reason",))


def decided_since(today: date, days: int | None) -> date:
    """Since when an approval was given that still holds, unused, so many days after it."""
    return today - timedelta(days=days or 0)
