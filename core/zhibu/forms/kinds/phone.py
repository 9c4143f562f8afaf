"""Telephone numbers in cells."""

import re
from dataclasses import dataclass
from datetime import date

from zhibu.forms.cells import Cell, Unreadable, narrowed
from zhibu.forms.identity import mask_phone
from zhibu.forms.kinds.kind import Kind, Tells

_SEPARATORS = re.compile(r"[-()‐-―]")
_MOBILE = re.compile(r"(?:\+?86|0086)?0?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"(?:\+?86|0086)?(0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7})")
_ABROAD = re.compile(r"(?:\+|00)(?!86)([1-9]\d{6,13})")


@dataclass(frozen=True)
class Phone(Kind):
    """A mobile number as 11 digits; with `landline`, also an area code and number as digits.

    Numbers of other regions are kept as `+` and digits.
    """

    landline: bool = False

    width = 15
    tells = Tells.SENSITIVE

    def read(self, raw: Cell, on: date) -> str:
        number = _SEPARATORS.sub("", narrowed(raw))
        if found := _MOBILE.fullmatch(number):
            return found[1]
        if self.landline and (found := _LANDLINE.fullmatch(number)):
            return found[1]
        if found := _ABROAD.fullmatch(number):
            return f"+{found[1]}"
        raise Unreadable("core.cell_phone_invalid", value=mask_phone(number[:20]))

    @property
    def guidance(self) -> str:
        return "11 位手机号码或带区号的固定电话" if self.landline else "11 位手机号码"
