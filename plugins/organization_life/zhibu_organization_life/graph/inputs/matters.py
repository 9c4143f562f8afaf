"""What a client says about matters of a unit."""

from datetime import date

import strawberry

from zhibu.graph.inputs import key, optional, row, told
from zhibu_organization_life.graph.enums import Channel, MatterKind
from zhibu_organization_life.rules.matters import Wanted

MATTER = "事项。 The matter."


@strawberry.input(
    description="分析、检查、述职评议、意见或领导干部报告；报告加密。 A matter to be recorded."
)
class OrganizationLifeMatterRecordInput:
    organization: strawberry.ID = told("登记的党组织。 Whose matter it is.")
    kind: MatterKind = told("类型。 Kind.")
    title: str = told("名称。 What it is about.")
    details: str = told("内容。 What it says.")
    on: date = told("日期。 Day.")
    member: strawberry.ID | None = told(
        "被评议人或报告人；仅述职评议和报告填写。 Whom it is about, of reviews and reports.", None
    )
    channel: Channel | None = told(
        "意见渠道；仅意见填写。 How it came in, of opinions and feedback.", None
    )
    late_reason: str | None = told("补录原因。 Why it is entered so late.", None)
    idempotency_key: str | None = key()

    def wanted(self) -> Wanted:
        return Wanted(
            organization_id=row(self.organization, "Organization", "organization"),
            kind=self.kind,
            title=self.title,
            details=self.details,
            happened_on=self.on,
            member_id=optional(self.member, "Member", "member"),
            channel=self.channel,
            late_reason=self.late_reason,
        )


@strawberry.input(description="办理、评定或反馈情况。 What came of a matter.")
class OrganizationLifeMatterAnswerInput:
    matter: strawberry.ID = told(MATTER)
    on: date = told("日期。 When.")
    answer: str = told("情况。 What came of it.")
    reason: str | None = told("再次填写的原因。 Why it is told anew.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="作废事项。 A matter to be voided.")
class OrganizationLifeMatterVoidInput:
    matter: strawberry.ID = told(MATTER)
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="查看领导干部报告的内容。 A report to be opened.")
class OrganizationLifeMatterOpenInput:
    matter: strawberry.ID = told(MATTER)
    reason: str = told("查看原因，报告人可见。 Why; the leader sees it.")
