"""What stands beside procedures: who acts for whom, and who has no vote."""

from datetime import date

import strawberry

from zhibu.core_actions import PROCEDURE_READ
from zhibu.members.graph.types import MemberType
from zhibu.organizations.graph.types import OrganizationName
from zhibu.procedures import reads
from zhibu.procedures.graph.enums import Ground
from zhibu.procedures.graph.types.procedure import ProcedureType
from zhibu.reading import Node, column, entity, expression, to_one


@entity(reads.DELEGATIONS, permission=PROCEDURE_READ, seen=reads.concerning)
@strawberry.type(
    name="ProcedureDelegation", description="委托代办。 Somebody acts in procedures for another."
)
class ProcedureDelegationType(Node):
    account: str = expression(reads.name_of("account_id"), description="委托人。 For whom.")
    to: str = expression(reads.name_of("to_account_id"), description="受委托人。 Who acts.")
    procedure: str | None = column("name", description="限于该程序。 For this procedure only.")
    since: date = column(description="起始日期。 From this day.")
    until: date = column(description="截止日期（含）。 To this day, included.")
    ended_on: date | None = column(description="提前结束日期。 When it was ended before.")
    reason: str = column(description="理由。 Why.")
    organization: OrganizationName = to_one(
        lambda row, target: target.c.id == row.c.organization_id,
        shown_with_parent="names are public",
        description="范围：该组织及其下级。 Where, and below.",
    )


@entity(
    reads.LIMITS,
    permission=PROCEDURE_READ,
    path=reads.path_of_member,
    owner="member_id",
    seen=reads.limit_seen,
)
@strawberry.type(
    name="VoteLimit",
    description="表决权受限或不计入应到会。 Why a member has no vote, or is not counted.",
)
class VoteLimitType(Node):
    ground: Ground = column(description="情形。 Why.")
    since: date = column(description="起始日期。 From this day.")
    until: date | None = column(description="终止日期（不含）。 Before this day.")
    decision: str = column(description="依据的决定。 The decision behind it.")
    member: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.member_id,
        description="党员，无权查看时为空。 Whose.",
    )
    procedure: ProcedureType | None = to_one(
        lambda row, target: target.c.id == row.c.procedure_id,
        description="同意和通过它的程序。 The procedure that approved it.",
    )
