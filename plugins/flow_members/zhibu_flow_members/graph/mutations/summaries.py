"""Handing up reports on members away, and deciding them."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu.graph.inputs import row
from zhibu_flow_members import actions
from zhibu_flow_members.graph.inputs import summaries as inputs
from zhibu_flow_members.graph.inputs.summaries import summary_row
from zhibu_flow_members.graph.payloads import FlowMembersSummaryPayload
from zhibu_flow_members.service import summaries


@strawberry.type
class SummaryMutation:
    """Everything that changes reports."""

    @mutation(permission=actions.SUBMIT)
    async def flow_members_summary_submit(
        self, act: Act, input: inputs.FlowMembersSummarySubmitInput
    ) -> FlowMembersSummaryPayload:
        """由登记生成并上报流动党员情况。 Report a period, counted from the records."""
        unit = row(input.organization, "Organization", "organization")
        id = await summaries.submit(act, unit, input.year, input.half, note=input.note)
        return FlowMembersSummaryPayload(row=id)

    @mutation(permission=actions.SUMMARY_DECIDE)
    async def flow_members_summary_accept(
        self, act: Act, input: inputs.FlowMembersSummaryAcceptInput
    ) -> FlowMembersSummaryPayload:
        """上级接收报告。 Accept a report of the level below."""
        id = summary_row(input.summary)
        await summaries.accept(act, id)
        return FlowMembersSummaryPayload(row=id)

    @mutation(permission=actions.SUMMARY_DECIDE)
    async def flow_members_summary_return(
        self, act: Act, input: inputs.FlowMembersSummaryReturnInput
    ) -> FlowMembersSummaryPayload:
        """上级退回报告并说明原因。 Return a report with a reason."""
        id = summary_row(input.summary)
        await summaries.give_back(act, id, reason=input.reason)
        return FlowMembersSummaryPayload(row=id)
