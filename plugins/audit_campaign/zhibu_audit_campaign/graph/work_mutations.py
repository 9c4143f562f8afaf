"""Changing what a branch prepares and hands up, and what it finds about members."""

import strawberry

from zhibu.act import Act
from zhibu.graph import Payload, mutation, written
from zhibu.graph.inputs import row
from zhibu.reading import public
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.graph import sheets as types
from zhibu_audit_campaign.graph import work_inputs as inputs
from zhibu_audit_campaign.graph.types import AuditCampaignAudited
from zhibu_audit_campaign.service import planning, sheets, suggesting, work

OWN = "the answer to one's own mutation"


@public(OWN)
@strawberry.type(description="支部工作变更的结果。 What became of the work of an organization.")
class AuditCampaignAuditedPayload(Payload):
    audited: AuditCampaignAudited | None = written(AuditCampaignAudited)


@public(OWN)
@strawberry.type(description="工作组变更的结果。 What became of a work group.")
class AuditCampaignWorkerPayload(Payload):
    worker: types.AuditCampaignWorker | None = written(types.AuditCampaignWorker)


@public(OWN)
@strawberry.type(description="培训记录变更的结果。 What became of a training.")
class AuditCampaignTrainingPayload(Payload):
    training: types.AuditCampaignTraining | None = written(types.AuditCampaignTraining)


@public(OWN)
@strawberry.type(description="排查表变更的结果。 What became of a sheet.")
class AuditCampaignSheetPayload(Payload):
    sheet: types.AuditCampaignSheet | None = written(types.AuditCampaignSheet)


@public(OWN)
@strawberry.type(description="问题认定的结果。 What became of an issue.")
class AuditCampaignIssuePayload(Payload):
    issue: types.AuditCampaignIssue | None = written(types.AuditCampaignIssue)


