"""An item: something that falls due on a day, somewhere, for somebody."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Outcome(StrEnum):
    """How an item ended: a record says so, somebody said so, its cause is gone, or time passed."""

    RECORDED = "recorded"
    SETTLED = "settled"
    GONE = "gone"
    LAPSED = "lapsed"


@dataclass(frozen=True, kw_only=True)
class Item:
    """What is due, for whom and since when; `basis` names the parameter that says so.

    What stands below `closed_on` is known only of items that somebody was reminded of.
    """

    kind: str
    subject_id: UUID
    organization_id: UUID
    organization_name: str
    path: str
    member_id: UUID | None
    member_name: str | None
    starts_on: date
    due_on: date
    basis: str
    closed_on: date | None = None
    done_on: date | None = None
    outcome: Outcome | None = None
    note: str | None = None
    late_reason: str | None = None

    def overdue(self, today: date) -> bool:
        """A comparison with a day, kept nowhere: open, and its day is over."""
        return self.closed_on is None and self.due_on < today

    @property
    def late(self) -> bool:
        """Done, but only after its day."""
        return self.done_on is not None and self.due_on < self.done_on
