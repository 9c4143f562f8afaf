"""The workbooks of transfers; they are given out only."""

from zhibu_transfers.rules.letters import Listed
from zhibu_transfers.sheets.letters import letters_sheet
from zhibu_transfers.sheets.memberships import MEMBERSHIPS
from zhibu_transfers.sheets.unreceipted import UNRECEIPTED

SHEETS = [
    UNRECEIPTED,
    letters_sheet("transfers_letters", None),
    letters_sheet("transfers_unused", Listed.UNUSED),
    letters_sheet("transfers_expired", Listed.EXPIRED),
    MEMBERSHIPS,
]

__all__ = ["MEMBERSHIPS", "SHEETS", "UNRECEIPTED"]
