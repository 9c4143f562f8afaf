"""Tables of transfers."""

from zhibu.storage.tables import Base
from zhibu_transfers.tables.cases import TransfersCase
from zhibu_transfers.tables.letters import TransfersLetter
from zhibu_transfers.tables.memberships import (
    TransfersContact,
    TransfersMembership,
    TransfersSearch,
)

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "TransfersCase",
    "TransfersContact",
    "TransfersLetter",
    "TransfersMembership",
    "TransfersSearch",
]
