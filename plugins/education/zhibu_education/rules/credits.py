"""What may be credited, by whom it may be verified, and how it may be corrected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_education.errors import (
    CreditBeforeAdmission,
    CreditInTheFuture,
    CreditSettled,
    DayOverfull,
    EvidenceMissing,
    HoursNotPositive,
    OwnClaim,
)
from zhibu_education.rules.catalogues import CreditState

DECIDED = frozenset({CreditState.RETURNED, CreditState.SUPERSEDED, CreditState.VOID})


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Hours somebody wants credited for a member on a day."""

    member_id: UUID
    earned_on: date
    hours: Decimal
    form: str
    topic: str
    title: str
    evidence: bool


@dataclass(frozen=True, kw_only=True)
class Credit:
    """A recorded credit, as far as deciding about it needs."""

    id: UUID
    member_id: UUID
    earned_on: date
    hours: Decimal
    counted: Decimal
    form: str
    state: CreditState
    recorded_by: UUID | None
    recorded_for: UUID | None
    version: int


def refusals(
    claim: Claim,
    *,
    today: date,
    admitted_on: date,
    same_day: Decimal,
    day_limit: Decimal,
    evidence_required: bool,
) -> Iterator[Invalid | Conflict]:
    """Everything that speaks against a claim.

    `same_day` are the hours already credited to the member for that day, in any live state.
    """
    if claim.hours <= 0:
        yield HoursNotPositive(path=("hours",), hours=claim.hours)
    elif same_day + claim.hours > day_limit:
        yield DayOverfull(
            path=("hours",),
            on=claim.earned_on,
            recorded=same_day,
            hours=claim.hours,
            limit=day_limit,
        )
    if claim.earned_on > today:
        yield CreditInTheFuture(path=("earnedOn",), on=claim.earned_on, today=today)
    if claim.earned_on < admitted_on:
        yield CreditBeforeAdmission(path=("earnedOn",), on=claim.earned_on, admitted_on=admitted_on)
    if evidence_required and not claim.evidence:
        yield EvidenceMissing(path=("evidence",))


def counted(claim_form: str, hours: Decimal, forms: frozenset[str]) -> Decimal:
    """What of the hours counts towards the year: all, if its form does (A-10)."""
    return hours if claim_form in forms else Decimal(0)


def verification_refusals(
    credit: Credit, *, account_id: UUID | None, member_id: UUID | None
) -> Iterator[Invalid | Conflict]:
    """Nobody verifies hours he claimed, recorded, or that are his own."""
    if credit.state is not CreditState.PENDING:
        yield CreditSettled(state=credit.state)
    recorded_it = account_id is not None and account_id == credit.recorded_by
    earned_it = member_id is not None and member_id == credit.member_id
    if recorded_it or earned_it:
        yield OwnClaim()


def correction_refusals(credit: Credit) -> Iterator[Invalid | Conflict]:
    """A credit that was returned, voided or corrected before is not corrected again."""
    if credit.state in DECIDED:
        yield CreditSettled(state=credit.state)
