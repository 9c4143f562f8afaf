"""Reductions, consents and long arrears, as the schema shows them."""

from datetime import date

import strawberry

from zhibu.accounts.reads import name_of
from zhibu.members.graph import MemberType
from zhibu.members.reads import path_of_member
from zhibu.reading import Node, column, entity, expression, to_one
from zhibu_dues import actions
from zhibu_dues.graph.types import places
from zhibu_dues.graph.words import Finding
from zhibu_dues.reads.rows import ARREARS, QUARTERLY, REDUCTION


@entity(REDUCTION, permission=actions.READ, path=path_of_member, owner="member_id")
@strawberry.type(description="少交或免交党费的决定。 Less dues, or none, in hardship.")
class DuesReduction(Node):
    since: date = column(description="起月。 First month.")
    until: date = column(description="到此月之前。 Before this month.")
    fen: int = column(description="每月应交（分），0 为免交。 What remains owed a month, in fen.")
    decision: str = column(description="决定。 The decision it rests on.")
    decided_on: date = column(description="决定日期。 When it was decided.")
    procedure: strawberry.ID = column(
        "procedure_id", kind="Procedure", description="所经程序。 The procedure that decided it."
    )
    ended_on: date | None = column(description="提前结束的日期。 When it was ended.")
    end_reason: str | None = column(description="提前结束的原因。 Why it was ended.")
    member: MemberType | None = to_one(places.member, description="党员。 The member.")


@entity(QUARTERLY, permission=actions.READ, path=path_of_member, owner="member_id")
@strawberry.type(description="按季度交纳的同意。 Consent to paying by the quarter.")
class DuesQuarterly(Node):
    since: date = column(description="起月。 First month.")
    until: date | None = column(description="到此月之前；空为长期。 Before this month.")
    reason: str = column(description="理由。 Why.")
    granted_by: str | None = expression(
        name_of("granted_by"), description="同意人。 Who entered the consent."
    )
    granted_on: date = column(description="同意日期。 When it was given.")
    ended_on: date | None = column(description="结束的日期。 When it was ended.")
    end_reason: str | None = column(description="结束的原因。 Why it was ended.")
    member: MemberType | None = to_one(places.member, description="党员。 The member.")


@entity(ARREARS, permission=actions.READ, path=path_of_member, owner="member_id")
@strawberry.type(description="欠交党费达到的月数。 A number of months without dues, reached.")
class DuesArrears(Node):
    level: int = column(description="连续未交的月数。 Months in a row.")
    month: date = column(description="达到该月数的月份。 The month that completed them.")
    reached_on: date = column(description="达到的日期。 When it was reached.")
    asks: bool = column(
        description="是否须核实（系统只提请，处置由人决定）。 Whether somebody must look into it."
    )
    settled_on: date | None = column(description="补齐的日期。 When it was made up.")
    finding: Finding | None = column(description="核实结果。 What was found out.")
    answer: str | None = column(description="核实情况。 What was found, in words.")
    answered_by: str | None = expression(
        name_of("answered_by"), description="核实人。 Who looked into it."
    )
    answered_on: date | None = column(description="核实日期。 When.")
    member: MemberType | None = to_one(places.member, description="党员。 The member.")
