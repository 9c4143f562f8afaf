"""What a client says about class hours."""

from datetime import date
from decimal import Decimal

import strawberry

from zhibu.graph.inputs import key, optional, told
from zhibu.procedures.graph import ProcedureDocumentInput
from zhibu_education.graph.enums import Form
from zhibu_education.service.rows import Entry


@strawberry.input(description="登记学时。 Class hours to be credited.")
class EducationCreditInput:
    member: strawberry.ID = told("党员。 Whose hours they are.")
    earned_on: date = told("学习日期。 The day of study.")
    hours: Decimal = told("学时，最多两位小数。 Class hours, with at most two decimals.")
    form: Form = told("学习形式。 Form of study.")
    topic: str = told("主题代码，见参数 education.topics。 A code of the topics in force.")
    title: str = told("学习内容。 What was studied.")
    kind: str | None = told("本单位目录中的具体形式代码。 The institution's own kind of it.", None)
    channel: str | None = told(
        "渠道代码，见参数 education.channels。 A code of the channels in force.", None
    )
    evidence: str | None = told("证明材料说明。 Evidence, in words.", None)
    evidence_file: strawberry.ID | None = told("证明材料附件。 A file handed in.", None)
    idempotency_key: str | None = key()

    def entry(self) -> Entry:
        return _entry(self)


@strawberry.input(description="更正学时。 What a credit should have been.")
class EducationCreditCorrectInput:
    credit: strawberry.ID = told("要更正的学时记录。 The credit to be corrected.")
    reason: str = told("更正原因。 Why.")
    earned_on: date = told("正确的学习日期。 The day of study.")
    hours: Decimal = told("正确的学时。 Class hours.")
    form: Form = told("正确的学习形式。 Form of study.")
    topic: str = told("正确的主题代码。 A code of the topics in force.")
    title: str = told("正确的学习内容。 What was studied.")
    kind: str | None = told("本单位目录中的具体形式代码。 The institution's own kind of it.", None)
    channel: str | None = told(
        "渠道代码，见参数 education.channels。 A code of the channels in force.", None
    )
    evidence: str | None = told("证明材料说明。 Evidence, in words.", None)
    evidence_file: strawberry.ID | None = told("证明材料附件。 A file handed in.", None)
    version: int | None = told("读到的版本。 The version that was read.", None)
    idempotency_key: str | None = key()

    def entry(self) -> Entry:
        return _entry(self)


@strawberry.input(description="认定学时。 Credits to be verified, all or none.")
class EducationCreditVerifyInput:
    credits: list[strawberry.ID] = told("待认定的学时记录。 The pending credits.")
    remark: str | None = told("认定意见。 What is said to it.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="退回学时申报。 Credits to be returned, with the reason.")
class EducationCreditReturnInput:
    credits: list[strawberry.ID] = told("要退回的学时记录。 The pending credits.")
    reason: str = told("退回原因。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="申请复核退回的学时。 Asking for returned hours to be reviewed.")
class EducationCreditAskReviewInput:
    credit: strawberry.ID = told("被退回的学时记录。 The credit that was returned.")
    reason: str = told("申请理由。 Why.")
    documents: list[ProcedureDocumentInput] = strawberry.field(
        default_factory=list, description="学习证明。 Evidence."
    )
    idempotency_key: str | None = key()


@strawberry.input(description="作废学时。 A credit that should never have been entered.")
class EducationCreditVoidInput:
    credit: strawberry.ID = told("要作废的学时记录。 The credit.")
    reason: str = told("作废原因。 Why.")
    version: int | None = told("读到的版本。 The version that was read.", None)
    idempotency_key: str | None = key()


def _entry(given: EducationCreditInput | EducationCreditCorrectInput) -> Entry:
    return Entry(
        earned_on=given.earned_on,
        hours=given.hours,
        form=given.form,
        topic=given.topic,
        title=given.title,
        kind=given.kind,
        channel=given.channel,
        evidence=given.evidence,
        evidence_id=optional(given.evidence_file, "Attachment", "evidence_file"),
    )
