"""The records of dues, as the schema shows them."""

from zhibu_dues.graph.types.grants import DuesArrears, DuesQuarterly, DuesReduction
from zhibu_dues.graph.types.months import DuesBase, DuesMonth
from zhibu_dues.graph.types.payments import DuesPayment, DuesShare
from zhibu_dues.graph.types.units import DuesHandover, DuesPublication

__all__ = [
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
