"""The level above: verifying, returning, reporting, reviewing, drawing, answering."""

import strawberry

from zhibu.act import Act
from zhibu.graph import Payload, mutation, written
from zhibu.graph.inputs import row
from zhibu.reading import public
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.graph import verifying_inputs as inputs
from zhibu_audit_campaign.graph import verifying_types as types
from zhibu_audit_campaign.graph.searches import AuditCampaignSearchPayload
from zhibu_audit_campaign.graph.work_mutations import OWN, AuditCampaignAuditedPayload
from zhibu_audit_campaign.service import drawing, verifying

KIND = "AuditCampaignAudited"


@public(OWN)
@strawberry.type(description="抽样的结果。 What was drawn.")
class AuditCampaignDrawPayload(Payload):
    draw: types.AuditCampaignDraw | None = written(types.AuditCampaignDraw)


@public(OWN)
@strawberry.type(description="抽查登记的结果。 What was found at a sample.")
class AuditCampaignSamplePayload(Payload):
    sample: types.AuditCampaignSample | None = written(types.AuditCampaignSample)


@public(OWN)
@strawberry.type(description="请示变更的结果。 What became of a question.")
class AuditCampaignQuestionPayload(Payload):
    question: types.AuditCampaignQuestion | None = written(types.AuditCampaignQuestion)


@strawberry.type
class VerifyingMutation:
    @mutation(permission=actions.VERIFY)
    async def audit_campaign_verify(
        self, act: Act, input: inputs.AuditCampaignVerifyInput
    ) -> AuditCampaignAuditedPayload:
        """三查三核后接收支部结果。 Accept the results of a branch, having verified them."""
        id = row(input.audited, KIND, "audited")
        await verifying.verify(act, id, input.verification(), version=input.version)
        return AuditCampaignAuditedPayload(row=id)

    @mutation(permission=actions.VERIFY)
    async def audit_campaign_return(
        self, act: Act, input: inputs.AuditCampaignReturnInput
    ) -> AuditCampaignAuditedPayload:
        """退回支部结果或下级报告，须说明原因。 Return results or a report, with a reason."""
        id = row(input.audited, KIND, "audited")
        await verifying.give_back(act, id, reason=input.reason, version=input.version)
        return AuditCampaignAuditedPayload(row=id)

    @mutation(permission=actions.VERIFY)
    async def audit_campaign_decision_withdraw(
        self, act: Act, input: inputs.AuditCampaignDecisionWithdrawInput
    ) -> AuditCampaignAuditedPayload:
        """撤销误作的接收或退回。 Take a decision back that was made by mistake."""
        id = row(input.audited, KIND, "audited")
        await verifying.take_back(act, id, reason=input.reason)
        return AuditCampaignAuditedPayload(row=id)

    @mutation(permission=actions.REPORT)
    async def audit_campaign_report(
        self, act: Act, input: inputs.AuditCampaignReportInput
    ) -> AuditCampaignAuditedPayload:
        """上报党委或区级报告，数字为所属支部之和。 Hand up a report; numbers are sums."""
        id = row(input.audited, KIND, "audited")
        await verifying.report(act, id, input.report(), version=input.version)
        return AuditCampaignAuditedPayload(row=id)

    @mutation(permission=actions.REPORT)
    async def audit_campaign_report_withdraw(
        self, act: Act, input: inputs.AuditCampaignReportWithdrawInput
    ) -> AuditCampaignAuditedPayload:
        """撤回上级尚未审核的报告。 Take a report back that nobody has decided on."""
        id = row(input.audited, KIND, "audited")
        await verifying.take_report_back(act, id, reason=input.reason, version=input.version)
        return AuditCampaignAuditedPayload(row=id)

    @mutation(permission=actions.REVIEW)
    async def audit_campaign_review(
        self, act: Act, input: inputs.AuditCampaignReviewInput
    ) -> AuditCampaignAuditedPayload:
        """审核并接收下级报告。 Accept a report from below."""
        id = row(input.audited, KIND, "audited")
        await verifying.review(act, id, remark=input.remark, version=input.version)
        return AuditCampaignAuditedPayload(row=id)

    @mutation(permission=actions.REVIEW)
    async def audit_campaign_search_review(
        self, act: Act, input: inputs.AuditCampaignSearchReviewInput
    ) -> AuditCampaignSearchPayload:
        """逐份审核失联党员查找档案。 Review the file of who is lost."""
        id = row(input.search, "AuditCampaignSearch", "search")
        await verifying.review_search(act, id, remark=input.remark)
        return AuditCampaignSearchPayload(row=id)

    @mutation(permission=actions.REVIEW)
    async def audit_campaign_draw(
        self, act: Act, input: inputs.AuditCampaignDrawInput
    ) -> AuditCampaignDrawPayload:
        """按类型和规模分层抽取支部，也可分领域逐轮抽取。 Draw branches, of every kind and size."""
        id = row(input.audited, KIND, "audited")
        among = [row(each, KIND, "among") for each in input.among or []]
        made = await drawing.draw(act, id, percent=input.percent, sector=input.sector, among=among)
        return AuditCampaignDrawPayload(row=made)

    @mutation(permission=actions.REVIEW)
    async def audit_campaign_sample_record(
        self, act: Act, input: inputs.AuditCampaignSampleRecordInput
    ) -> AuditCampaignSamplePayload:
        """登记抽查情况，与上报比对。 Tell what was found, beside what was reported."""
        id = row(input.sample, "AuditCampaignSample", "sample")
        await drawing.find(act, id, input.found())
        return AuditCampaignSamplePayload(row=id)

    @mutation(permission=actions.ASK)
    async def audit_campaign_ask(
        self, act: Act, input: inputs.AuditCampaignAskInput
    ) -> AuditCampaignQuestionPayload:
        """政策界限不清的，及时向上请示。 Ask upward what is not clear."""
        id = row(input.audited, KIND, "audited")
        return AuditCampaignQuestionPayload(row=await drawing.ask(act, id, text=input.text))

    @mutation(permission=actions.ASK)
    async def audit_campaign_ask_withdraw(
        self, act: Act, input: inputs.AuditCampaignAskWithdrawInput
    ) -> AuditCampaignQuestionPayload:
        """撤回尚未答复的请示。 Take a question back that nobody has answered."""
        id = row(input.question, "AuditCampaignQuestion", "question")
        await drawing.withdraw(act, id)
        return AuditCampaignQuestionPayload(row=id)

    @mutation(permission=actions.ANSWER)
    async def audit_campaign_answer(
        self, act: Act, input: inputs.AuditCampaignAnswerInput
    ) -> AuditCampaignQuestionPayload:
        """答复下级请示。 Answer a question from below."""
        id = row(input.question, "AuditCampaignQuestion", "question")
        await drawing.answer(act, id, text=input.text)
        return AuditCampaignQuestionPayload(row=id)
