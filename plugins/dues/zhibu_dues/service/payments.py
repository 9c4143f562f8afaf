"""Dues that were paid: recorded with a receipt, corrected, taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts, member_of, members_by_id
from zhibu.slips import public as slips
from zhibu.slips.public import Slip
from zhibu_dues import actions
from zhibu_dues.errors import PayerMissing
from zhibu_dues.public import PAID, PAYMENT_CHANGES, PAYMENT_CORRECTED, PAYMENT_VOIDED
from zhibu_dues.rules import payments as rules
from zhibu_dues.rules.months import Month
from zhibu_dues.rules.payments import Payment, Recorded, yuan
from zhibu_dues.service.bases import stale
from zhibu_dues.service.events import said
from zhibu_dues.service.months import may_pay_quarterly, refresh
from zhibu_dues.service.terms import limits
from zhibu_dues.store import months as month_store
from zhibu_dues.store import payments as store
from zhibu_dues.store import people

KIND = "DuesPayment"


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A payment that nothing speaks against, and the months that it goes to."""

    member: MemberFacts
    payment: Payment
    shares: Mapping[date, int]
    late: int


async def record(act: Act, payment: Payment) -> UUID:
    """Record dues that a member, or somebody for him, paid; the receipt's payment.

    Raises `NotFound`, `Forbidden`, `PluginDisabled`, or `Refused` with everything that speaks
    against it.
    """
    member = await member_of(act, payment.member_id)
    act.require(actions.COLLECT, member.path, member.id)
    await people.hold(act.session, act.tenant_id, [member.id])
    months = await months_of(act, member.id)
    refuse([*await refusals(act, member, payment, months), *await _unknown_payer(act, payment)])
    [id] = await add(act, [decided(member, payment, months)])
    return id


async def void(act: Act, id: UUID, *, reason: str, version: int | None = None) -> None:
    """Take back a payment recorded by mistake; it stays readable, and its months are open again.

    Whoever recorded it may, for some days, whatever he may do now (`zhibu.slips`).
    """
    found, member = await _payment(act, id)
    slip = Slip(subject=(KIND, id), happened=(PAID,), among=PAYMENT_CHANGES)
    await slips.require(act, actions.VOID, member.path, member.id, slip, seen_by=actions.READ)
    found = await _held(act, found)
    refuse([*rules.voiding_refusals(found, reason), *stale(found.version, version)])
    await _void(act, found, reason)
    said(act, PAYMENT_VOIDED, (KIND, id), member, **_facts(found.payment), reason=reason.strip())
    await refresh(act, [member.id])


async def correct(
    act: Act, id: UUID, payment: Payment, *, reason: str, version: int | None = None
) -> UUID:
    """Replace a payment by a corrected one of the same member, with a receipt of its own."""
    found, member = await _payment(act, id)
    act.require(actions.VOID, member.path, member.id, seen_by=actions.READ)
    found = await _held(act, found)
    refuse([*rules.correcting_refusals(found, payment, reason), *stale(found.version, version)])
    await _void(act, found, reason)
    await refresh(act, [member.id])
    months = await months_of(act, member.id)
    refuse([*await refusals(act, member, payment, months), *await _unknown_payer(act, payment)])
    [new] = await add(act, [decided(member, payment, months)], corrects=id, reason=reason.strip())
    return new


async def months_of(act: Act, member_id: UUID) -> dict[date, Month]:
    """The member's months that have a base."""
    kept = await month_store.of_members(act.session, act.tenant_id, [member_id])
    return {month.month: month for month in kept.get(member_id, ())}


async def refusals(
    act: Act, member: MemberFacts, payment: Payment, months: Mapping[date, Month]
) -> list[Invalid | Conflict]:
    """What the rules in force at the branch say against a payment."""
    spells = await may_pay_quarterly(act, member.id)
    return [
        *rules.refusals(
            payment,
            months=months,
            quarterly=any(spell.covers(payment.paid_on) for spell in spells),
            today=act.today,
            limits=limits(act, member.path, payment.paid_on),
        )
    ]


def decided(member: MemberFacts, payment: Payment, months: Mapping[date, Month]) -> Decided:
    """What becomes of a payment that nothing speaks against."""
    shares = rules.allocation(payment, months)
    late = sum(1 for month in shares if months[month].due_on < payment.paid_on)
    return Decided(member=member, payment=payment, shares=shares, late=late)


async def add(
    act: Act,
    given: Sequence[Decided],
    *,
    corrects: UUID | None = None,
    reason: str | None = None,
) -> list[UUID]:
    """Save payments with receipts numbered per organization and year; one event for each."""
    rows: list[dict[str, Any]] = []
    numbers: dict[tuple[UUID, int], int] = {}
    for each in given:
        place = each.member.organization_id, each.payment.paid_on.year
        if place not in numbers:
            await people.hold_unit(act.session, act.tenant_id, place[0])
            numbers[place] = await store.last_serial(act.session, act.tenant_id, *place)
        numbers[place] += 1
        rows.append(_row(act, each, numbers[place], corrects))
    shares = {row["id"]: each.shares for row, each in zip(rows, given, strict=True)}
    await store.add(act.session, act.tenant_id, rows, shares)
    act.touch(*(each.member.organization_id for each in given))
    for row, each in zip(rows, given, strict=True):
        facts = {**_facts(each.payment), "serial": row["serial"], "late_months": each.late}
        name = PAYMENT_CORRECTED if corrects else PAID
        said(act, name, (KIND, row["id"]), each.member, **facts, reason=reason)
    await refresh(act, {each.member.id for each in given})
    return [row["id"] for row in rows]


async def _void(act: Act, found: Recorded, reason: str) -> None:
    await store.void(act.session, act.tenant_id, found.id, reason=reason.strip(), on=act.today)
    act.touch(found.organization_id)


async def _payment(act: Act, id: UUID) -> tuple[Recorded, MemberFacts]:
    """The payment and whose it is. Raises `NotFound`."""
    found = await store.payment(act.session, act.tenant_id, id)
    if found is None:
        raise NotFound()
    return found, await member_of(act, found.payment.member_id)


async def _held(act: Act, first: Recorded) -> Recorded:
    """The payment, read again once nobody else pays for its member or hands over what it is of."""
    await people.hold(act.session, act.tenant_id, [first.payment.member_id])
    await people.hold_unit(act.session, act.tenant_id, first.organization_id)
    return await store.payment(act.session, act.tenant_id, first.id) or first


async def _unknown_payer(act: Act, payment: Payment) -> list[PayerMissing]:
    """The other member who pays is one of the institution's."""
    payer = payment.payer_member_id
    if payer is None or payer in await members_by_id(act, [payer]):
        return []
    return [PayerMissing(path=("payer_member",))]


def _row(act: Act, each: Decided, serial: int, corrects: UUID | None) -> dict[str, Any]:
    return {
        "id": new_id(),
        **vars(each.payment),
        "organization_id": each.member.organization_id,
        "year": each.payment.paid_on.year,
        "serial": serial,
        "late_months": each.late,
        "recorded_by": act.caller.account_id,
        "recorded_at": act.now,
        "handover_id": None,
        "corrects_id": corrects,
        "voided_on": None,
        "void_reason": None,
        "version": 1,
    }


def _facts(payment: Payment) -> dict[str, Any]:
    return {
        "first": payment.first_month,
        "last": payment.last_month,
        "on": payment.paid_on,
        "yuan": yuan(payment.fen + payment.voluntary_fen),
        "payer": payment.payer,
    }
