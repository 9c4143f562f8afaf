"""What dues adds to members and organizations."""

from datetime import date
from decimal import Decimal

import strawberry

from zhibu.reading import expression, part, public, to_many
from zhibu_dues import actions
from zhibu_dues.graph.types import (
    DuesArrears,
    DuesBase,
    DuesMonth,
    DuesPayment,
    DuesQuarterly,
    DuesReduction,
)
from zhibu_dues.reads import months, totals

SAME = "whoever sees the sums sees what they consist of"


@public("shown with the part, which has its permission")
@strawberry.type(description="党员年度党费（金额以分计）。 A member's dues of a year, in fen.")
class MemberDues:
    year: int = expression(lambda of, env: of.year, description="年度。 The year.")
    owed_fen: int = expression(
        lambda of, env: months.total(of, "owed_fen"), description="全年应交。 Owed in the year."
    )
    paid_fen: int = expression(
        lambda of, env: months.total(of, "paid_fen"), description="已交。 Paid for its months."
    )
    paid_to: date | None = expression(
        months.paid_to, description="党费交至何月（不限年度）。 The month up to which all is paid."
    )
    overdue_months: int = expression(
        months.overdue_count, description="今天逾期未交的月数（不限年度）。 Months overdue today."
    )
    overdue_fen: int = expression(
        months.overdue_fen, description="今天逾期未交的金额（不限年度）。 What is missing of them."
    )
    overdue_in_a_row: int = expression(
        months.streak, description="其中连续未交的最多月数。 How many of them in a row."
    )
    months: list[DuesMonth] = to_many(
        lambda of, target: (target.c.member_id == of.member.c.id) & (target.c.year == of.year),
        order_by=lambda target: [target.c.month],
        limit=12,
        shown_with_parent=SAME,
        description="各月党费；尚未核定的月份不在其中。 The year's months, as far as fixed.",
    )
    bases: list[DuesBase] = to_many(
        lambda of, target: (target.c.member_id == of.member.c.id) & (target.c.year == of.year),
        order_by=lambda target: [target.c.from_month, target.c.id],
        limit=50,
        shown_with_parent=SAME,
        description="基数，含已作废的。 Bases of the year, void ones too.",
    )
    payments: list[DuesPayment] = to_many(
        lambda of, target: (target.c.member_id == of.member.c.id) & (target.c.year == of.year),
        order_by=lambda target: [target.c.paid_on, target.c.id],
        limit=50,
        shown_with_parent=SAME,
        description="该年度的交纳记录，含已作废的。 Payments of the year, void ones too.",
    )
    reductions: list[DuesReduction] = to_many(
        lambda of, target: target.c.member_id == of.member.c.id,
        order_by=lambda target: [target.c.since, target.c.id],
        limit=50,
        shown_with_parent=SAME,
        description="少交或免交的决定（不限年度）。 Reductions of any year.",
    )
    quarterly: list[DuesQuarterly] = to_many(
        lambda of, target: target.c.member_id == of.member.c.id,
        order_by=lambda target: [target.c.since, target.c.id],
        limit=50,
        shown_with_parent=SAME,
        description="按季度交纳的同意（不限年度）。 Consents to pay by the quarter.",
    )
    arrears: list[DuesArrears] = to_many(
        lambda of, target: target.c.member_id == of.member.c.id,
        order_by=lambda target: [target.c.reached_on, target.c.level, target.c.id],
        limit=50,
        shown_with_parent=SAME,
        description="达到提醒月数的欠交（不限年度）。 Long arrears of any year.",
    )


@public("shown with the part, which has its permission")
@strawberry.type(
    description="党组织年度党费（金额以元计，含下级）。 An organization's dues, in yuan."
)
class OrganizationDues:
    year: int = expression(lambda of, env: of.year, description="年度。 The year.")
    members: int = expression(
        lambda of, env: of.total("dues.members"),
        description="已核定党费的人数。 Members whose dues are fixed.",
    )
    owed: Decimal = expression(
        lambda of, env: of.yuan("dues.owed"), description="全年应交。 Owed in the year."
    )
    paid: Decimal = expression(
        lambda of, env: of.yuan("dues.paid"),
        description="其中已交，明细见 duesMonths。 Paid for its months.",
    )
    collected: Decimal = expression(
        lambda of, env: of.yuan("dues.collected"),
        description="该年度收到（含补交和自愿多交），明细见 duesPayments。 Collected in the year.",
    )
    handed: Decimal = expression(
        lambda of, env: of.yuan("dues.handed"),
        description="各级上缴合计，明细见 duesHandovers。 Handed upward, by all of them together.",
    )
    in_hand: Decimal = expression(
        totals.in_hand, description="本级尚未上缴的金额。 What this one itself still holds."
    )
    overdue_members: int = expression(
        totals.overdue_members, description="今天有逾期未交的人数。 Members overdue today."
    )


@strawberry.type
class DuesOfMember:
    @part(months.OfMember, permission=actions.READ)
    def dues(self, year: int) -> MemberDues | None:
        """党员某年度的党费；无权查看时为空。 Dues of a year; null if the caller may not see."""


@strawberry.type
class DuesOfOrganization:
    @part(totals.OfOrganization, permission=actions.READ)
    def dues(self, year: int) -> OrganizationDues | None:
        """党组织及其下级某年度的党费。 Dues of a year, here and below."""
