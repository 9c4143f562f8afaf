"""Taking back the last entry about a member: slips happen, and the ledger keeps both."""

from uuid import UUID

from zhibu.act import Act
from zhibu.members.errors import UndoReasonMissing
from zhibu.members.rules import Person
from zhibu.members.service.undoing.corrections import undo_correction
from zhibu.members.service.undoing.entries import undo_entry
from zhibu.members.service.undoing.stages import undo_stage
from zhibu.members.service.undoing.taking import Entered, Undo
from zhibu.members.service.undoing.transfers import undo_transfer

__all__ = ["Entered", "undo_last"]

_UNDOING = {
    Entered.ENTRY: undo_entry,
    Entered.CORRECTION: undo_correction,
    Entered.STAGE: undo_stage,
    Entered.AFFILIATION: undo_transfer,
}


async def undo_last(
    act: Act,
    id: UUID,
    *,
    what: Entered,
    reason: str,
    version: int | None = None,
    asked: bool = False,
) -> Person:
    """Take back the last entry of this kind, with a reason.

    Whoever may make such an entry may take it back; and so may whoever made it, for some days and
    while it is the last one, whatever he may do now. Posts that ended with it stay ended: whether
    somebody holds a post again is decided anew. `asked`: a plugin whose decision it was has asked
    the policy already.
    """
    if not reason.strip():
        raise UndoReasonMissing(path=("reason",))
    undo = Undo(act=act, id=id, what=what, reason=reason, version=version, asked=asked)
    return await _UNDOING[what](undo)
