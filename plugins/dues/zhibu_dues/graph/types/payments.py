"""Payments, as the schema shows them."""

from datetime import date, datetime

import strawberry

from zhibu.accounts.reads import name_of
from zhibu.members.graph import MemberType
from zhibu.members.reads import path_of_member
from zhibu.organizations.graph import OrganizationName
from zhibu.organizations.reads import path_of_organization
from zhibu.reading import Node, column, entity, expression, to_many, to_one
from zhibu_dues import actions
from zhibu_dues.graph.types import places
from zhibu_dues.graph.words import Means, Payer
from zhibu_dues.reads.rows import PAYMENT, SHARE


@entity(SHARE, permission=actions.READ, path=path_of_member, owner="member_id")
@strawberry.type(description="一笔党费中归属某月的部分。 What of a payment went to a month.")
class DuesShare:
    month: date = column(description="月份（首日）。 The month.")
    fen: int = column(description="金额（分）。 Amount, in fen.")


@entity(PAYMENT, permission=actions.READ, path=path_of_organization, owner="member_id")
@strawberry.type(description="一笔党费。 Dues that were paid.")
class DuesPayment(Node):
    year: int = column(description="收款年度。 Year of the receipt.")
    serial: int = column(description="收据号。 Number of the receipt, per organization and year.")
    first_month: date = column(description="起月。 First month it covers.")
    last_month: date = column(description="止月。 Last month it covers.")
    paid_on: date = column(description="交纳日期。 The day it was paid.")
    fen: int = column(description="党费（分）。 Dues, in fen.")
    voluntary_fen: int = column(description="自愿多交（分）。 Given beyond, in fen.")
    late_months: int = column(description="其中逾期补交的月数。 Months made up after their day.")
    payer: Payer = column(description="交纳人。 Who brought it.")
    payer_name: str | None = column(description="代交亲属姓名。 The relative who paid.")
    payer_member: MemberType | None = to_one(
        places.payer, description="代交的党员；无权查看时为空。 The other member who paid."
    )
    means: Means = column(description="交纳方式。 How it came.")
    late_reason: str | None = column(description="补交原因。 Why it came late.")
    approval: str | None = column(description="上级批准。 Who approved of months long past.")
    entry_reason: str | None = column(description="补录原因。 Why it was entered late.")
    recorded_by: str | None = expression(
        name_of("recorded_by"), description="收款登记人。 Who recorded it."
    )
    recorded_at: datetime = column(description="登记时间。 When it was recorded.")
    corrects: strawberry.ID | None = column(
        "corrects_id", kind="DuesPayment", description="所更正的原记录。 What it corrects."
    )
    handover: strawberry.ID | None = column(
        "handover_id", kind="DuesHandover", description="所属上缴。 With what it went upward."
    )
    voided_on: date | None = column(description="作废日期。 When it was voided.")
    void_reason: str | None = column(description="作废原因。 Why it was voided.")
    version: int = column(description="版本。 Grows with every change.")
    organization: OrganizationName | None = to_one(
        places.unit, description="收款党组织。 Who collected it."
    )
    member: MemberType | None = to_one(places.member, description="党员。 The member.")
    shares: list[DuesShare] = to_many(
        lambda row, target: target.c.payment_id == row.c.id,
        order_by=lambda target: [target.c.month],
        limit=36,
        shown_with_parent="whoever sees a payment sees what it is for",
        description="各月金额；作废后为空。 What went to which month.",
    )
