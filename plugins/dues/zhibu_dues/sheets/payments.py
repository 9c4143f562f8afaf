"""The workbook of payments, 《党费收缴登记表》: each gets a receipt."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.faults import Fault
from zhibu.forms.rows import Row, Written
from zhibu.members.public import MemberFacts
from zhibu_dues import actions
from zhibu_dues.errors import RecordedDiffers
from zhibu_dues.rules.months import Month, first_of
from zhibu_dues.rules.payments import Means, Payer, Payment, allocation, yuan
from zhibu_dues.service import payments as service
from zhibu_dues.sheets import columns
from zhibu_dues.sheets.people import People, people, person_fault
from zhibu_dues.store import months as month_store
from zhibu_dues.store import payments as store
from zhibu_dues.store import people as people_store

TITLES = columns.titles(columns.PAYMENTS)
Key = tuple[UUID, date, date]
Months = dict[UUID, dict[date, Month]]


async def check(act: Act, rows: Sequence[Row]) -> list[Fault]:
    """Every row that names nobody the caller may write of, or breaks a rule, after those above."""
    known = await people(act, rows, actions.COLLECT)
    before, months = await _before(act, known)
    faults: list[Fault] = []
    for row in _by_day(rows):
        if fault := person_fault(row, known):
            faults.append(fault)
            continue
        member = known[row["identity_number"]]
        payment = _payment(row, member)
        recorded = before.get(_key(payment))
        if recorded is not None:
            if recorded != payment.fen + payment.voluntary_fen:
                faults.append(row.fault(RecordedDiffers.code, "fen", recorded=yuan(recorded)))
            continue
        own = months.setdefault(member.id, {})
        refusals = await service.refusals(act, member, payment, own)
        faults += [Fault.of(each, row.number, TITLES.get(each.path[0])) for each in refusals]
        if not refusals:
            _pay(own, payment)
    return faults


async def write(act: Act, rows: Sequence[Row]) -> Written:
    """Record what is not recorded yet; the same file again changes nothing."""
    known = await people(act, rows, actions.COLLECT)
    await people_store.hold(act.session, act.tenant_id, [m.id for m in known.values()])
    before, months = await _before(act, known)
    new = []
    for row in _by_day(rows):
        member = known[row["identity_number"]]
        payment = _payment(row, member)
        if _key(payment) not in before:
            own = months.setdefault(member.id, {})
            new.append(service.decided(member, payment, own))
            _pay(own, payment)
    await service.add(act, new)
    return Written(created=len(new), unchanged=len(rows) - len(new))


def _by_day(rows: Sequence[Row]) -> Iterator[Row]:
    """What was paid earlier is judged earlier, and numbered so."""
    yield from sorted(rows, key=lambda row: (row["paid_on"], row["first_month"], row.number))


def _pay(months: dict[date, Month], payment: Payment) -> None:
    for month, fen in allocation(payment, months).items():
        months[month] = replace(months[month], paid=months[month].paid + fen)


async def _before(act: Act, known: People) -> tuple[Mapping[Key, int], Months]:
    """What is recorded of these members by day and first month, and their months."""
    members = {member.id for member in known.values()}
    paid = await store.of_members(act.session, act.tenant_id, members)
    kept = await month_store.of_members(act.session, act.tenant_id, members)
    months = {id: {month.month: month for month in each} for id, each in kept.items()}
    return {
        _key(each.payment): each.payment.fen + each.payment.voluntary_fen for each in paid
    }, months


def _key(payment: Payment) -> Key:
    return payment.member_id, payment.paid_on, payment.first_month


def _payment(row: Row, member: MemberFacts) -> Payment:
    first = first_of(row["first_month"])
    return Payment(
        member_id=member.id,
        first_month=first,
        last_month=first_of(row["last_month"] or first),
        paid_on=row["paid_on"],
        fen=columns.fen(row["fen"]) or 0,
        voluntary_fen=columns.fen(row["voluntary_fen"]) or 0,
        payer=row["payer"] or Payer.SELF,
        payer_name=row["payer_name"],
        means=row["means"] or Means.CASH,
        late_reason=row["late_reason"],
        approval=row["approval"],
        entry_reason=row["entry_reason"],
    )


PAYMENTS = Sheet(
    name="dues_payments",
    title="党费收缴登记表",
    columns=columns.PAYMENTS,
    permission=actions.COLLECT,
    key=("identity_number", "paid_on", "first_month"),
    check=check,
    write=write,
)