@strawberry.type
class WorkMutation:
    @mutation(permission=actions.FILL)
    async def audit_campaign_plan_write(
        self, act: Act, input: inputs.AuditCampaignPlanWriteInput
    ) -> AuditCampaignAuditedPayload:
        """写明本组织自己的排查方案。 Write the plan of a branch, or of a level above it."""
        id = row(input.audited, "AuditCampaignAudited", "audited")
        await planning.write(act, id, input.plan(), version=input.version)
        return AuditCampaignAuditedPayload(row=id)

    @mutation(permission=actions.VERIFY)
    async def audit_campaign_plan_review(
        self, act: Act, input: inputs.AuditCampaignPlanReviewInput
    ) -> AuditCampaignAuditedPayload:
        """上级逐一审核排查方案，同意或说明理由退回，可改。 Accept a plan, or return it."""
        id = row(input.audited, "AuditCampaignAudited", "audited")
        remark = input.remark or ""
        await planning.review(act, id, accepts=input.accepts, remark=remark, version=input.version)
        return AuditCampaignAuditedPayload(row=id)

    @mutation(permission=actions.FILL)
    async def audit_campaign_worker_add(
        self, act: Act, input: inputs.AuditCampaignWorkerAddInput
    ) -> AuditCampaignWorkerPayload:
        """成立工作组，落实专人。 Put somebody into the work group."""
        id = row(input.audited, "AuditCampaignAudited", "audited")
        member = row(input.member, "Member", "member")
        return AuditCampaignWorkerPayload(
            row=await work.add_worker(act, id, member, duty=input.duty, contact=input.contact)
        )

    @mutation(permission=actions.FILL)
    async def audit_campaign_worker_end(
        self, act: Act, input: inputs.AuditCampaignWorkerEndInput
    ) -> AuditCampaignWorkerPayload:
        """退出工作组。 Take somebody out of the work group."""
        id = row(input.worker, "AuditCampaignWorker", "worker")
        await work.end_worker(act, id, reason=input.reason)
        return AuditCampaignWorkerPayload(row=id)

    @mutation(permission=actions.FILL)
    async def audit_campaign_training_record(
        self, act: Act, input: inputs.AuditCampaignTrainingRecordInput
    ) -> AuditCampaignTrainingPayload:
        """登记排查培训。 Record that the work group was trained."""
        id = row(input.audited, "AuditCampaignAudited", "audited")
        made = await work.train(act, id, input.on, topics=input.topics, people=input.people)
        return AuditCampaignTrainingPayload(row=made)

    @mutation(permission=actions.FILL)
    async def audit_campaign_training_void(
        self, act: Act, input: inputs.AuditCampaignTrainingVoidInput
    ) -> AuditCampaignTrainingPayload:
        """撤回误登的培训。 Take back a training recorded by mistake."""
        id = row(input.training, "AuditCampaignTraining", "training")
        await work.void_training(act, id, reason=input.reason)
        return AuditCampaignTrainingPayload(row=id)

    @mutation(permission=actions.FILL)
    async def audit_campaign_prefill(
        self, act: Act, input: inputs.AuditCampaignPrefillInput
    ) -> AuditCampaignAuditedPayload:
        """由党费、组织生活、介绍信和流动台账预填并提示问题，由人认定。
        Fill sheets in advance from other records and suggest issues; people decide."""
        id = row(input.audited, "AuditCampaignAudited", "audited")
        await suggesting.prefill(act, id)
        return AuditCampaignAuditedPayload(row=id)

    @mutation(permission=actions.FILL)
    async def audit_campaign_sheet_complete(
        self, act: Act, input: inputs.AuditCampaignSheetCompleteInput
    ) -> AuditCampaignSheetPayload:
        """逐项核查后完成排查表，须有凭据。 Complete a sheet, check by check, with evidence."""
        id = row(input.sheet, "AuditCampaignSheet", "sheet")
        await sheets.complete(act, id, input.filling())
        return AuditCampaignSheetPayload(row=id)

    @mutation(permission=actions.FILL)
    async def audit_campaign_sheet_reopen(
        self, act: Act, input: inputs.AuditCampaignSheetReopenInput
    ) -> AuditCampaignSheetPayload:
        """重新打开误完成的排查表。 Open a sheet again that was completed by mistake."""
        id = row(input.sheet, "AuditCampaignSheet", "sheet")
        await sheets.reopen(act, id, reason=input.reason)
        return AuditCampaignSheetPayload(row=id)

    @mutation(permission=actions.FILL)
    async def audit_campaign_label(
        self, act: Act, input: inputs.AuditCampaignLabelInput
    ) -> AuditCampaignIssuePayload:
        """登记没有提示到的标签。 Give a member a label that no rule suggested."""
        id = row(input.sheet, "AuditCampaignSheet", "sheet")
        return AuditCampaignIssuePayload(
            row=await sheets.label(act, id, input.label, note=input.note)
        )

    @mutation(permission=actions.FILL)
    async def audit_campaign_judge(
        self, act: Act, input: inputs.AuditCampaignJudgeInput
    ) -> AuditCampaignIssuePayload:
        """认定或排除一个问题，可改判。 Confirm an issue or dismiss it; either may be undone."""
        id = row(input.issue, "AuditCampaignIssue", "issue")
        await sheets.judge(act, id, confirms=input.confirms, note=input.note)
        return AuditCampaignIssuePayload(row=id)

    @mutation(permission=actions.SUBMIT)
    async def audit_campaign_submit(
        self, act: Act, input: inputs.AuditCampaignSubmitInput
    ) -> AuditCampaignAuditedPayload:
        """上报支部排查结果，一人不漏。 Hand up the results of a branch; nobody is left out."""
        id = row(input.audited, "AuditCampaignAudited", "audited")
        await work.submit(act, id, version=input.version)
        return AuditCampaignAuditedPayload(row=id)

    @mutation(permission=actions.SUBMIT)
    async def audit_campaign_submission_withdraw(
        self, act: Act, input: inputs.AuditCampaignSubmissionWithdrawInput
    ) -> AuditCampaignAuditedPayload:
        """撤回尚未核查的上报。 Take back results that nobody has verified yet."""
        id = row(input.audited, "AuditCampaignAudited", "audited")
        await work.withdraw(act, id, reason=input.reason, version=input.version)
        return AuditCampaignAuditedPayload(row=id)
