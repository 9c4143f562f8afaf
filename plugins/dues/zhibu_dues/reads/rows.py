"""The tables that the fields of dues are read from."""

from typing import Any

from zhibu_dues.tables import (
    DuesArrears,
    DuesBase,
    DuesHandover,
    DuesMonth,
    DuesPayment,
    DuesPublication,
    DuesQuarterly,
    DuesReduction,
    DuesShare,
)

ARREARS: Any = DuesArrears.__table__
BASE: Any = DuesBase.__table__
HANDOVER: Any = DuesHandover.__table__
MONTH: Any = DuesMonth.__table__
PAYMENT: Any = DuesPayment.__table__
PUBLICATION: Any = DuesPublication.__table__
QUARTERLY: Any = DuesQuarterly.__table__
REDUCTION: Any = DuesReduction.__table__
SHARE: Any = DuesShare.__table__
