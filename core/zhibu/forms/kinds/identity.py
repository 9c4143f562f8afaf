"""Resident identity numbers in cells."""

import re
from dataclasses import dataclass
from datetime import date

from zhibu.forms.cells import Cell, Unreadable, narrowed
from zhibu.forms.identity import IdentityFault, identity_fault, mask
from zhibu.forms.kinds.kind import Kind, Tells

_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+\d+")


@dataclass(frozen=True)
class Identity(Kind):
    """An 18-character resident identity number.

    A number cell of 18 digits is refused: Excel keeps 15 significant digits and has already
    replaced the others by zeros, also where the cell was turned back into text later.
    """

    width = 22
    tells = Tells.SENSITIVE

    def read(self, raw: Cell, on: date) -> str:
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            raise Unreadable(IdentityFault.FORMAT, value="", length=0)
        if isinstance(raw, int | float) and not abs(raw) < 10**15:
            raise Unreadable("core.identity_digits_lost")
        number = narrowed(raw).upper().replace("-", "")
        if _SCIENTIFIC.fullmatch(number):
            raise Unreadable("core.identity_digits_lost")
        fault = identity_fault(number, on)
        if fault is None:
            return number
        if fault is IdentityFault.CHECK_DIGIT and number.endswith("000"):
            raise Unreadable("core.identity_digits_lost")
        raise Unreadable(fault.value, value=mask(number[:18]), length=len(number))

    @property
    def guidance(self) -> str:
        return "18 位居民身份证号码，单元格须为文本格式"
