"""When a decision may be taken back as a slip."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from zhibu.errors import Conflict
from zhibu.procedures.errors import UndoNotYours, UndoTooLate
from zhibu.procedures.rules.definition import MEETINGS
from zhibu.procedures.rules.values import Entry, Result

# What may be a slip while a procedure stands so: what was returned and handed in again is none.
_SLIPS = {"open": {Result.APPROVED, Result.REFUSED}, "returned": {Result.RETURNED}}


def last_decision(entries: Sequence[Entry]) -> Entry | None:
    """The step that was decided last, right before where the procedure stands."""
    done = [entry for entry in entries if entry.done_at is not None]
    return done[-1] if done else None


def faults(
    state: str, last: Entry | None, *, account_id: UUID | None, touched: bool
) -> Iterator[Conflict]:
    """One takes back one's own decision, unless it ended the procedure or somebody went on.

    What a meeting decided is no slip of one person.
    """
    undoable = last is not None and last.result in _SLIPS.get(state, ()) and last.by not in MEETINGS
    if not undoable or touched:
        yield UndoTooLate(path=("procedure",))
    elif last is not None and (account_id is None or last.decided_by != account_id):
        yield UndoNotYours(path=("procedure",))
