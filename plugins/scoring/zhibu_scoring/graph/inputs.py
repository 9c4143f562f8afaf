"""What mutations of scoring take."""

from datetime import date

import strawberry

from zhibu.graph.inputs import key, row, told
from zhibu_scoring.graph.words import FactKind, Ground
from zhibu_scoring.rules.entries import Entry
from zhibu_scoring.rules.exemptions import Wanted
from zhibu_scoring.rules.facts import Fact


@strawberry.input(description="申报一笔记分。 Points to be declared.")
class ScoringEntryDeclareInput:
    member: strawberry.ID = told("党员。 The member.")
    item: str = told("项目代码，见参数 scoring.scheme。 Code of the item, see scoring.scheme.")
    happened_on: date = told("发生日期，决定考核年度。 The day it happened, which says the year.")
    description: str = told("事由。 What happened.")
    material: str | None = told("证明材料；一票否决须注明民主评议的文件。 Material.", None)
    witnesses: list[str] = strawberry.field(
        default_factory=list, description="证明人姓名，没有材料时必填。 Names of witnesses."
    )
    late_reason: str | None = told("逾期申报的原因。 Why it is declared late.", None)
    idempotency_key: str | None = key()

    def entry(self) -> Entry:
        return Entry(
            member_id=row(self.member, "Member", "member"),
            item=self.item,
            happened_on=self.happened_on,
            description=self.description,
            material=self.material,
            witnesses=tuple(self.witnesses),
            late_reason=self.late_reason,
        )


@strawberry.input(description="认定记分。 Entries that are to count.")
class ScoringEntryApproveInput:
    entries: list[strawberry.ID] = told("记分，全部认定或全部不认定。 All of them, or none.")
    idempotency_key: str | None = key()


@strawberry.input(description="不予认定。 An entry that is not to count.")
class ScoringEntryRefuseInput:
    entry: strawberry.ID = told("记分。 The entry.")
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="撤回自己的申报。 What one declared oneself.")
class ScoringEntryWithdrawInput:
    entry: strawberry.ID = told("记分。 The entry.")
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="申请冲销一笔已认定的记分。 An entry to be taken back.")
class ScoringEntryReverseInput:
    entry: strawberry.ID = told("记分。 The entry.")
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="不列入积分考核。 A member to be left out.")
class ScoringExemptInput:
    member: strawberry.ID = told("党员。 The member.")
    ground: Ground = told("原因。 Why.")
    first_year: int = told("自该年度起。 The first year.")
    last_year: int | None = told("至该年度止；不填为长期。 The last year, if any.", None)
    consent: str = told("征求本人意愿的情况。 How the member was asked, and what he said.")
    consented_on: date = told("征求意愿的日期。 When.")
    idempotency_key: str | None = key()

    def wanted(self) -> Wanted:
        return Wanted(
            member_id=row(self.member, "Member", "member"),
            ground=self.ground,
            first_year=self.first_year,
            last_year=self.last_year,
            consent=self.consent,
            consented_on=self.consented_on,
        )


@strawberry.input(description="恢复积分考核。 An exemption that is over.")
class ScoringExemptionEndInput:
    exemption: strawberry.ID = told("办理记录。 The exemption.")
    last_year: int = told("最后不列入的年度；误办的填起始年度的上一年。 The last year it holds.")
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="登记表彰或处分。 An honour or a punishment that was decided.")
class ScoringFactRecordInput:
    member: strawberry.ID = told("党员。 The member.")
    kind: FactKind = told("种类。 Kind.")
    title: str = told("名称或事由。 What was decided.")
    document: str = told("决定的文号。 The document of the decision.")
    decided_on: date = told("决定日期，决定考核年度。 When, which says the year.")
    idempotency_key: str | None = key()

    def fact(self) -> Fact:
        return Fact(
            member_id=row(self.member, "Member", "member"),
            kind=self.kind,
            title=self.title,
            document=self.document,
            decided_on=self.decided_on,
        )


@strawberry.input(description="撤销误登的表彰或处分。 A fact that was recorded by mistake.")
class ScoringFactVoidInput:
    fact: strawberry.ID = told("表彰或处分。 The fact.")
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="按各项记录建议记分。 Whose points are to follow the records.")
class ScoringProposeInput:
    organization: strawberry.ID = told("党组织及其下级。 Here and below.")
    year: int
    idempotency_key: str | None = key()
