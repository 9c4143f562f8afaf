"""An item: something that falls due on a day, somewhere, for somebody."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Item:
    """What is due, for whom and since when; `basis` names the parameter that says so."""

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
    done_on: date | None = None

    def overdue(self, today: date) -> bool:
        """A comparison with a day, kept nowhere: open, and its day is over."""
        return self.done_on is None and self.due_on < today

    @property
    def late(self) -> bool:
        """Done, but only after its day."""
        return self.done_on is not None and self.due_on < self.done_on
