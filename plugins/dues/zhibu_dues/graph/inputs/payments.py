"""What bases and payments are given as."""

from datetime import date

import strawberry

from zhibu.graph.inputs import key, optional, row, told
from zhibu_dues.graph.words import Income, Means, Payer
from zhibu_dues.rules.bases import Declaration
from zhibu_dues.rules.months import first_of
from zhibu_dues.rules.payments import Payment


@strawberry.input(description="申报党费基数。 What a member's dues are to be reckoned by.")
class DuesBaseDeclareInput:
    member: strawberry.ID = told("党员。 The member.")
    year: int
    income: Income = told("收入类别。 Kind of income.")
    base_fen: int | None = told("计算基数（分），税后月收入；固定金额者不填。 Base, in fen.", None)
    chosen_fen: int | None = told("农民党员确定的月交金额（分）。 Chosen amount, in fen.", None)
    from_month: int = told("起始月份，默认一月。 The month from which it holds.", 1)
    reason: str | None = None
    idempotency_key: str | None = key()

    def declaration(self) -> Declaration:
        return Declaration(
            year=self.year,
            from_month=self.from_month,
            income=self.income,
            base_fen=self.base_fen,
            chosen_fen=self.chosen_fen,
            reason=self.reason,
        )


@strawberry.input(description="核定党费基数。 Bases that are right.")
class DuesBaseConfirmInput:
    bases: list[strawberry.ID] = told("申报的基数。 The declared bases.")
    idempotency_key: str | None = key()


@strawberry.input(description="退回或作废基数。 A base that is wrong.")
class DuesBaseVoidInput:
    base: strawberry.ID = told("基数。 The base.")
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="登记党费。 Dues that were paid.")
class DuesPaymentRecordInput:
    member: strawberry.ID = told("党员。 Whose dues.")
    first_month: date = told("起月（当月任意一天）。 First month, by any of its days.")
    last_month: date | None = told("止月，默认同起月。 Last month; the first, if left out.", None)
    paid_on: date = told("交纳日期。 The day the money came.")
    fen: int = told("这些月份应交未交的合计（分）。 What these months still need, in fen.")
    voluntary_fen: int = told("自愿多交（分）。 Given beyond, in fen.", 0)
    payer: Payer = told("交纳人，默认本人。 Who brought it.", Payer.SELF)
    payer_name: str | None = told("代交亲属姓名。 The relative who paid.", None)
    payer_member: strawberry.ID | None = told("代交的党员。 The other member who paid.", None)
    means: Means = told("交纳方式，默认现金。 How it came.", Means.CASH)
    late_reason: str | None = told("补交原因，逾期时必填。 Why it is late.", None)
    approval: str | None = told("上级批准，超过一般期限时必填。 Who above approved.", None)
    entry_reason: str | None = told("补录原因，登记过晚时必填。 Why it is entered late.", None)
    idempotency_key: str | None = key()

    def payment(self) -> Payment:
        return Payment(
            member_id=row(self.member, "Member", "member"),
            first_month=first_of(self.first_month),
            last_month=first_of(self.last_month or self.first_month),
            paid_on=self.paid_on,
            fen=self.fen,
            voluntary_fen=self.voluntary_fen,
            payer=self.payer,
            payer_name=self.payer_name,
            payer_member_id=optional(self.payer_member, "Member", "payer_member"),
            means=self.means,
            late_reason=self.late_reason,
            approval=self.approval,
            entry_reason=self.entry_reason,
        )


@strawberry.input(description="更正党费。 What a payment should have been recorded as.")
class DuesPaymentCorrectInput:
    payment: strawberry.ID = told("要更正的记录。 The payment.")
    correct: DuesPaymentRecordInput = told("正确的内容，党员不变。 What is right; same member.")
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="作废党费记录。 A payment recorded by mistake.")
class DuesPaymentVoidInput:
    payment: strawberry.ID = told("记录。 The payment.")
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()
