"""The names of elections: who stands, who elects, and what came of each name."""

import strawberry

from zhibu.core_actions import PROCEDURE_READ
from zhibu.members.graph.types import MemberType
from zhibu.procedures import reads
from zhibu.procedures.graph.enums import Standing
from zhibu.reading import column, entity, expression, to_one


@entity(
    reads.NAMED,
    permission=PROCEDURE_READ,
    path=reads.path_of_procedure,
    seen=reads.of_visible,
)
@strawberry.type(name="ProcedureNamed", description="提名人员。 A member whom a proposal names.")
class ProcedureNamedType:
    member_name: str = expression(reads.member_name, description="姓名。 Whose.")
    member: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.member_id,
        description="党员，无权查看时为空。 The member; null if not to be seen.",
    )


@entity(
    reads.TALLIES,
    permission=PROCEDURE_READ,
    path=reads.path_of_sitting,
    seen=reads.of_visible_sitting,
)
@strawberry.type(name="ProcedureTally", description="选票上的姓名及得票。 A name and its votes.")
class ProcedureTallyType:
    member_name: str = expression(reads.member_name, description="姓名。 Whose.")
    member: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.member_id,
        description="党员，无权查看时为空。 The member; null if not to be seen.",
    )
    yes: int | None = column(description="赞成，计票后可见。 In favour, after the count.")
    no: int | None = column(description="反对。 Against.")
    abstained: int | None = column(description="弃权。 Abstained.")
    standing: Standing | None = column(
        description="选举结果；会议无效时为空。 What came of it; null without a quorum."
    )
