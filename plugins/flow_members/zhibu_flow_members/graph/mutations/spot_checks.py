"""Drawing units to be checked, and telling what was found."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu.graph.inputs import row
from zhibu_flow_members import actions
from zhibu_flow_members.graph.inputs import spot_checks as inputs
from zhibu_flow_members.graph.inputs.spot_checks import unit_row
from zhibu_flow_members.graph.payloads import (
    FlowMembersSpotCheckPayload,
    FlowMembersSpotUnitPayload,
)
from zhibu_flow_members.service import spot_checks


@strawberry.type
class SpotCheckMutation:
    """Everything that changes spot checks."""

    @mutation(permission=actions.SPOT_CHECK)
    async def flow_members_spot_check_draw(
        self, act: Act, input: inputs.FlowMembersSpotCheckDrawInput
    ) -> FlowMembersSpotCheckPayload:
        """抽取本年度检查流动党员工作的单位。 Draw the units of this year."""
        unit = row(input.organization, "Organization", "organization")
        id = await spot_checks.draw(act, unit, input.count)
        return FlowMembersSpotCheckPayload(row=id)

    @mutation(permission=actions.SPOT_CHECK)
    async def flow_members_spot_check_find(
        self, act: Act, input: inputs.FlowMembersSpotCheckFindInput
    ) -> FlowMembersSpotUnitPayload:
        """登记抽查的情况。 Tell what was found."""
        id = unit_row(input.unit)
        await spot_checks.find(act, id, input.on, input.result, reason=input.reason)
        return FlowMembersSpotUnitPayload(row=id)
