"""Handing up in the place of a branch that is no more."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu.graph.inputs import key, row, told
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.graph.work_inputs import AUDITED
from zhibu_audit_campaign.graph.work_mutations import AuditCampaignAuditedPayload
from zhibu_audit_campaign.service import standing_in


@strawberry.input(description="代已撤并或已无党员的支部上报。 Results of a branch that is no more.")
class AuditCampaignSubmitInPlaceInput:
    audited: strawberry.ID = told(AUDITED)
    successor: strawberry.ID | None = told(
        "党员现在所在组织。 With whom its members are now.", None
    )
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.type
class StandingInMutation:
    @mutation(permission=actions.VERIFY)
    async def audit_campaign_submit_in_place(
        self, act: Act, input: AuditCampaignSubmitInPlaceInput
    ) -> AuditCampaignAuditedPayload:
        """支部在名单固定后撤并或已无党员的，由上级说明理由代为上报，另由他人核查。
        Hand up in the place of a branch that was merged or emptied; somebody else verifies it."""
        id = row(input.audited, "AuditCampaignAudited", "audited")
        successor = input.successor and row(input.successor, "Organization", "successor")
        await standing_in.submit(
            act,
            id,
            successor_id=successor or None,
            reason=input.reason,
            version=input.version,
        )
        return AuditCampaignAuditedPayload(row=id)
