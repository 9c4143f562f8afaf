"""What is said against a procedure, and what is decided without its steps."""

from datetime import date, datetime

import strawberry

from zhibu.attachments.graph import AttachmentType
from zhibu.core_actions import PROCEDURE_READ
from zhibu.organizations.graph.types import OrganizationName
from zhibu.procedures import reads
from zhibu.reading import Node, column, entity, expression, to_one


@entity(
    reads.OBJECTIONS,
    permission=PROCEDURE_READ,
    path=reads.path_of_procedure,
    owner="member_id",
    seen=reads.of_visible,
)
@strawberry.type(name="ProcedureObjection", description="异议。 What the member says against it.")
class ProcedureObjectionType(Node):
    procedure: strawberry.ID = column(
        "procedure_id", kind="Procedure", description="所涉程序的标识。 The procedure it is about."
    )
    reason: str = column(description="理由。 Why.")
    made_on: date = column(description="提出日期。 When it was made.")
    due_on: date | None = column(description="应答复日期。 When the answer is due.")
    answered_on: date | None = column(description="答复日期。 When it was answered.")
    answer: str | None = column(description="答复。 The answer.")
    upheld: bool | None = column(description="异议成立。 Whether it was upheld.")
    answered_by: str | None = expression(
        reads.name_of("answered_by"), description="答复人。 Who answered."
    )
    organization: OrganizationName = to_one(
        lambda row, target: target.c.id == row.c.organization_id,
        shown_with_parent="names are public",
        description="答复的党组织。 Who is to answer.",
    )


@entity(
    reads.OVERRIDES,
    permission=PROCEDURE_READ,
    path=reads.path_of_procedure,
    seen=reads.of_visible,
)
@strawberry.type(
    name="ProcedureOverride", description="特殊情况直接决定。 A decision without the steps."
)
class ProcedureOverrideType(Node):
    approves: bool = column(description="通过。 Whether it approves.")
    reason: str = column(description="理由。 Why.")
    asked_at: datetime = column(description="申请时间。 When it was asked for.")
    asked_by: str | None = expression(
        reads.name_of("asked_by"), description="申请人。 Who asked for it."
    )
    settled_at: datetime | None = column(description="处理时间。 When it was settled.")
    settled_by: str | None = expression(
        reads.name_of("settled_by"), description="确认人。 Who settled it."
    )
    confirmed: bool | None = column(description="已确认。 Whether it was confirmed.")
    document: AttachmentType | None = to_one(
        lambda row, target: target.c.id == row.c.attachment_id,
        description="依据文件，无权查看时为空。 The document that orders it.",
    )
    organization: OrganizationName = to_one(
        lambda row, target: target.c.id == row.c.organization_id,
        shown_with_parent="names are public",
        description="作出决定的党组织。 Who decides.",
    )
