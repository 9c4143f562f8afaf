"""Dues that were paid: for which months, by whom, on time or with a reason (DU 12, DU 14)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.basis import Basis
from zhibu.calendar import add_months
from zhibu.errors import Conflict, Invalid
from zhibu_dues.errors import (
    AmountDiffers,
    ApprovalMissing,
    BaseMissing,
    EntryReasonMissing,
    HandedOver,
    LateReasonMissing,
    MonthsReversed,
    NothingOwed,
    NotTheSameMember,
    PaidAhead,
    PaidInFuture,
    PayerMissing,
    PayerUnexpected,
    PaymentVoid,
    ReasonMissing,
    VoluntaryInvalid,
)
from zhibu_dues.rules.months import Month, first_of, months_between, quarter_of
from zhibu_dues.rules.standards import MOST

LONGEST = 36  # months that one payment may cover: beyond that a month was mistyped


class Payer(StrEnum):
    """Who brought the money. An organization is none: it neither advances nor deducts (DU 14)."""

    SELF = "self"
    RELATIVE = "relative"
    MEMBER = "member"


class Means(StrEnum):
    """How the money came."""

    CASH = "cash"
    TRANSFER = "transfer"
    ONLINE = "online"


@dataclass(frozen=True, kw_only=True)
class Payment:
    """Dues of the months from `first_month` to `last_month`, as somebody wants them recorded.

    `fen` is what these months still need, `voluntary_fen` what was given beyond it.
    """

    member_id: UUID
    first_month: date
    last_month: date
    paid_on: date
    fen: int
    voluntary_fen: int = 0
    payer: Payer = Payer.SELF
    payer_name: str | None = None
    payer_member_id: UUID | None = None
    means: Means = Means.CASH
    late_reason: str | None = None
    approval: str | None = None
    entry_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A number of months or days, and who says so."""

    count: int
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What holds for payments at the member's branch."""

    ahead: Limit
    back: Limit
    enter: Limit


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A payment as it is kept, under its id."""

    id: UUID
    payment: Payment
    organization_id: UUID
    serial: int
    handover_id: UUID | None
    voided_on: date | None
    corrects_id: UUID | None
    version: int


def allocation(payment: Payment, months: Mapping[date, Month]) -> dict[date, int]:
    """What of the payment goes to which month: each gets what it is missing."""
    span = months_between(payment.first_month, payment.last_month)
    return {m: months[m].missing for m in span if m in months and months[m].missing}


def refusals(
    payment: Payment,
    *,
    months: Mapping[date, Month],
    quarterly: bool,
    today: date,
    limits: Limits,
) -> Iterator[Invalid | Conflict]:
    """Everything that speaks against recording it.

    `months` are those of the member that have a base; `quarterly`, that he may pay by the quarter
    in the quarter of `paid_on`.
    """
    yield from _payer_refusals(payment)
    if payment.paid_on > today:
        yield PaidInFuture(path=("paid_on",), on=payment.paid_on, today=today)
    elif (today - payment.paid_on).days > limits.enter.count and not _said(payment.entry_reason):
        yield EntryReasonMissing(
            path=("entry_reason",), basis=limits.enter.basis, days=limits.enter.count
        )
    if not 0 <= payment.voluntary_fen <= MOST:
        yield VoluntaryInvalid(path=("voluntary_fen",), most=MOST // 100)
    last_allowed = add_months(first_of(payment.first_month), LONGEST)
    if not payment.first_month <= payment.last_month < last_allowed:
        yield MonthsReversed(path=("last_month",), most=LONGEST)
        return
    yield from _month_refusals(payment, months, quarterly, limits)


def _month_refusals(
    payment: Payment, months: Mapping[date, Month], quarterly: bool, limits: Limits
) -> Iterator[Invalid | Conflict]:
    span = [*months_between(payment.first_month, payment.last_month)]
    if unfixed := [month for month in span if month not in months]:
        yield BaseMissing(path=("first_month",), month=unfixed[0])
        return
    shares = allocation(payment, months)
    if not shares:
        yield NothingOwed(path=("first_month",), first=span[0], last=span[-1])
        return
    if payment.fen != sum(shares.values()):
        yield AmountDiffers(path=("fen",), owed=yuan(sum(shares.values())), given=yuan(payment.fen))
    ahead = add_months(first_of(payment.paid_on), limits.ahead.count)
    if quarterly:
        ahead = max(ahead, quarter_of(payment.paid_on)[1])
    if max(shares) > ahead:
        yield PaidAhead(path=("last_month",), basis=limits.ahead.basis, last=ahead)
    late = [month for month in shares if months[month].due_on < payment.paid_on]
    if late and not _said(payment.late_reason):
        yield LateReasonMissing(path=("late_reason",), month=late[0])
    if any(is_old(months[m], payment.paid_on, limits.back.count) for m in late) and not _said(
        payment.approval
    ):
        yield ApprovalMissing(
            path=("approval",), basis=limits.back.basis, months=limits.back.count, month=late[0]
        )


def is_old(month: Month, paid_on: date, limit: int) -> bool:
    """Whether a month is made up later than is normal (DU 12)."""
    return add_months(month.due_on, limit) < paid_on


def _payer_refusals(payment: Payment) -> Iterator[Invalid]:
    named = _said(payment.payer_name)
    if payment.payer is Payer.SELF and (named or payment.payer_member_id):
        yield PayerUnexpected(path=("payer",))
    if payment.payer is Payer.RELATIVE and not named:
        yield PayerMissing(path=("payer_name",))
    if payment.payer is Payer.MEMBER and payment.payer_member_id in (None, payment.member_id):
        yield PayerMissing(path=("payer_member",))


def voiding_refusals(found: Recorded, reason: str) -> Iterator[Invalid | Conflict]:
    """A payment that was recorded wrongly is void; not once its money went upward."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if found.voided_on is not None:
        yield PaymentVoid(path=("payment",), on=found.voided_on)
    elif found.handover_id is not None:
        yield HandedOver(path=("payment",))


def correcting_refusals(
    found: Recorded, payment: Payment, reason: str
) -> Iterator[Invalid | Conflict]:
    """A correction is a payment of the same member in place of one that may be void."""
    yield from voiding_refusals(found, reason)
    if payment.member_id != found.payment.member_id:
        yield NotTheSameMember(path=("correct", "member"))


def yuan(fen: int) -> str:
    """An amount as people write it: 120050 fen are `1200.50` yuan."""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02}"


def _said(text: str | None) -> bool:
    return bool(text and text.strip())
