"""What the work of a branch in an audit is given."""

from datetime import date

import strawberry

from zhibu.graph.inputs import key, row, told
from zhibu_audit_campaign.graph.words import Evidence, Method, Outcome, Result
from zhibu_audit_campaign.rules.checking import Checked, Filling
from zhibu_audit_campaign.rules.planning import Plan
from zhibu_audit_campaign.rules.searching import Conclusion, Entry

AUDITED = "参加排查的党组织。 The organization in the audit."
SHEET = "排查表。 The sheet."
SEARCH = "查找档案。 The search."
PROOF = "凭据说明。 What the evidence is."


@strawberry.input(description="本组织的排查方案。 The plan of an organization.")
class AuditCampaignPlanWriteInput:
    audited: strawberry.ID = told(AUDITED)
    content: str = told("排查内容。 What is checked.")
    focus: str = told("排查重点。 On what above all.")
    method: str = told("排查方法。 How.")
    timetable: str = told("时间安排。 When.")
    responsible: strawberry.ID = told("负责人。 Who answers for it.")
    version: int | None = None
    idempotency_key: str | None = key()

    def plan(self) -> Plan:
        return Plan(
            content=self.content,
            focus=self.focus,
            method=self.method,
            timetable=self.timetable,
            responsible_id=row(self.responsible, "Member", "responsible"),
        )


@strawberry.input(description="审核排查方案。 A plan to be reviewed.")
class AuditCampaignPlanReviewInput:
    audited: strawberry.ID = told(AUDITED)
    accepts: bool = told("同意或退回。 Accepted, or returned.")
    remark: str | None = told("意见；退回的须写明理由。 Needed to return it.", None)
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="排查工作组成员。 Somebody for a work group.")
class AuditCampaignWorkerAddInput:
    audited: strawberry.ID = told(AUDITED)
    member: strawberry.ID
    duty: str = told("分工。 What he does.")
    contact: str | None = told(
        "联系方式，随名单上报。 How he is reached; it goes up with the list.", None
    )
    idempotency_key: str | None = key()


@strawberry.input(description="退出工作组。 Somebody who leaves a work group.")
class AuditCampaignWorkerEndInput:
    worker: strawberry.ID = told("工作组成员。 Who.")
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="排查培训。 A training of a work group.")
class AuditCampaignTrainingRecordInput:
    audited: strawberry.ID = told(AUDITED)
    on: date
    topics: str = told("内容。 On what.")
    people: int = told("参加人数。 How many came.")
    idempotency_key: str | None = key()


@strawberry.input(description="撤回培训记录。 A training to be taken back.")
class AuditCampaignTrainingVoidInput:
    training: strawberry.ID = told("培训记录。 The training.")
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="由现有台账预填排查表。 Sheets to be filled in advance.")
class AuditCampaignPrefillInput:
    audited: strawberry.ID = told(AUDITED)
    idempotency_key: str | None = key()


@strawberry.input(description="一项核查的结果。 What one check came to.")
class AuditCampaignCheckInput:
    check: str = told("核查项（方案中的代码）。 The check, by its code in the plan.")
    result: Result = told("结果。 What it came to.")
    note: str | None = told("说明；有问题或不清楚的必填。 Needed unless it is in order.", None)


@strawberry.input(description="完成排查表。 A sheet to be completed.")
class AuditCampaignSheetCompleteInput:
    sheet: strawberry.ID = told(SHEET)
    checks: list[AuditCampaignCheckInput] = told("各项核查，不得遗漏。 Every check.")
    evidence: Evidence = told("凭据。 By what evidence.")
    evidence_note: str = told(PROOF)
    contacted_on: date | None = told("见面或联系日期。 When he was contacted.", None)
    note: str | None = told("备注。 A note.", None)
    idempotency_key: str | None = key()

    def filling(self) -> Filling:
        return Filling(
            checks=[
                Checked(check=each.check, result=each.result, note=each.note)
                for each in self.checks
            ],
            evidence=self.evidence,
            evidence_note=self.evidence_note,
            contacted_on=self.contacted_on,
            note=self.note,
        )


@strawberry.input(description="重新打开排查表。 A sheet to be reopened.")
class AuditCampaignSheetReopenInput:
    sheet: strawberry.ID = told(SHEET)
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="登记标签。 A label for a member.")
class AuditCampaignLabelInput:
    sheet: strawberry.ID = told(SHEET)
    label: str = told("标签（方案中的代码）。 The label, by its code in the plan.")
    note: str = told("事实。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="认定或排除问题。 An issue to be confirmed or dismissed.")
class AuditCampaignJudgeInput:
    issue: strawberry.ID = told("问题。 The issue.")
    confirms: bool = told("是否属实。 Whether it is so.")
    note: str = told("理由。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="建立查找档案。 A search to be opened.")
class AuditCampaignSearchOpenInput:
    sheet: strawberry.ID = told(SHEET)
    responsible: strawberry.ID = told("责任人。 Who answers for it.")
    due_on: date = told("查找期限。 By when.")
    idempotency_key: str | None = key()


@strawberry.input(description="变更查找责任人或期限。 Who answers for a search, and by when.")
class AuditCampaignSearchEntrustInput:
    search: strawberry.ID = told(SEARCH)
    responsible: strawberry.ID = told("责任人。 Who answers for it.")
    due_on: date = told("查找期限。 By when.")
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="查找记录。 A step of a search.")
class AuditCampaignSearchLogInput:
    search: strawberry.ID = told(SEARCH)
    on: date
    method: Method = told("方式。 By what way.")
    course: str = told("经过。 How it went.")
    by: strawberry.ID = told("经办人。 Who took it.")
    evidence: Evidence = told("凭据。 By what evidence.")
    evidence_note: str = told(PROOF)
    idempotency_key: str | None = key()

    def entry(self) -> Entry:
        return Entry(
            on=self.on,
            method=self.method,
            course=self.course,
            by_id=row(self.by, "Member", "by"),
            evidence=self.evidence,
            evidence_note=self.evidence_note,
        )


@strawberry.input(description="撤回查找记录。 A step to be taken back.")
class AuditCampaignSearchEntryVoidInput:
    search_entry: strawberry.ID = told("查找记录。 The step.")
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(
    description="查找办结，三个清楚不得空缺。 How a search ends; nothing stays blank."
)
class AuditCampaignSearchConcludeInput:
    search: strawberry.ID = told(SEARCH)
    outcome: Outcome = told("结果。 Found or not.")
    lost_since: date | None = told("失联起始日期。 Since when he was lost.", None)
    circumstances: str = told("失联情形。 In what circumstances.")
    cause: str = told("失联原因。 Why.")
    conduct: str | None = told("失联期间表现。 How he behaved meanwhile.", None)
    version: int | None = None
    idempotency_key: str | None = key()

    def conclusion(self) -> Conclusion:
        return Conclusion(
            outcome=self.outcome,
            lost_since=self.lost_since,
            circumstances=self.circumstances,
            cause=self.cause,
            conduct=self.conduct,
        )


@strawberry.input(description="继续查找。 A search to be gone on with.")
class AuditCampaignSearchReopenInput:
    search: strawberry.ID = told(SEARCH)
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="上报支部排查结果。 Results to be handed up.")
class AuditCampaignSubmitInput:
    audited: strawberry.ID = told(AUDITED)
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="撤回上报。 Results to be taken back.")
class AuditCampaignSubmissionWithdrawInput:
    audited: strawberry.ID = told(AUDITED)
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()
