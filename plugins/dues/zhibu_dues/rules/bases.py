"""The base that a year's dues are reckoned by: declared, and confirmed by somebody else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.basis import Basis
from zhibu.errors import Conflict, Invalid
from zhibu_dues.errors import (
    BaseSettled,
    ChangeReasonMissing,
    MonthInvalid,
    NotAMember,
    OwnBase,
    QuarterInvalid,
    ReasonMissing,
    YearInvalid,
)
from zhibu_dues.rules.months import Fixed, Membership
from zhibu_dues.rules.standards import Income


class BaseState(StrEnum):
    """Only a confirmed base is owed by; a void one stays readable."""

    DECLARED = "declared"
    CONFIRMED = "confirmed"
    VOID = "void"


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What a member's dues of a year, from a month on, are to be reckoned by."""

    year: int
    from_month: int
    income: Income
    base_fen: int | None = None
    chosen_fen: int | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Stable:
    """The kinds of income whose base normally stays for the year, and who says so."""

    kinds: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Base:
    """A base as it is kept, under its id."""

    id: UUID
    member_id: UUID
    declaration: Declaration
    monthly_fen: int
    state: BaseState
    recorded_by: UUID | None
    recorder_id: UUID | None
    version: int

    @property
    def fixed(self) -> Fixed:
        said = self.declaration
        return Fixed(year=said.year, from_month=said.from_month, fen=self.monthly_fen)


def declaring_refusals(
    said: Declaration, *, today: date, membership: Membership, confirmed: bool, stable: Stable
) -> Iterator[Invalid | Conflict]:
    """What speaks against a declaration; `confirmed` says that the year has a base already."""
    yield from year_refusals(said.year, today)
    if not 1 <= said.from_month <= 12:
        yield MonthInvalid(path=("from_month",), month=said.from_month)
    elif said.income is Income.IRREGULAR and said.from_month not in (1, 4, 7, 10):
        yield QuarterInvalid(path=("from_month",))
    left = membership.left_on
    if membership.admitted_on.year > said.year or (left is not None and left.year < said.year):
        yield NotAMember(path=("year",), year=said.year)
    if confirmed and said.income in stable.kinds and not (said.reason or "").strip():
        yield ChangeReasonMissing(path=("reason",), basis=stable.basis, year=said.year)


def year_refusals(year: int, today: date) -> Iterator[Invalid]:
    """Dues are kept of years since the regulation, and of the next one at most."""
    if not 2008 <= year <= today.year + 1:
        yield YearInvalid(path=("year",), year=year, last=today.year + 1)


def confirming_refusals(
    base: Base, *, account_id: UUID | None, member_id: UUID | None
) -> Iterator[Conflict]:
    """Nobody confirms what he declared, nor his own base."""
    if base.state is not BaseState.DECLARED:
        yield BaseSettled(path=("bases",), state=base.state)
    if (account_id is not None and base.recorded_by == account_id) or (
        member_id is not None and member_id in (base.member_id, base.recorder_id)
    ):
        yield OwnBase(path=("bases",))


def voiding_refusals(base: Base, reason: str) -> Iterator[Invalid | Conflict]:
    """A declaration that was wrong, or a confirmed base, is void with a reason."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if base.state is BaseState.VOID:
        yield BaseSettled(path=("base",), state=base.state)
