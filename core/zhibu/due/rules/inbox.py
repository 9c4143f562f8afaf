"""What stands in an inbox, why, and what its account may do with it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from zhibu.basis import Basis
from zhibu.due.errors import (
    DueDoneByRecord,
    DueTooEarly,
    LateReasonMissing,
    NoteMissing,
    SnoozeOutOfRange,
)
from zhibu.due.rules.items import Item
from zhibu.errors import Conflict, Invalid


class Reason(StrEnum):
    """Why an item is in an inbox: it is about oneself, one answers for it, or nobody did it."""

    OWN = "own"
    RESPONSIBLE = "responsible"
    ESCALATED = "escalated"


class State(StrEnum):
    """What an inbox may be asked for: what waits, what was put off, and what is over."""

    WAITING = "waiting"
    SNOOZED = "snoozed"
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many items wait, and how many of them are unread or overdue."""

    waiting: int
    unread: int
    overdue: int


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An item in the inbox of an account."""

    id: UUID
    due_id: UUID
    account_id: UUID
    item: Item
    reason: Reason
    told_at: datetime
    read_at: datetime | None
    acknowledged_at: datetime | None
    snoozed_until: date | None
    done_at: datetime | None
    note: str | None


def snooze_faults(until: date, *, today: date, days: int, basis: Basis) -> list[Invalid | Conflict]:
    """An item is put off for some days at most, so that it is not put off for ever at once."""
    latest = today + timedelta(days=days)
    if today < until <= latest:
        return []
    return [SnoozeOutOfRange(path=("until",), basis=basis, until=until, latest=latest)]


def done_faults(
    item: Item, *, note: str, late_reason: str | None, today: date, answers: bool = True
) -> list[Invalid | Conflict]:
    """Whoever says that something is done says what; whoever `answers` for it, why so late."""
    found: list[Invalid | Conflict] = []
    if not note.strip():
        found.append(NoteMissing(path=("note",)))
    late = item.late if item.closed_on else item.overdue(today)
    if answers and late and item.late_reason is None and not (late_reason or "").strip():
        found.append(LateReasonMissing(path=("late_reason",), due_on=item.due_on))
    return found


def settle_faults(
    item: Item, *, settled: bool, horizon: date, basis: Basis
) -> list[Invalid | Conflict]:
    """What records end is ended by them; and nothing is settled before anybody is reminded."""
    if not settled:
        return [DueDoneByRecord(path=("kind",), kind=item.kind)]
    if item.due_on > horizon:
        return [DueTooEarly(path=("due_on",), basis=basis, due_on=item.due_on)]
    return []
