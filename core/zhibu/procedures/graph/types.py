"""What a client sees of procedures."""

from datetime import date, datetime

import strawberry

from zhibu.attachments.graph import AttachmentType
from zhibu.core_actions import PROCEDURE_READ
from zhibu.members.graph.types import MemberType
from zhibu.organizations.graph.types import OrganizationName
from zhibu.procedures import reads
from zhibu.procedures.graph.enums import Choice, Ground, Result, State, Verdict
from zhibu.reading import Node, column, computed, entity, expression, to_many, to_one

_PART = "part of a procedure that one may see"


@entity(
    reads.STEPS,
    permission=PROCEDURE_READ,
    path=reads.path_of_procedure,
    seen=reads.of_visible,
)
@strawberry.type(name="ProcedureStep", description="程序环节。 One time at a step.")
class ProcedureStepType(Node):
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
    ground: Ground | None = column(
        description="无表决权或不计入的情形，为空即应到会。 Why there is no vote; null if there is."
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
    seats: list[ProcedureSeatType] = to_many(
        lambda row, target: target.c.sitting_id == row.c.id,
        order_by=lambda target: target.c.id,
        limit=500,
        shown_with_parent=_PART,
        description="应到会人员及到会情况（最多 500 人）。 Everybody's seat, 500 at most.",
    )


@entity(
    reads.PROCEDURES,
    permission=PROCEDURE_READ,
    owner="member_id",
    seen=reads.visible,
)
@strawberry.type(name="Procedure", description="程序。 Something proposed, and where it stands.")
class ProcedureType(Node):
    name: str = column(description="程序名称代码。 Which procedure.")
    kind: str = computed(
        reads.kinds, needs={"name": "name"}, description="程序种类。 What it is called."
    )
    title: str = column(description="事项。 What it is about, in a line.")
    statement: str = column(description="内容。 What is proposed.")
    subject: str = column("subject_kind", description="对象类型。 The type of its subject.")
    state: State = column(description="状态。 Where it stands.")
    document: str = column(description="依据文件。 The document that says so.")
    article: str = column(description="依据条款。 Its article.")
    since: date = column(description="依据生效日期。 Since when that holds.")
    restricted: bool = column(description="限制知悉。 Whether it is not for every reader.")
    overridden: bool = column(
        description="经特殊情况直接决定。 Whether it was decided without the steps."
    )
    proposed_on: date = column(description="提出日期。 When it was proposed.")
    proposed_by: str | None = expression(
        reads.name_of("proposed_by"), description="提出人。 Who proposed it."
    )
    ended_on: date | None = column(description="办结日期。 When it was over.")
    version: int = column(description="版本，用于防止覆盖他人修改。 Grows with every change.")
    member: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.member_id,
        description="所涉党员，无权查看时为空。 The member it is about.",
    )
    organization: OrganizationName = to_one(
        lambda row, target: target.c.id == row.c.organization_id,
        shown_with_parent="names are public",
        description="所在党组织。 The organization it belongs to.",
    )
    step: ProcedureStepType | None = to_one(
        reads.current, description="当前环节。 The step at which it is; null when it is at none."
    )
    steps: list[ProcedureStepType] = to_many(
        lambda row, target: target.c.procedure_id == row.c.id,
        order_by=lambda target: target.c.number,
        shown_with_parent=_PART,
        description="全部环节，按先后。 Every time at a step, in order.",
    )
    documents: list[ProcedureDocumentType] = to_many(
        lambda row, target: target.c.procedure_id == row.c.id,
        order_by=lambda target: target.c.id,
        shown_with_parent=_PART,
        description="材料。 Its documents.",
    )
    sittings: list[ProcedureSittingType] = to_many(
        lambda row, target: target.c.procedure_id == row.c.id,
        order_by=lambda target: target.c.id,
        shown_with_parent=_PART,
        description="表决会议。 The meetings that voted on it.",
    )
