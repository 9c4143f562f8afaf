"""What a client says about surveys and relief."""

from datetime import date

import strawberry

from zhibu.graph.inputs import key, told
from zhibu_organization_life.graph.enums import Fund
from zhibu_organization_life.graph.inputs.rows import member_row
from zhibu_organization_life.rules.care import Paid, Surveyed

SURVEY = "摸排记录。 The survey."


@strawberry.input(description="“三清”摸排；情况加密保存。 How a member lives; it is sealed.")
class OrganizationLifeSurveyRecordInput:
    member: strawberry.ID = told("党员。 The member.")
    on: date = told("摸排日期。 When.")
    family: str = told("家庭情况。 His family.")
    health: str = told("身体状况。 His health.")
    wishes: str = told("个人愿望。 His wishes.")
    hardship: bool = told("是否生活困难。 Whether he lives in hardship.")
    late_reason: str | None = told("补录原因。 Why it is entered so late.", None)
    idempotency_key: str | None = key()

    def wanted(self) -> Surveyed:
        return Surveyed(
            member_id=member_row(self.member),
            surveyed_on=self.on,
            family=self.family,
            health=self.health,
            wishes=self.wishes,
            hardship=self.hardship,
            late_reason=self.late_reason,
        )


@strawberry.input(description="作废摸排记录。 A survey to be voided.")
class OrganizationLifeSurveyVoidInput:
    survey: strawberry.ID = told(SURVEY)
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="查看摸排情况。 How a member lives, to be opened.")
class OrganizationLifeSurveyOpenInput:
    survey: strawberry.ID = told(SURVEY)
    reason: str = told("查看原因，本人可见。 Why; the member sees it.")


@strawberry.input(description="困难党员慰问金。 Relief that was paid.")
class OrganizationLifeReliefRecordInput:
    member: strawberry.ID = told("党员。 The member.")
    on: date = told("发放日期。 When it was paid.")
    fen: int = told("金额（分）。 Amount, in fen.")
    fund: Fund = told("资金来源。 Which money.")
    receipt: str = told("签收凭证。 The receipt.")
    note: str | None = told("说明。 What else is to be said.", None)
    idempotency_key: str | None = key()

    def wanted(self) -> Paid:
        return Paid(
            member_id=member_row(self.member),
            paid_on=self.on,
            fen=self.fen,
            fund=self.fund,
            receipt=self.receipt,
            note=self.note,
        )


@strawberry.input(description="作废慰问金登记。 Relief to be voided.")
class OrganizationLifeReliefVoidInput:
    relief: strawberry.ID = told("慰问金。 The relief.")
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()
