"""The parts of a procedure: steps, documents, meetings and who sits in them."""

from datetime import date, datetime

import strawberry

from zhibu.attachments.graph import AttachmentType
from zhibu.core_actions import PROCEDURE_CONDUCT, PROCEDURE_READ
from zhibu.members.graph.types import MemberType
from zhibu.organizations.graph.types import OrganizationName
from zhibu.procedures import reads
from zhibu.procedures.graph.enums import Choice, Ground, Result, Verdict
from zhibu.procedures.graph.types.names import ProcedureTallyType
from zhibu.reading import Node, column, computed, entity, expression, to_many, to_one


@entity(
    reads.STEPS,
    permission=PROCEDURE_READ,
    path=reads.path_of_procedure,
    seen=reads.of_visible,
)
@strawberry.type(name="ProcedureStep", description="程序环节。 One time at a step.")
class ProcedureStepType(Node):
    procedure: strawberry.ID = column(
        "procedure_id", kind="Procedure", description="所属程序的标识。 The procedure it is of."
    )
    code: str = column(description="环节代码。 Its code in the definition.")
    title: str = computed(
        reads.titles,
        needs={"code": "code", "definition": reads.definition},
        description="环节名称。 What it is called.",
    )
    started_on: date = column(description="开始日期。 Since when.")
    due_on: date | None = column(description="应办结日期。 When it is to be done.")
    done_on: date | None = column(description="办结日期。 When it was; null while it is open.")
    result: Result | None = column(description="结果。 How it ended.")
    reason: str | None = column(description="理由。 Why.")
    superior: str | None = column(description="上级派员。 Who attended from above.")
    decided_by: str | None = expression(
        reads.name_of("decided_by"), description="经办人。 Who decided."
    )
    on_behalf_of: str | None = expression(
        reads.name_of("on_behalf_of"), description="代谁办理。 For whom, if for somebody else."
    )
    organization: OrganizationName = to_one(
        lambda row, target: target.c.id == row.c.organization_id,
        shown_with_parent="names are public",
        description="承办党组织。 Who is to take it.",
    )


@entity(
    reads.DOCUMENTS,
    permission=PROCEDURE_READ,
    path=reads.path_of_procedure,
    seen=reads.of_visible,
)
@strawberry.type(name="ProcedureDocument", description="程序材料。 A document of a procedure.")
class ProcedureDocumentType:
    kind: str = column(description="材料种类。 Its kind in the definition.")
    added_at: datetime = column(description="提交时间。 When it was added.")
    file: AttachmentType | None = to_one(
        lambda row, target: target.c.id == row.c.attachment_id,
        description="附件，无权查看时为空。 The file; null if it is not to be seen.",
    )


@entity(
    reads.SEATS,
    permission=PROCEDURE_READ,
    path=reads.path_of_sitting,
    seen=reads.of_visible_sitting,
)
@strawberry.type(name="ProcedureSeat", description="应到会人员。 A member of the body that meets.")
class ProcedureSeatType:
    member_name: str = expression(reads.member_name, description="姓名。 Whose.")
    member: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.member_id,
        description="党员，无权查看时为空。 The member; null if not to be seen.",
    )
    entitled: bool = expression(
        lambda row, env: row.c.ground.is_(None),
        description="应到会并有表决权。 Whether there is a vote.",
    )
    ground: Ground | None = column(
        permission=PROCEDURE_CONDUCT,
        description="无表决权或不计入的情形，限主持人查看。 Why there is none, for who conducts.",
    )
    present: bool = column(description="到会。 Whether present.")
    voted: bool = expression(reads.voted, description="已表决。 Whether the vote was cast.")
    choice: Choice | None = expression(
        reads.choice,
        description="意见；无记名表决为空。 How; null in a secret ballot.",
    )


@entity(
    reads.SITTINGS,
    permission=PROCEDURE_READ,
    path=reads.path_of_procedure,
    seen=reads.of_visible,
)
@strawberry.type(name="ProcedureSitting", description="表决会议。 A meeting that votes on a step.")
class ProcedureSittingType(Node):
    held_on: date = column(description="会议日期。 The day of the meeting.")
    secret: bool = column(description="无记名。 Whether the ballot is secret.")
    on_paper: bool = column(description="按纸质票计票。 Whether paper was counted.")
    closed_at: datetime | None = column(description="计票时间。 When it was counted.")
    verdict: Verdict | None = column(description="表决结果。 What it decided.")
    superior: str | None = column(description="上级派员。 Who attended from above.")
    entitled: int | None = column(description="应到会人数。 Who should attend, at the count.")
    present: int | None = column(description="实到会人数。 Who did.")
    yes: int | None = column(description="赞成。 In favour.")
    no: int | None = column(description="反对。 Against.")
    abstained: int | None = column(description="弃权。 Abstained.")
    spoiled: int | None = column(description="无效票。 Spoiled.")
    written_yes: int | None = column(description="书面赞成。 In favour, in writing.")
    written_no: int | None = column(description="书面反对。 Against, in writing.")
    written_abstained: int | None = column(description="书面弃权。 Abstained, in writing.")
    needed_present: int | None = column(description="有效所需到会人数。 Present, at least.")
    needed_yes: int | None = column(description="通过所需赞成票数。 In favour, at least.")
    to_fill: int | None = column(
        description="选举名额；表决为空。 How many seats it fills; null where it decides."
    )
    names: list[ProcedureTallyType] = to_many(
        lambda row, target: target.c.sitting_id == row.c.id,
        order_by=lambda target: target.c.number,
        limit=500,
        shown_with_parent="part of a procedure that one may see",
        description="选票上的姓名及得票，按选票次序。 The names on the ballot, in its order.",
    )
    seats: list[ProcedureSeatType] = to_many(
        lambda row, target: target.c.sitting_id == row.c.id,
        order_by=lambda target: target.c.id,
        limit=500,
        shown_with_parent="part of a procedure that one may see",
        description="应到会人员及到会情况（最多 500 人）。 Everybody's seat, 500 at most.",
    )
