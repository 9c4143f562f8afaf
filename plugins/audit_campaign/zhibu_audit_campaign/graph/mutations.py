"""Changing audits as a whole."""

import strawberry

from zhibu.act import Act
from zhibu.graph import Payload, mutation, written
from zhibu.graph.inputs import row
from zhibu.reading import public
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.graph import inputs, types
from zhibu_audit_campaign.service import campaigns


@public("the answer to one's own mutation")
@strawberry.type(description="排查变更的结果。 What became of an audit.")
class AuditCampaignPayload(Payload):
    campaign: types.AuditCampaign | None = written(types.AuditCampaign)


@strawberry.type
class CampaignMutation:
    @mutation(permission=actions.OPEN)
    async def audit_campaign_open(
        self, act: Act, input: inputs.AuditCampaignOpenInput
    ) -> AuditCampaignPayload:
        """按方案启动排查并固定名单。 Open an audit by a plan; its list is made and kept."""
        unit = row(input.organization, "Organization", "organization")
        return AuditCampaignPayload(row=await campaigns.open(act, unit, input.opening()))

    @mutation(permission=actions.OPEN)
    async def audit_campaign_stage_move(
        self, act: Act, input: inputs.AuditCampaignStageMoveInput
    ) -> AuditCampaignPayload:
        """调整一个阶段的日期，须说明理由。 Give a stage other days, with a reason."""
        id = row(input.campaign, "AuditCampaign", "campaign")
        dates, reason = input.dates.dates(), input.reason
        await campaigns.move_stage(act, id, dates, reason=reason, version=input.version)
        return AuditCampaignPayload(row=id)

    @mutation(permission=actions.OPEN)
    async def audit_campaign_end(
        self, act: Act, input: inputs.AuditCampaignReasonInput
    ) -> AuditCampaignPayload:
        """结束排查；内容保留备查。 End an audit; it stays to be read and compared."""
        id = row(input.campaign, "AuditCampaign", "campaign")
        await campaigns.end(act, id, reason=input.reason, version=input.version)
        return AuditCampaignPayload(row=id)

    @mutation(permission=actions.OPEN)
    async def audit_campaign_resume(
        self, act: Act, input: inputs.AuditCampaignReasonInput
    ) -> AuditCampaignPayload:
        """恢复已结束的排查。 Take an audit up again that had ended."""
        id = row(input.campaign, "AuditCampaign", "campaign")
        await campaigns.resume(act, id, reason=input.reason, version=input.version)
        return AuditCampaignPayload(row=id)

    @mutation(permission=actions.OPEN)
    async def audit_campaign_cancel(
        self, act: Act, input: inputs.AuditCampaignReasonInput
    ) -> AuditCampaignPayload:
        """取消误启动的排查。 Call off an audit that was opened by mistake."""
        id = row(input.campaign, "AuditCampaign", "campaign")
        await campaigns.cancel(act, id, reason=input.reason, version=input.version)
        return AuditCampaignPayload(row=id)
