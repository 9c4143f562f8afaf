"""What the level above gives: verifications, reports, reviews, draws and answers."""

from datetime import date

import strawberry

from zhibu.graph.inputs import key, optional, told
from zhibu_audit_campaign.graph.work_inputs import AUDITED, SEARCH, AuditCampaignCheckInput
from zhibu_audit_campaign.rules.checking import Checked
from zhibu_audit_campaign.rules.drawing import Found
from zhibu_audit_campaign.rules.verifying import Report, Situation, Verification


@strawberry.input(description="核实的一类党员。 A kind of members that was verified.")
class AuditCampaignSituationInput:
    code: str = told("类别（方案中的代码）。 Which, by its code in the plan.")
    number: int = told("数量，须与台账一致。 How many, as the records have it.")
    destination: str | None = told("去向。 Where to.", None)
    state: str | None = told("现状。 How it is now.", None)
    contact: str | None = told("联系情况。 How they are reached.", None)
    duration: str | None = told("失联多久。 For how long.", None)
    circumstances: str | None = told("情形。 In what circumstances.", None)
    cause: str | None = told("原因。 Why.", None)


@strawberry.input(description="核查支部结果并接收。 A verification of a branch.")
class AuditCampaignVerifyInput:
    audited: strawberry.ID = told(AUDITED)
    checks: list[AuditCampaignCheckInput] = told("三查。 The committee's checks.")
    situations: list[AuditCampaignSituationInput] = told("三核。 What is verified.")
    measures: str = told("措施。 Measures.")
    ways: str | None = told("查找失联党员的办法。 Ways to search who is lost.", None)
    proposals: str = told("初步处理意见。 First proposals.")
    version: int | None = None
    idempotency_key: str | None = key()

    def verification(self) -> Verification:
        return Verification(
            checks=[
                Checked(check=each.check, result=each.result, note=each.note)
                for each in self.checks
            ],
            situations=[Situation(**vars(each)) for each in self.situations],
            measures=self.measures,
            ways=self.ways,
            proposals=self.proposals,
        )


@strawberry.input(description="退回更正。 What is returned for correction.")
class AuditCampaignReturnInput:
    audited: strawberry.ID = told(AUDITED)
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="撤销接收或退回。 A decision to be taken back.")
class AuditCampaignDecisionWithdrawInput:
    audited: strawberry.ID = told(AUDITED)
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="上报党委或区级报告。 A report to be handed up.")
class AuditCampaignReportInput:
    audited: strawberry.ID = told(AUDITED)
    content: str = told("报告内容。 What it says.")
    proposals: str = told("处理意见。 What is proposed.")
    chair: strawberry.ID | None = told("专题会议主持人（党委）。 Who chaired the meeting.", None)
    minutes: str | None = told("专题会议纪要（党委）。 Minutes of the meeting.", None)
    signer: str | None = told("签发领导（区级）。 The leader who signed.", None)
    version: int | None = None
    idempotency_key: str | None = key()

    def report(self) -> Report:
        return Report(
            content=self.content,
            proposals=self.proposals,
            chair_id=optional(self.chair, "Member", "chair"),
            minutes=self.minutes,
            signer=self.signer,
        )


@strawberry.input(description="撤回报告。 A report to be taken back.")
class AuditCampaignReportWithdrawInput:
    audited: strawberry.ID = told(AUDITED)
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="审核接收报告。 A report to be accepted.")
class AuditCampaignReviewInput:
    audited: strawberry.ID = told(AUDITED)
    remark: str = told("审核意见。 What is to be said of it.")
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="审核查找档案。 A file that was reviewed.")
class AuditCampaignSearchReviewInput:
    search: strawberry.ID = told(SEARCH)
    remark: str = told("审核意见。 What is to be said of it.")
    idempotency_key: str | None = key()


@strawberry.input(description="抽取支部。 A draw of branches.")
class AuditCampaignDrawInput:
    audited: strawberry.ID = told(AUDITED)
    percent: int | None = told(
        "比例（%），不填为规定的最低比例。 The share; the least if null.", None
    )
    sector: str | None = told(
        "重点领域（方案中的代码），分轮抽查时填写。 Of which sector a round is.", None
    )
    among: list[strawberry.ID] | None = told(
        "属于该领域的支部（排查中的）。 The branches of that sector, as they take part.", None
    )
    idempotency_key: str | None = key()


@strawberry.input(description="登记抽查结果。 What was found at a branch that was drawn.")
class AuditCampaignSampleRecordInput:
    sample: strawberry.ID = told("抽中的支部。 The branch that was drawn.")
    on: date
    people: int = told("抽查人数。 How many people were checked.")
    lost: int = told("失联人数。 Lost members.")
    hanging: int = told("空挂人数。 Hanging members.")
    floating: int = told("流动人数。 Floating members.")
    remark: str = told("抽查情况。 What was found.")
    idempotency_key: str | None = key()

    def found(self) -> Found:
        return Found(
            on=self.on,
            people=self.people,
            lost=self.lost,
            hanging=self.hanging,
            floating=self.floating,
            remark=self.remark,
        )


@strawberry.input(description="向上请示。 A question asked upward.")
class AuditCampaignAskInput:
    audited: strawberry.ID = told(AUDITED)
    text: str = told("请示内容。 What is asked.")
    idempotency_key: str | None = key()


@strawberry.input(description="撤回请示。 A question to be taken back.")
class AuditCampaignAskWithdrawInput:
    question: strawberry.ID = told("请示。 The question.")
    idempotency_key: str | None = key()


@strawberry.input(description="答复请示。 An answer to a question.")
class AuditCampaignAnswerInput:
    question: strawberry.ID = told("请示。 The question.")
    text: str = told("答复。 The answer.")
    idempotency_key: str | None = key()
