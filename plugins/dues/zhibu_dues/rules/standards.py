"""What a month's dues are, by the kind of income and its bracket: flat on the whole base."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from zhibu.basis import Basis
from zhibu.errors import Conflict, Invalid
from zhibu_dues.errors import (
    AmountOutOfRange,
    IncomeMissing,
    IncomeUnexpected,
    StandardMalformed,
)


class Income(StrEnum):
    """What a member lives on, as the regulation tells it apart (DU 2 to 6)."""

    WAGE = "wage"
    ANNUAL_SALARY = "annual_salary"
    IRREGULAR = "irregular"
    RETIRED = "retired"
    FARMER = "farmer"
    STUDENT = "student"
    UNEMPLOYED = "unemployed"
    RELIEF = "relief"
    MINIMUM_LIVING = "minimum_living"


RATED = {
    Income.WAGE: "dues.rates_wage",
    Income.ANNUAL_SALARY: "dues.rates_annual_salary",
    Income.IRREGULAR: "dues.rates_irregular",
    Income.RETIRED: "dues.rates_retired",
}
MOST = 1_000_000_000  # fen: beyond ten million yuan a month somebody mistyped
_WAYS = {"nearest": ROUND_HALF_UP, "down": ROUND_FLOOR, "up": ROUND_CEILING}


@dataclass(frozen=True, kw_only=True)
class Bracket:
    """Incomes up to `up_to` fen, itself included; None: all that are higher."""

    up_to: int | None
    per_10000: int


@dataclass(frozen=True, kw_only=True)
class Rounding:
    """To whole `unit`s of fen, the nearest one or always one way."""

    way: str
    unit: int

    def of(self, exact: Decimal) -> int:
        unit = max(self.unit, 1)
        return int((exact / unit).quantize(Decimal(1), rounding=_WAYS[self.way])) * unit


@dataclass(frozen=True, kw_only=True)
class Standard:
    """What holds for a kind of income: brackets, or a range that the branch chooses from.

    A fixed amount is a range of one.
    """

    basis: Basis
    rounding: Rounding
    brackets: tuple[Bracket, ...] = ()
    least: int = 0
    most: int = 0

    def amount(self, base: int) -> int:
        """The month's dues on this base, in fen: the rate of its bracket on all of it."""
        found = next(b for b in self.brackets if b.up_to is None or base <= b.up_to)
        return self.rounding.of(Decimal(base) * found.per_10000 / 10_000)


def brackets(value: Sequence[Mapping[str, Any]] | None, basis: Basis) -> tuple[Bracket, ...]:
    """The brackets of a parameter. Raises `StandardMalformed` unless they rise without a gap."""
    found: list[tuple[Any, Any]] = [
        (entry.get("up_to"), entry.get("per_10000")) for entry in value or ()
    ]
    whole = all(
        type(rate) is int and 0 <= rate <= 10_000 and (up_to is None or type(up_to) is int)
        for up_to, rate in found
    )
    ends = [up_to for up_to, _ in found]
    rising = whole and ends[-1:] == [None] and None not in ends[:-1]
    if not rising or ends[:-1] != sorted({*ends[:-1]}):
        raise StandardMalformed(path=("kind",), basis=basis)
    return tuple(Bracket(up_to=up_to, per_10000=rate) for up_to, rate in found)


def income_refusals(
    standard: Standard, base: int | None, chosen: int | None
) -> Iterator[Invalid | Conflict]:
    """What speaks against a base, or against the amount chosen within a range."""
    if standard.brackets:
        if base is None or not 0 < base <= MOST:
            yield IncomeMissing(path=("base_fen",), basis=standard.basis, most=MOST // 100)
        if chosen is not None:
            yield AmountOutOfRange(path=("chosen_fen",), basis=standard.basis)
        return
    if base is not None:
        yield IncomeUnexpected(path=("base_fen",), basis=standard.basis)
    ranged = standard.least != standard.most
    if (chosen is None and ranged) or (
        chosen is not None and not standard.least <= chosen <= standard.most
    ):
        yield AmountOutOfRange(path=("chosen_fen",), basis=standard.basis)


def monthly(standard: Standard, base: int | None, chosen: int | None) -> int:
    """The month's dues; nothing speaks against base and choice."""
    if standard.brackets:
        assert base is not None, "judged before"
        return standard.amount(base)
    return standard.most if chosen is None else chosen
