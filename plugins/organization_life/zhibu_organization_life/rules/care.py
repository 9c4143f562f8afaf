"""Knowing how members live, and helping those in hardship (S4-06, S4-07)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.basis import Basis
from zhibu.errors import Conflict, Invalid
from zhibu_organization_life.errors import (
    CareFactMissing,
    CareVoid,
    HardshipUnsurveyed,
    LateReasonMissing,
    NoMemberThen,
    NotYetDone,
    OwnRecord,
    ReasonMissing,
    ReceiptMissing,
    ReliefAmountInvalid,
)
from zhibu_organization_life.rules.meetings import Limit

FACTS = ("family", "health", "wishes")


class Fund(StrEnum):
    """Which money relief is paid from."""

    PARTY_DUES = "party_dues"
    FISCAL = "fiscal"
    UNIT = "unit"
    DONATED = "donated"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Surveyed:
    """How a member lives, as somebody found it: his family, his health, his wishes."""

    member_id: UUID
    surveyed_on: date
    family: str
    health: str
    wishes: str
    hardship: bool
    late_reason: str | None


@dataclass(frozen=True, kw_only=True)
class Paid:
    """Relief that was paid to a member, in fen."""

    member_id: UUID
    paid_on: date
    fen: int
    fund: Fund
    receipt: str
    note: str | None


@dataclass(frozen=True, kw_only=True)
class Known:
    """A survey, or relief, as it stands, at the branch where it is kept."""

    id: UUID
    member_id: UUID
    path: str
    on: date
    voided_on: date | None
    sealed: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whether relief takes a survey, and who says so."""

    yes: bool
    basis: Basis


def surveying_refusals(
    wanted: Surveyed, *, recorder: UUID | None, member_then: bool, today: date, late_after: Limit
) -> Iterator[Invalid | Conflict]:
    """None of the three is blank, and somebody else found it out."""
    if wanted.member_id == recorder:
        yield OwnRecord(path=("member",))
    if not member_then:
        yield NoMemberThen(path=("on",), on=wanted.surveyed_on)
    for name in FACTS:
        if not getattr(wanted, name).strip():
            yield CareFactMissing(path=(name,))
    if wanted.surveyed_on > today:
        yield NotYetDone(path=("on",), on=wanted.surveyed_on, today=today)
    late = (today - wanted.surveyed_on).days > late_after.value
    if late and not (wanted.late_reason or "").strip():
        days, basis, on = late_after.value, late_after.basis, wanted.surveyed_on
        yield LateReasonMissing(path=("late_reason",), basis=basis, on=on, days=days)


def paying_refusals(
    wanted: Paid,
    *,
    recorder: UUID | None,
    member_then: bool,
    hardship: bool,
    survey: Asked,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """Money that was taken against a receipt, by whom a survey found in hardship."""
    if wanted.member_id == recorder:
        yield OwnRecord(path=("member",))
    if not member_then:
        yield NoMemberThen(path=("on",), on=wanted.paid_on)
    if wanted.fen <= 0:
        yield ReliefAmountInvalid(path=("fen",))
    if not wanted.receipt.strip():
        yield ReceiptMissing(path=("receipt",))
    if wanted.paid_on > today:
        yield NotYetDone(path=("on",), on=wanted.paid_on, today=today)
    if survey.yes and not hardship:
        yield HardshipUnsurveyed(path=("member",), basis=survey.basis, year=wanted.paid_on.year)


def voiding_refusals(
    known: Known, reason: str, *, voider: UUID | None, path: str
) -> Iterator[Invalid | Conflict]:
    """What was recorded by mistake is voided with a reason, by somebody else."""
    if known.voided_on is not None:
        yield CareVoid(path=(path,), on=known.voided_on)
    if known.member_id == voider:
        yield OwnRecord(path=(path,))
    if not reason.strip():
        yield ReasonMissing(path=("reason",))


def opening_refusals(reason: str) -> Iterator[Invalid]:
    """Whoever opens what was found out gives a reason, which the member sees."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
