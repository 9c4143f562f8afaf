"""Acting for somebody else: from whom to whom, where, and for how long."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.basis import Basis
from zhibu.calendar import add_months
from zhibu.errors import Conflict, Invalid
from zhibu.procedures.errors import (
    DelegateUnfit,
    DelegationEnded,
    DelegationReversed,
    DelegationTooLong,
    ProcedureReasonMissing,
)


@dataclass(frozen=True, kw_only=True)
class Delegation:
    """`account_id` lets `to_account_id` act for it at `path` and below, both days included.

    `name` narrows it to one procedure.
    """

    id: UUID
    account_id: UUID
    to_account_id: UUID
    organization_id: UUID
    path: str
    name: str | None
    since: date
    until: date
    ended_on: date | None

    def covers(self, day: date, path: str, name: str) -> bool:
        return (
            self.since <= day <= self.until
            and (self.ended_on is None or day < self.ended_on)
            and path.startswith(self.path)
            and self.name in (None, name)
        )


@dataclass(frozen=True, kw_only=True)
class Longest:
    """The most months that one may let somebody else act, and who says so."""

    months: int
    basis: Basis


def faults(
    since: date,
    until: date,
    *,
    today: date,
    reason: str,
    longest: Longest,
    fit: bool,
) -> Iterator[Invalid | Conflict]:
    """`fit` says that the delegate is another account, live, that may read procedures there."""
    if until < since or until < today:
        yield DelegationReversed(path=("until",), since=since, until=until)
    elif until > add_months(max(since, today), longest.months):
        yield DelegationTooLong(path=("until",), basis=longest.basis, months=longest.months)
    if not reason.strip():
        yield ProcedureReasonMissing(path=("reason",))
    if not fit:
        yield DelegateUnfit(path=("member",))


def ending_faults(delegation: Delegation, *, today: date) -> Iterator[Conflict]:
    if delegation.ended_on is not None or delegation.until < today:
        yield DelegationEnded(path=("delegation",))
