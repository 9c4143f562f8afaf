"""A procedure, as a client sees it."""

from datetime import date

import strawberry
from strawberry.scalars import JSON

from zhibu.core_actions import PROCEDURE_READ
from zhibu.members.graph.types import MemberType
from zhibu.organizations.graph.types import OrganizationName
from zhibu.procedures import reads
from zhibu.procedures.graph.enums import State
from zhibu.procedures.graph.types.answers import ProcedureObjectionType, ProcedureOverrideType
from zhibu.procedures.graph.types.names import ProcedureNamedType
from zhibu.procedures.graph.types.parts import (
    ProcedureDocumentType,
    ProcedureSittingType,
    ProcedureStepType,
)
from zhibu.procedures.rules.values import Part
from zhibu.reading import Node, column, computed, entity, expression, to_many, to_one


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
    particulars: JSON = column(description="具体内容。 What exactly, in the owner's own words.")
    objection_until: date | None = column(
        description="可提出异议的截止日期。 Until when the member may object to the decision."
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
        shown_with_parent="part of a procedure that one may see",
        description="全部环节，按先后。 Every time at a step, in order.",
    )
    candidates: list[ProcedureNamedType] = to_many(
        reads.named_as(Part.CANDIDATE),
        order_by=lambda target: target.c.number,
        shown_with_parent="part of a procedure that one may see",
        description="候选人，按提名次序。 Who stands, as they were named.",
    )
    delegates: list[ProcedureNamedType] = to_many(
        reads.named_as(Part.DELEGATE),
        order_by=lambda target: target.c.number,
        limit=500,
        shown_with_parent="part of a procedure that one may see",
        description="党员代表大会代表（最多 500 人）。 Who elects for all, 500 at most.",
    )
    documents: list[ProcedureDocumentType] = to_many(
        lambda row, target: target.c.procedure_id == row.c.id,
        order_by=lambda target: target.c.id,
        shown_with_parent="part of a procedure that one may see",
        description="材料。 Its documents.",
    )
    sittings: list[ProcedureSittingType] = to_many(
        lambda row, target: target.c.procedure_id == row.c.id,
        order_by=lambda target: target.c.id,
        shown_with_parent="part of a procedure that one may see",
        description="表决会议。 The meetings that voted on it.",
    )
    objections: list[ProcedureObjectionType] = to_many(
        lambda row, target: target.c.procedure_id == row.c.id,
        order_by=lambda target: target.c.id,
        shown_with_parent="part of a procedure that one may see",
        description="异议及答复。 What the member said against it, and the answers.",
    )
    overrides: list[ProcedureOverrideType] = to_many(
        lambda row, target: target.c.procedure_id == row.c.id,
        order_by=lambda target: target.c.id,
        shown_with_parent="part of a procedure that one may see",
        description="直接决定的申请。 What was asked to be decided without the steps.",
    )
