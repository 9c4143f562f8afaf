"""Recording matters of a unit, and opening what leaders report."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu_organization_life import actions
from zhibu_organization_life.graph.inputs import matters as inputs
from zhibu_organization_life.graph.inputs.rows import matter_row
from zhibu_organization_life.graph.payloads import (
    OrganizationLifeMatterPayload,
    OrganizationLifeReportPayload,
)
from zhibu_organization_life.service import matters


@strawberry.type
class MatterMutation:
    """Everything that changes matters of a unit."""

    @mutation(permission=actions.MATTER)
    async def organization_life_matter_record(
        self, act: Act, input: inputs.OrganizationLifeMatterRecordInput
    ) -> OrganizationLifeMatterPayload:
        """登记队伍分析、检查、述职评议、征求意见或报告。 Record a matter of a unit."""
        return OrganizationLifeMatterPayload(row=await matters.record(act, input.wanted()))

    @mutation(permission=actions.MATTER)
    async def organization_life_matter_answer(
        self, act: Act, input: inputs.OrganizationLifeMatterAnswerInput
    ) -> OrganizationLifeMatterPayload:
        """登记办理、评定或反馈情况。 Say what came of a matter."""
        id = matter_row(input.matter)
        await matters.answer(act, id, input.on, input.answer, reason=input.reason)
        return OrganizationLifeMatterPayload(row=id)

    @mutation(permission=actions.MATTER)
    async def organization_life_matter_void(
        self, act: Act, input: inputs.OrganizationLifeMatterVoidInput
    ) -> OrganizationLifeMatterPayload:
        """作废误登的事项。 Void a matter recorded by mistake."""
        id = matter_row(input.matter)
        await matters.void(act, id, reason=input.reason)
        return OrganizationLifeMatterPayload(row=id)

    @mutation(permission=actions.MATTER_OPEN)
    async def organization_life_matter_open(
        self, act: Act, input: inputs.OrganizationLifeMatterOpenInput
    ) -> OrganizationLifeReportPayload:
        """查看领导干部报告的内容，留痕。 Open what a leader reported; it is logged."""
        words = await matters.read(act, matter_row(input.matter), reason=input.reason)
        return OrganizationLifeReportPayload(reported=words)
