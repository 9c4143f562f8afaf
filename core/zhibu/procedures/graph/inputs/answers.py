"""What a client gives: objections, direct decisions, who acts for whom, who has no vote."""

from datetime import date

import strawberry

from zhibu.procedures.graph.enums import Ground
from zhibu.procedures.graph.inputs.proposals import ProcedureDocumentInput


@strawberry.input(description="撤销本人刚作出的误操作。 Taking back a slip of one's own.")
class ProcedureUndoInput:
    procedure: strawberry.ID = strawberry.field(description="程序的标识。 Which one.")
    reason: str
    version: int | None = None
    idempotency_key: str | None = None


@strawberry.input(description="当事党员提出异议。 Objecting to what is decided about oneself.")
class ProcedureObjectInput:
    procedure: strawberry.ID = strawberry.field(description="程序的标识。 Which one.")
    reason: str
    idempotency_key: str | None = None


@strawberry.input(description="答复异议。 Answering an objection.")
class ProcedureObjectionAnswerInput:
    objection: strawberry.ID = strawberry.field(description="异议的标识。 Which one.")
    upheld: bool = strawberry.field(description="异议成立。 Whether it is upheld.")
    answer: str = strawberry.field(description="答复。 The answer, which the member reads.")
    idempotency_key: str | None = None


@strawberry.input(description="申请特殊情况下直接决定。 Asking for a decision without the steps.")
class ProcedureOverrideInput:
    procedure: strawberry.ID = strawberry.field(description="程序的标识。 Which one.")
    approve: bool = strawberry.field(description="通过。 Whether it is approved.")
    reason: str
    document: strawberry.ID = strawberry.field(
        description="依据文件（已上传）。 The document that orders it, handed in before."
    )
    idempotency_key: str | None = None


@strawberry.input(description="确认或否决直接决定。 Confirming a direct decision, or not.")
class ProcedureOverrideConfirmInput:
    override: strawberry.ID = strawberry.field(description="申请的标识。 Which one.")
    confirm: bool = strawberry.field(description="确认。 Whether it is confirmed.")
    idempotency_key: str | None = None


@strawberry.input(description="委托他人代办程序。 Letting somebody act for oneself.")
class ProcedureDelegateInput:
    member: strawberry.ID
    organization: strawberry.ID
    procedure: str | None = strawberry.field(
        default=None, description="限于该程序。 For this procedure only."
    )
    since: date
    until: date = strawberry.field(description="截止日期（含）。 The last day, included.")
    reason: str
    idempotency_key: str | None = None


@strawberry.input(description="结束委托。 Ending a delegation.")
class ProcedureDelegationEndInput:
    delegation: strawberry.ID = strawberry.field(description="委托的标识。 Which one.")
    reason: str
    idempotency_key: str | None = None


@strawberry.input(description="提出不计入应到会。 Proposing that a member is not counted.")
class ProcedureExcludeInput:
    member: strawberry.ID
    ground: Ground = strawberry.field(description="情形。 Why.")
    since: date
    until: date | None = strawberry.field(
        default=None, description="终止日期（不含）。 Before this day."
    )
    reason: str
    documents: list[ProcedureDocumentInput] = strawberry.field(
        default_factory=list, description="材料。 Documents."
    )
    idempotency_key: str | None = None


@strawberry.input(description="登记表决权受限。 Recording that a right to vote is suspended.")
class VoteSuspendInput:
    member: strawberry.ID
    ground: Ground = strawberry.field(description="情形。 Why.")
    since: date
    until: date | None = strawberry.field(
        default=None, description="终止日期（不含）。 Before this day."
    )
    decision: str = strawberry.field(description="依据的决定。 The decision behind it.")
    idempotency_key: str | None = None


@strawberry.input(description="结束表决权受限或不计入。 Ending a limit of somebody's vote.")
class VoteLimitEndInput:
    limit: strawberry.ID = strawberry.field(description="登记的标识。 Which one.")
    on: date
    reason: str
    idempotency_key: str | None = None
