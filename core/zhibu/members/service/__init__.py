"""What may be done to members: one function per use case."""

from zhibu.members.service.admission import Entry, admit, register
from zhibu.members.service.correcting import correct
from zhibu.members.service.judging import Correction
from zhibu.members.service.opening import Field, lookup, open
from zhibu.members.service.staging import change_stage
from zhibu.members.service.transferring import transfer, transfer_together
from zhibu.members.service.undoing import Entered, undo_last

__all__ = [
    "Correction",
    "Entered",
    "Entry",
    "Field",
    "admit",
    "change_stage",
    "correct",
    "lookup",
    "open",
    "register",
    "transfer",
    "transfer_together",
    "undo_last",
]
