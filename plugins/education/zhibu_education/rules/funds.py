"""Training funds: earmarked for a purpose and a year, and spent on nothing else (S2-31)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhibu.basis import Basis
from zhibu.errors import Conflict, Invalid
from zhibu_education.errors import (
    AmountNotPositive,
    BudgetExceeded,
    BudgetSpent,
    ExpenseVoid,
    FundPurposeUnknown,
    ReasonMissing,
    SpentInFuture,
    TitleMissing,
)

BUDGET, SPEND = "budget", "spend"


@dataclass(frozen=True, kw_only=True)
class Fund:
    """What an organization has for one purpose in one year, in fen."""

    earmarked: int = 0
    spent: int = 0

    @property
    def left(self) -> int:
        return self.earmarked - self.spent


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Money earmarked (`budget`) or spent (`spend`) on a day, in fen."""

    kind: str
    on: date
    fen: int
    category: str | None
    purpose: str


@dataclass(frozen=True, kw_only=True)
class Purposes:
    """What funds may be used for, and who says so."""

    codes: tuple[str, ...]
    basis: Basis


def entry_refusals(
    entry: Entry, *, today: date, purposes: Purposes, fund: Fund
) -> Iterator[Invalid | Conflict]:
    """Everything that speaks against earmarking or spending.

    `fund` is that of the entry's purpose and year: money of one purpose is not spent on another.
    """
    if not entry.purpose.strip():
        yield TitleMissing(path=("purpose",))
    if entry.fen <= 0:
        yield AmountNotPositive(path=("fen",))
    if entry.category not in purposes.codes:
        yield FundPurposeUnknown(
            path=("category",),
            basis=purposes.basis,
            category=entry.category or "—",
            allowed=purposes.codes,
        )
        return
    if entry.kind != SPEND:
        return
    if entry.on > today:
        yield SpentInFuture(path=("on",), on=entry.on, today=today)
    if entry.fen > 0 and entry.fen > fund.left:
        yield BudgetExceeded(
            path=("fen",),
            basis=purposes.basis,
            budget=yuan(fund.earmarked),
            spent=yuan(fund.spent),
            amount=yuan(entry.fen),
        )


def void_refusals(
    *, kind: str, fen: int, reason: str, voided_on: date | None, fund: Fund, basis: Basis
) -> Iterator[Invalid | Conflict]:
    """An entry made by mistake is void, with a reason; not the money that was spent since."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if voided_on is not None:
        yield ExpenseVoid(path=("expense",), on=voided_on)
    elif kind == BUDGET and fen > fund.left:
        yield BudgetSpent(
            path=("expense",), basis=basis, spent=yuan(fund.spent), left=yuan(fund.left)
        )


def yuan(fen: int) -> str:
    """An amount as people write it: 120050 fen are `1200.5` yuan."""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".")
