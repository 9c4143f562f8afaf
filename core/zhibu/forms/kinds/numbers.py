"""Exact decimals and whole numbers in cells; nothing passes through binary fractions."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhibu.forms.cells import Cell, Unreadable, excerpt, narrowed
from zhibu.forms.kinds.kind import Kind

_NUMBER = re.compile(r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+)(.*)")


@dataclass(frozen=True)
class Exact(Kind):
    """A `Decimal` of at most `places` decimals between `least` and `most`, both allowed.

    `units` may follow the number (`4学时`, `4个学时`).
    """

    places: int = 2
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(10**9)
    units: tuple[str, ...] = ()

    as_text = False
    width = 10
    number_format = "General"

    def read(self, raw: Cell, on: date) -> Decimal:
        number = self._number(raw)
        if not self.least <= number <= self.most:
            raise Unreadable(
                "core.cell_out_of_range",
                value=excerpt(raw),
                least=str(self.least),
                most=str(self.most),
            )
        if number != round(number, self.places):
            raise Unreadable("core.cell_too_precise", value=excerpt(raw), places=self.places)
        # Not `normalize`: it would write 100 as 1E+2.
        return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()

    def show(self, value: Decimal | None) -> Decimal | None:
        return value

    def _number(self, raw: Cell) -> Decimal:
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            raise Unreadable("core.cell_not_a_number", value=excerpt(raw))
        text = narrowed(raw)
        found = _NUMBER.fullmatch(text)
        if found is None or not self._is_unit(found[2]):
            raise Unreadable("core.cell_not_a_number", value=excerpt(raw))
        return Decimal(found[1].replace(",", ""))

    def _is_unit(self, rest: str) -> bool:
        return not rest or rest.removeprefix("个") in self.units

    @property
    def guidance(self) -> str:
        return f"数字，最多 {self.places} 位小数"


@dataclass(frozen=True)
class Whole(Kind):
    """An `int` between `least` and `most`, both allowed; `units` may follow it (`3人`)."""

    least: int = 0
    most: int = 10**9
    units: tuple[str, ...] = ()

    as_text = False
    width = 9
    number_format = "0"

    def read(self, raw: Cell, on: date) -> int:
        kind = Exact(0, Decimal(self.least), Decimal(self.most), self.units)
        try:
            return int(kind.read(raw, on))
        except Unreadable as error:
            if error.code == "core.cell_too_precise":
                raise Unreadable("core.cell_not_whole", value=excerpt(raw)) from None
            raise

    def show(self, value: int | None) -> int | None:
        return value

    @property
    def guidance(self) -> str:
        return f"整数，{self.least} 至 {self.most}" if self.most < 10**9 else "整数"
