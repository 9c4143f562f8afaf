"""Pages to print: receipts, a branch's grid, a member's standing, what was published.

Printing is an act: who printed whose record stands in the ledger.
"""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import NotFound, refuse
from zhibu.forms.printing import render
from zhibu.members.public import MemberFacts, member_of
from zhibu.organizations.public import Unit, organization_of
from zhibu_dues import actions
from zhibu_dues.errors import PaymentVoid, PublicationWithdrawn
from zhibu_dues.public import PAGE_PRINTED
from zhibu_dues.rules.bases import year_refusals
from zhibu_dues.rules.capitals import capitals
from zhibu_dues.rules.payments import Means, Payer, Payment, yuan
from zhibu_dues.service import exports
from zhibu_dues.service.events import at
from zhibu_dues.service.months import standing_of
from zhibu_dues.store import payments as payment_store
from zhibu_dues.store import publications as publication_store

TEMPLATES = Path(__file__).parent.parent / "templates"
MOST = 2000
MEANS = {Means.CASH: "现金", Means.TRANSFER: "转账", Means.ONLINE: "网上交纳"}


async def receipt(act: Act, payment_id: UUID) -> str:
    """The receipt of a payment; a void one has none."""
    found = await payment_store.payment(act.session, act.tenant_id, payment_id)
    if found is None:
        raise NotFound()
    member = await member_of(act, found.payment.member_id)
    unit = await organization_of(act, found.organization_id, seen_by=None)
    act.require(actions.READ, unit.path, member.id, seen_by=actions.READ)
    if found.voided_on is not None:
        raise PaymentVoid(path=("payment",), on=found.voided_on)
    paid = found.payment
    total = paid.fen + paid.voluntary_fen
    return _page(
        act,
        "dues_receipt.html",
        unit,
        ("DuesPayment", payment_id),
        title="党费收据",
        member=member,
        number=f"{paid.paid_on.year}{found.serial:06d}",
        branch=unit.name,
        first=_month(paid.first_month),
        last=_month(paid.last_month),
        yuan=yuan(total),
        capital=capitals(total),
        voluntary=yuan(paid.voluntary_fen) if paid.voluntary_fen else None,
        payer=await _payer(act, paid, member),
        means=MEANS[paid.means],
        paid_on=paid.paid_on,
        note=f"补交原因：{paid.late_reason}" if paid.late_reason else None,
    )


async def standing(act: Act, member_id: UUID) -> str:
    """Up to which month a member has paid, for whoever takes the membership over."""
    member = await member_of(act, member_id)
    act.require(actions.READ, member.path, member.id)
    unit = await organization_of(act, member.organization_id, seen_by=None)
    found = await standing_of(act, member.id)
    return _page(
        act,
        "dues_standing.html",
        unit,
        ("Member", member_id),
        title="党费交纳证明",
        member=member,
        branch=unit.name,
        paid_to=_month(found.paid_to) if found.paid_to else None,
        months=found.overdue_months,
        yuan=yuan(found.overdue_fen),
    )


async def grid(act: Act, organization_id: UUID, year: int) -> str:
    """Who owes and paid what, month by month, at and below an organization."""
    unit = await organization_of(act, organization_id)
    act.require(actions.READ, unit.path, seen_by=ORGANIZATION_READ)
    refuse(year_refusals(year, act.today))
    # A register that silently stops would state a false total.
    lines = await exports.lines(act, unit.path, year, most=MOST)
    months = range(1, 13)
    rows: list[tuple[Any, ...]] = []
    for number, line in enumerate(lines, 1):
        own = yuan(sum(line.owed.values())), yuan(sum(line.paid.values()))
        rows.append((number, line.name, *(_paid(line, month) for month in months), *own))
    owed = sum(sum(line.owed.values()) for line in lines)
    paid = sum(sum(line.paid.values()) for line in lines)
    if lines:
        sums = (yuan(sum(line.paid.get(month, 0) for line in lines)) for month in months)
        rows.append(("", "合计", *sums, yuan(owed), yuan(paid)))
    return _page(
        act,
        "dues_register.html",
        unit,
        ("Organization", unit.id),
        title="党费收缴情况表",
        period=f"{year}年度",
        headings=("序号", "姓名", *(f"{m}月" for m in range(1, 13)), "应交", "已交"),
        rows=rows,
        wide=(),
        notes=[
            f"共 {len(lines)} 人，全年应交 {yuan(owed)} 元，已交 {yuan(paid)} 元。",
            "单位：元。“—”为未核定或不应交，“欠”为逾期未交齐，空白为未到交纳期限。",
        ],
        signers=("收款人", "党支部书记"),
        landscape=True,
    )


async def publication(act: Act, publication_id: UUID) -> str:
    """What is put up: a year's dues as they were published."""
    found = await publication_store.publication(act.session, act.tenant_id, publication_id)
    if found is None:
        raise NotFound()
    unit = await organization_of(act, found.organization_id)
    act.require(actions.READ, unit.path, seen_by=ORGANIZATION_READ)
    if found.withdrawn_on is not None:
        raise PublicationWithdrawn(path=("publication",), on=found.withdrawn_on)
    row = (
        found.members,
        found.paid_up,
        yuan(found.owed_fen),
        yuan(found.collected_fen),
        yuan(found.handed_fen),
    )
    return _page(
        act,
        "dues_register.html",
        unit,
        ("DuesPublication", publication_id),
        title="党费收缴情况公布",
        period=f"{found.year}年度",
        headings=("应交人数", "交齐人数", "应交（元）", "收缴（元）", "上缴（元）"),
        rows=[row],
        wide=(),
        notes=[f"公布方式：{found.place}。党员对收缴情况有疑问的，可向本组织查询。"],
        signers=("制表人", "负责人"),
        landscape=False,
        day=found.published_on,
    )


def _page(
    act: Act,
    template: str,
    unit: Unit,
    about: tuple[str, UUID],
    *,
    title: str,
    member: MemberFacts | None = None,
    day: date | None = None,  # what it bears, if not that of printing
    **values: Any,
) -> str:
    page = render(
        template,
        folders=[*act.templates, TEMPLATES],
        title=title,
        organization=unit.name,
        day=day or act.today,
        mark=f"{act.caller.name} {act.today.isoformat()} 打印",
        member=member,
        **values,
    )
    at(act, PAGE_PRINTED, about, unit.path, member.id if member else None, page=title)
    return page


async def _payer(act: Act, paid: Payment, member: MemberFacts) -> str:
    """Who brought the money, by name."""
    if paid.payer is Payer.RELATIVE:
        return f"{paid.payer_name}（亲属代交）"
    if paid.payer is Payer.MEMBER and paid.payer_member_id is not None:
        other = await member_of(act, paid.payer_member_id, seen_by=None)
        return f"{other.name}（代交）"
    return member.name


def _paid(line: exports.Line, month: int) -> str:
    """What was paid; a month that nobody must have paid yet stays empty, for the pen."""
    owed, paid = line.owed.get(month, 0), line.paid.get(month, 0)
    if not owed and not paid:
        return "—"
    if month in line.overdue:
        return f"{yuan(paid)} 欠"
    return yuan(paid) if paid else ""


def _month(day: Any) -> str:
    return f"{day.year}年{day.month}月"
