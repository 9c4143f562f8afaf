"""Bases and months, as the schema shows them."""

from datetime import date, datetime
from typing import Any

import strawberry

from zhibu.accounts.reads import name_of
from zhibu.members.graph import MemberType
from zhibu.members.reads import path_of_member
from zhibu.reading import Node, column, computed, entity, expression, to_one
from zhibu_dues import actions
from zhibu_dues.graph import reasons
from zhibu_dues.graph.types import places
from zhibu_dues.graph.words import BaseState, Ground, Income, MonthState
from zhibu_dues.reads import months as reads
from zhibu_dues.reads.rows import BASE, MONTH

WHY: dict[str, Any] = {
    "ground": lambda row, env: row.c.ground,
    "owed": lambda row, env: row.c.owed_fen,
    "income": reads.of_base("income"),
    "base": reads.of_base("base_fen"),
    "monthly": reads.of_base("monthly_fen"),
}


@entity(BASE, permission=actions.READ, path=path_of_member, owner="member_id")
@strawberry.type(description="党费基数。 What a member's dues of a year are reckoned by.")
class DuesBase(Node):
    year: int = column(description="年度。 Year.")
    from_month: int = column(description="起始月份。 The month from which it holds.")
    income: Income = column(description="收入类别。 Kind of income.")
    base_fen: int | None = column(description="计算基数（分）；固定金额者为空。 Base, in fen.")
    monthly_fen: int = column(description="核定的每月党费（分）。 Monthly dues, in fen.")
    basis: str = column(description="依据的标准。 The standard it was reckoned by.")
    standard_since: date = column(description="该标准的施行日期。 Since when that standard holds.")
    reason: str | None = column(description="年内变更的理由。 Why it changed within the year.")
    state: BaseState = column(description="状态。 State.")
    recorded_by: str | None = expression(
        name_of("recorded_by"), description="申报人。 Who declared it."
    )
    recorded_at: datetime = column(description="申报时间。 When it was declared.")
    confirmed_by: str | None = expression(
        name_of("confirmed_by"), description="核定人。 Who confirmed it."
    )
    confirmed_on: date | None = column(description="核定日期。 When it was confirmed.")
    voided_on: date | None = column(description="作废日期。 When it was voided.")
    void_reason: str | None = column(description="作废原因。 Why it was voided.")
    version: int = column(description="版本。 Grows with every change.")
    member: MemberType | None = to_one(places.member, description="党员。 The member.")


@entity(MONTH, permission=actions.READ, path=path_of_member, owner="member_id")
@strawberry.type(description="某月党费。 What a member owes for a month, and has paid.")
class DuesMonth(Node):
    month: date = column(description="月份（首日）。 The month, as its first day.")
    owed_fen: int = column(description="应交（分）。 Owed, in fen.")
    paid_fen: int = column(description="已交（分）。 Paid, in fen.")
    due_on: date = column(description="收缴日。 The day by which it is paid.")
    settled_on: date | None = column(description="交齐日期。 The day on which all was paid.")
    ground: Ground = column(description="应交依据。 Why it is what it is.")
    streak: int = column(
        description="到本月为止连续未交的月数。 Open months in a row up to this one."
    )
    state: MonthState = expression(reads.state, description="今天的状态。 How it stands today.")
    reason: str = computed(
        reasons.months, needs=WHY, description="为什么是这个数。 Why the number is what it is."
    )
    basis: str | None = expression(
        reads.of_base("basis"), description="依据的标准。 The standard behind it."
    )
    member: MemberType | None = to_one(places.member, description="党员。 The member.")
