"""Everything that changes who is away, and who takes him in."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu.graph.inputs import row
from zhibu_flow_members import actions
from zhibu_flow_members.graph.inputs import arrivals as incoming
from zhibu_flow_members.graph.inputs import cases as inputs
from zhibu_flow_members.graph.inputs.arrivals import arrival_row
from zhibu_flow_members.graph.inputs.cases import case_row
from zhibu_flow_members.graph.payloads import (
    FlowMembersArrivalPayload,
    FlowMembersCasePayload,
    FlowMembersReachPayload,
)
from zhibu_flow_members.service import arrivals, cases, contacts, endings, peers


@strawberry.type
class CaseMutation:
    """Everything that the member's branch changes."""

    @mutation(permission=actions.RECORD)
    async def flow_members_case_record(
        self, act: Act, input: inputs.FlowMembersCaseRecordInput
    ) -> FlowMembersCasePayload:
        """登记外出党员。 Record that somebody goes away."""
        id = await cases.record(
            act,
            row(input.member, "Member", "member"),
            input.terms(),
            host_code=input.host,
            asked=input.asked(),
            reach=input.reach.reach() if input.reach else None,
            told=input.talk.told() if input.talk else None,
            late_reason=input.late_reason,
        )
        return FlowMembersCasePayload(row=id)

    @mutation(permission=actions.RECORD)
    async def flow_members_case_change(
        self, act: Act, input: inputs.FlowMembersCaseChangeInput
    ) -> FlowMembersCasePayload:
        """更正外出登记并说明原因。 Put a case right, with a reason."""
        id = case_row(input.case)
        await cases.change(
            act,
            id,
            input.wanted(),
            reason=input.reason,
            host_code=input.host,
            reach=input.reach.reach() if input.reach else None,
            version=input.version,
        )
        return FlowMembersCasePayload(row=id)

    @mutation(permission=actions.RECORD)
    async def flow_members_case_tell(
        self, act: Act, input: inputs.FlowMembersCaseTellInput
    ) -> FlowMembersCasePayload:
        """登记行前谈话。 Record the talk before somebody goes."""
        id = case_row(input.case)
        await cases.tell(act, id, input.talk.told(), reason=input.reason)
        return FlowMembersCasePayload(row=id)

    @mutation(permission=actions.RECORD)
    async def flow_members_case_offer(
        self, act: Act, input: inputs.FlowMembersCaseOfferInput
    ) -> FlowMembersCasePayload:
        """请平台内其他单位接收；该单位答复后可知。 Ask another institution to take him in."""
        id = case_row(input.case)
        await peers.offer(act, id, inputs.asked(input.institution, input.organization_code))
        return FlowMembersCasePayload(row=id)

    @mutation(permission=actions.RECORD)
    async def flow_members_case_recall(
        self, act: Act, input: inputs.FlowMembersCaseReasonInput
    ) -> FlowMembersCasePayload:
        """告知该单位党员不再在其处。 Tell that institution that he is not there any more."""
        id = case_row(input.case)
        await peers.recall(act, id, reason=input.reason)
        return FlowMembersCasePayload(row=id)

    @mutation(permission=actions.RECORD)
    async def flow_members_case_end(
        self, act: Act, input: inputs.FlowMembersCaseEndInput
    ) -> FlowMembersCasePayload:
        """登记返回、转移或转往他处。 Somebody is no longer away."""
        id = case_row(input.case)
        await endings.end(act, id, input.on, input.ending, note=input.note)
        return FlowMembersCasePayload(row=id)

    @mutation(permission=actions.RECORD)
    async def flow_members_case_resume(
        self, act: Act, input: inputs.FlowMembersCaseReasonInput
    ) -> FlowMembersCasePayload:
        """撤销误登的结束。 Take back an ending that was a slip."""
        id = case_row(input.case)
        await endings.resume(act, id, reason=input.reason)
        return FlowMembersCasePayload(row=id)

    @mutation(permission=actions.RECORD)
    async def flow_members_case_void(
        self, act: Act, input: inputs.FlowMembersCaseReasonInput
    ) -> FlowMembersCasePayload:
        """作废误登的外出登记。 Void a case recorded by mistake."""
        id = case_row(input.case)
        await cases.void(act, id, reason=input.reason)
        return FlowMembersCasePayload(row=id)

    @mutation(permission=actions.OPEN)
    async def flow_members_contact_open(
        self, act: Act, input: inputs.FlowMembersContactOpenInput
    ) -> FlowMembersReachPayload:
        """查看外出期间的联系方式，留痕。 Open how he is reached; it is logged."""
        found = await contacts.read(act, case_row(input.case), reason=input.reason)
        return FlowMembersReachPayload(
            phone=found.phone, address=found.address, relative=found.relative
        )


@strawberry.type
class ArrivalMutation:
    """Everything that the host and the level above it change."""

    @mutation(permission=actions.TAKE_IN)
    async def flow_members_arrival_verify(
        self, act: Act, input: incoming.FlowMembersArrivalVerifyInput
    ) -> FlowMembersArrivalPayload:
        """验证并接收外来党员。 Verify who came."""
        id = arrival_row(input.arrival)
        await arrivals.verify(act, id, input.arrived_on, note=input.note, serial=input.serial)
        return FlowMembersArrivalPayload(row=id)

    @mutation(permission=actions.TAKE_IN)
    async def flow_members_arrival_withdraw(
        self, act: Act, input: incoming.FlowMembersArrivalReasonInput
    ) -> FlowMembersArrivalPayload:
        """撤回误登的验证。 Take back a verification."""
        id = arrival_row(input.arrival)
        await arrivals.withdraw(act, id, reason=input.reason)
        return FlowMembersArrivalPayload(row=id)

    @mutation(permission=actions.FILE)
    async def flow_members_arrival_file(
        self, act: Act, input: incoming.FlowMembersArrivalFileInput
    ) -> FlowMembersArrivalPayload:
        """上级党组织备案。 Take a verification into the files."""
        id = arrival_row(input.arrival)
        await arrivals.file(act, id)
        return FlowMembersArrivalPayload(row=id)

    @mutation(permission=actions.FILE)
    async def flow_members_arrival_unfile(
        self, act: Act, input: incoming.FlowMembersArrivalReasonInput
    ) -> FlowMembersArrivalPayload:
        """撤销误登的备案。 Take out of the files what was filed by mistake."""
        id = arrival_row(input.arrival)
        await arrivals.unfile(act, id, reason=input.reason)
        return FlowMembersArrivalPayload(row=id)
