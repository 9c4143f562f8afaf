"""What may be credited, by whom it may be verified, and how it may be corrected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_education.errors import (
    ChangedMeanwhile,
    CreditAfterLeaving,
    CreditBeforeAdmission,
    CreditInTheFuture,
    CreditSettled,
    DayOverfull,
    EvidenceMissing,
    OwnClaim,
    ReasonMissing,
    TitleMissing,
)
from zhibu_education.rules.amounts import Limit, hours_refusals
from zhibu_education.rules.catalogues import CreditState

DECIDED = frozenset({CreditState.RETURNED, CreditState.SUPERSEDED, CreditState.VOID})


@dataclass(frozen=True, kw_only=True)
class Membership:
    """The days between which somebody can study as a member."""

    admitted_on: date
    left_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Hours somebody wants credited for a member on a day."""

    earned_on: date
    hours: Decimal
    title: str
    evidence: bool


@dataclass(frozen=True, kw_only=True)
class Credit:
    """A recorded credit, as far as deciding about it needs.

    `recorded_by` is the account that entered it, `recorder_id` the member behind that account.
    """

    id: UUID
    member_id: UUID
    earned_on: date
    title: str
    hours: Decimal
    form: str
    state: CreditState
    session_id: UUID | None
    recorded_by: UUID | None
    recorder_id: UUID | None
    version: int

    @property
    def own(self) -> str | None:
        """The title, unless it is a session's: those words may be withdrawn with the session."""
        return None if self.session_id else self.title


def refusals(
    claim: Claim,
    *,
    today: date,
    membership: Membership,
    same_day: Decimal,
    day_limit: Limit,
    evidence_required: bool,
) -> Iterator[Invalid | Conflict]:
    """Everything that speaks against a claim.

    `same_day` are the hours already credited to the member for that day, in any live state.
    """
    if not claim.title.strip():
        yield TitleMissing(path=("title",))
    yield from hours_refusals(claim.hours)
    yield from overfull(claim.earned_on, claim.hours, same_day=same_day, day_limit=day_limit)
    if claim.earned_on > today:
        yield CreditInTheFuture(path=("earned_on",), on=claim.earned_on, today=today)
    yield from membership_refusals(claim.earned_on, membership)
    if evidence_required and not claim.evidence:
        yield EvidenceMissing(path=("evidence",))


def overfull(
    on: date,
    hours: Decimal,
    *,
    same_day: Decimal,
    day_limit: Limit,
    path: tuple[str, ...] = ("hours",),
) -> Iterator[Invalid]:
    """A day holds no more hours than the parameter allows, whatever they were spent on."""
    if hours.is_finite() and hours > 0 and same_day + hours > day_limit.value:
        yield DayOverfull(
            path=path,
            basis=day_limit.basis,
            on=on,
            recorded=same_day,
            hours=hours,
            limit=day_limit.value,
        )


def membership_refusals(
    on: date, membership: Membership, path: tuple[str, ...] = ("earned_on",)
) -> Iterator[Invalid]:
    """Hours are those of a member: from the day of admission to the day of leaving."""
    if on < membership.admitted_on:
        yield CreditBeforeAdmission(path=path, on=on, admitted_on=membership.admitted_on)
    if membership.left_on is not None and on > membership.left_on:
        yield CreditAfterLeaving(path=path, on=on, left_on=membership.left_on)


def counted(claim_form: str, hours: Decimal, forms: frozenset[str]) -> Decimal:
    """What of the hours counts towards the year: all, if its form does (A-10)."""
    return hours if claim_form in forms else Decimal(0)


def verification_refusals(
    credit: Credit,
    *,
    account_id: UUID | None,
    member_id: UUID | None,
    path: tuple[str, ...] = ("credits",),
) -> Iterator[Invalid | Conflict]:
    """Nobody decides on hours he claimed, recorded or earned, from whichever account he acts.

    The operator has no account: what one entered at the command line, none verifies there.
    """
    if credit.state is not CreditState.PENDING:
        yield CreditSettled(path=path, state=credit.state)
    recorded_it = account_id == credit.recorded_by
    is_recorder = member_id is not None and member_id == credit.recorder_id
    earned_it = member_id is not None and member_id == credit.member_id
    if recorded_it or is_recorder or earned_it:
        yield OwnClaim(path=path)


def change_refusals(
    credit: Credit, *, reason: str, version: int | None
) -> Iterator[Invalid | Conflict]:
    """Correcting or voiding says why, and starts from what is there now.

    A credit that was returned, voided or corrected before is not changed again.
    """
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if version is not None and version != credit.version:
        yield ChangedMeanwhile(path=("version",), version=credit.version)
    if credit.state in DECIDED:
        yield CreditSettled(path=("credit",), state=credit.state)
