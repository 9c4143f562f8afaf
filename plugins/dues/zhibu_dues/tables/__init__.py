"""Tables of dues. Amounts are whole fen; a month is kept as its first day."""

from zhibu.storage.tables import Base
from zhibu_dues.tables.grants import DuesArrears, DuesQuarterly, DuesReduction
from zhibu_dues.tables.months import DuesBase, DuesMonth
from zhibu_dues.tables.payments import DuesPayment, DuesShare
from zhibu_dues.tables.units import DuesHandover, DuesPublication

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "DuesArrears",
    "DuesBase",
    "DuesHandover",
    "DuesMonth",
    "DuesPayment",
    "DuesPublication",
    "DuesQuarterly",
    "DuesReduction",
    "DuesShare",
]
