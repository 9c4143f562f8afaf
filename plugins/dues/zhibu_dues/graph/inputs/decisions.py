"""What reductions, consents and answers are given as."""

from datetime import date

import strawberry

from zhibu.graph.inputs import key, told
from zhibu.procedures.graph import ProcedureDocumentInput
from zhibu_dues.graph.words import Finding


@strawberry.input(description="申请少交或免交党费。 A request for less dues, or none.")
class DuesReductionAskInput:
    member: strawberry.ID = told("党员。 The member.")
    first_month: date = told("起月。 First month.")
    last_month: date = told("止月，一次最多 12 个月。 Last month, at most a year in all.")
    fen: int = told("每月可交金额（分），0 为免交。 What remains a month, in fen; 0 for none.")
    reason: str
    documents: list[ProcedureDocumentInput] = strawberry.field(
        default_factory=list,
        description="材料；代为提交的须附本人申请（request）。 Documents; the signed request.",
    )
    idempotency_key: str | None = key()


@strawberry.input(description="结束少交或免交。 A reduction that is over.")
class DuesReductionEndInput:
    reduction: strawberry.ID = told("减免决定。 The reduction.")
    month: date = told("自该月起恢复。 The month from which all is owed again.")
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="同意按季度交纳。 Consent to paying by the quarter.")
class DuesQuarterlyConsentInput:
    member: strawberry.ID = told("党员。 The member.")
    first_month: date = told("起始季度的首月。 First month of the first quarter.")
    last_month: date | None = told("最后季度的末月；不填为长期。 Last month, if any.", None)
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="结束按季度交纳。 A consent that is over.")
class DuesQuarterlyEndInput:
    quarterly: strawberry.ID = told("同意记录。 The consent.")
    month: date = told("自该月起恢复按月。 The month from which it is month by month again.")
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="填写欠交核实情况。 What was found about half a year without dues.")
class DuesArrearsAnswerInput:
    arrears: strawberry.ID = told("欠交记录。 The arrears.")
    finding: Finding = told("核实结果。 What was found.")
    answer: str = told("核实情况。 In words.")
    idempotency_key: str | None = key()
