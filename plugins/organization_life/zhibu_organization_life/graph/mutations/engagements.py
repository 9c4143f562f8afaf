"""Changing what members take on."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu_organization_life import actions
from zhibu_organization_life.graph.inputs import engagements as inputs
from zhibu_organization_life.graph.inputs.rows import engagement_row, member_row
from zhibu_organization_life.graph.payloads import OrganizationLifeEngagementPayload
from zhibu_organization_life.service import engagements


@strawberry.type
class EngagementMutation:
    """Everything that changes what members take on."""

    @mutation(permission=actions.REGISTER)
    async def organization_life_engage(
        self, act: Act, input: inputs.OrganizationLifeEngageInput
    ) -> OrganizationLifeEngagementPayload:
        """登记承诺、岗位、联系、服务、责任书或关怀帮扶。 Record what a member takes on."""
        member, terms = member_row(input.member), input.terms()
        id = await engagements.engage(act, member, input.kind, terms, late_reason=input.late_reason)
        return OrganizationLifeEngagementPayload(row=id)

    @mutation(permission=actions.REGISTER)
    async def organization_life_engagement_change(
        self, act: Act, input: inputs.OrganizationLifeEngagementChangeInput
    ) -> OrganizationLifeEngagementPayload:
        """更正登记并说明原因。 Put a record right, with a reason."""
        id = engagement_row(input.engagement)
        await engagements.change(
            act, id, input.wanted(), reason=input.reason, version=input.version
        )
        return OrganizationLifeEngagementPayload(row=id)

    @mutation(permission=actions.REGISTER)
    async def organization_life_engagement_fulfil(
        self, act: Act, input: inputs.OrganizationLifeEngagementFulfilInput
    ) -> OrganizationLifeEngagementPayload:
        """登记践诺或完成情况。 Say what came of it."""
        id = engagement_row(input.engagement)
        await engagements.fulfil(act, id, input.on, input.result, reason=input.reason)
        return OrganizationLifeEngagementPayload(row=id)

    @mutation(permission=actions.REGISTER)
    async def organization_life_engagement_void(
        self, act: Act, input: inputs.OrganizationLifeEngagementVoidInput
    ) -> OrganizationLifeEngagementPayload:
        """作废误登的登记。 Void what was recorded by mistake."""
        id = engagement_row(input.engagement)
        await engagements.void(act, id, reason=input.reason)
        return OrganizationLifeEngagementPayload(row=id)
