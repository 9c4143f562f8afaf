"""What audits are given."""

from datetime import date

import strawberry

from zhibu.graph.inputs import key, told
from zhibu_audit_campaign.graph.words import PlanKind
from zhibu_audit_campaign.rules.campaigns import Dates, Opening

CAMPAIGN = "排查。 The audit."


@strawberry.input(description="一个阶段的起止日期。 The days of a stage, both included.")
class AuditCampaignDatesInput:
    stage: str = told("阶段代码。 The stage, by its code.")
    since: date = told("起。 First day.")
    until: date = told("止。 Last day.")

    def dates(self) -> Dates:
        return Dates(code=self.stage, since=self.since, until=self.until)


@strawberry.input(description="启动排查。 An audit to be opened.")
class AuditCampaignOpenInput:
    organization: strawberry.ID
    plan_kind: PlanKind = told("方案。 By which plan.")
    title: str = told("名称。 What it is called.")
    as_of: date = told("名单基准日。 The day of its list.")
    stages: list[AuditCampaignDatesInput] = told("各阶段日期，须逐一填写。 The days of each stage.")
    number: str | None = told("文号。 The document that orders it.", None)
    idempotency_key: str | None = key()

    def opening(self) -> Opening:
        return Opening(
            plan=self.plan_kind,
            title=self.title,
            as_of=self.as_of,
            dates=[each.dates() for each in self.stages],
            document=self.number,
        )


@strawberry.input(description="调整阶段日期。 Other days for a stage.")
class AuditCampaignStageMoveInput:
    campaign: strawberry.ID = told(CAMPAIGN)
    dates: AuditCampaignDatesInput = told("阶段和日期。 The stage and its days.")
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="结束、恢复或取消排查。 An audit to be ended, resumed or called off.")
class AuditCampaignReasonInput:
    campaign: strawberry.ID = told(CAMPAIGN)
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()
