"""What a client gives: proposals, decisions, meetings, votes."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import strawberry

from zhibu.identifiers import row_of


@strawberry.input(description="材料。 A file and the kind of document it is.")
class ProcedureDocumentInput:
    kind: str = strawberry.field(description="材料种类代码。 Its kind in the definition.")
    file: strawberry.ID = strawberry.field(description="已上传的附件。 The file handed in before.")


@strawberry.input(description="提出事项。 Proposing something, about a member or an organization.")
class ProcedureProposeInput:
    procedure: str = strawberry.field(description="程序名称代码。 Which procedure.")
    member: strawberry.ID | None = None
    organization: strawberry.ID | None = None
    title: str = strawberry.field(description="事项。 What it is about, in a line.")
    statement: str = strawberry.field(description="内容和理由。 What is proposed, and why.")
    documents: list[ProcedureDocumentInput] = strawberry.field(
        default_factory=list, description="材料。 Documents."
    )
    idempotency_key: str | None = None


@strawberry.input(description="决定环节。 Approving or refusing a step.")
class ProcedureStepDecideInput:
    step: strawberry.ID = strawberry.field(description="当前环节的标识。 The step as it was read.")
    approve: bool = strawberry.field(description="同意。 Whether it is approved.")
    reason: str | None = None
    superior: str | None = strawberry.field(
        default=None, description="上级派员姓名职务。 Who attended from above."
    )
    decided_on: date | None = strawberry.field(
        default=None, description="决定日期，补录时填写。 When, if it is recorded later."
    )
    documents: list[ProcedureDocumentInput] = strawberry.field(
        default_factory=list, description="补充材料。 Documents added."
    )
    idempotency_key: str | None = None


@strawberry.input(description="退回补正。 Sending a proposal back for correction.")
class ProcedureReturnInput:
    step: strawberry.ID = strawberry.field(description="当前环节的标识。 The step as it was read.")
    reason: str
    idempotency_key: str | None = None


@strawberry.input(description="补正后重新提交。 Handing in again what came back.")
class ProcedureResubmitInput:
    procedure: strawberry.ID = strawberry.field(description="程序的标识。 Which one.")
    title: str | None = strawberry.field(default=None, description="事项。 The title, corrected.")
    statement: str | None = strawberry.field(
        default=None, description="内容。 The statement, corrected."
    )
    documents: list[ProcedureDocumentInput] = strawberry.field(
        default_factory=list, description="补充材料。 Documents added."
    )
    version: int | None = None
    idempotency_key: str | None = None


@strawberry.input(description="撤回本人提出的事项。 Taking back one's own proposal.")
class ProcedureWithdrawInput:
    procedure: strawberry.ID = strawberry.field(description="程序的标识。 Which one.")
    reason: str
    version: int | None = None
    idempotency_key: str | None = None


def procedure(id: strawberry.ID) -> UUID:
    return row_of(id, "Procedure", path=("procedure",))


def step(id: strawberry.ID) -> UUID:
    return row_of(id, "ProcedureStep", path=("step",))


def members(ids: Sequence[strawberry.ID], field: str) -> list[UUID]:
    return [row_of(id, "Member", path=(field, str(n))) for n, id in enumerate(ids)]


def documents(given: Sequence[ProcedureDocumentInput]) -> list[tuple[str, UUID]]:
    return [
        (each.kind, row_of(each.file, "Attachment", path=("documents", str(n), "file")))
        for n, each in enumerate(given)
    ]
