"""Noting contact and reports, and saying who keeps contact."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu.graph.inputs import row
from zhibu_flow_members import actions
from zhibu_flow_members.graph.inputs import notes as inputs
from zhibu_flow_members.graph.inputs.arrivals import arrival_row
from zhibu_flow_members.graph.inputs.cases import case_row
from zhibu_flow_members.graph.inputs.notes import liaison_row, note_row
from zhibu_flow_members.graph.payloads import FlowMembersLiaisonPayload, FlowMembersNotePayload
from zhibu_flow_members.service import liaisons, notes


@strawberry.type
class NoteMutation:
    """Everything that both sides note."""

    @mutation(permission=actions.RECORD)
    async def flow_members_note_record(
        self, act: Act, input: inputs.FlowMembersNoteRecordInput
    ) -> FlowMembersNotePayload:
        """流出地登记联系、教育、走访、评议和批评教育。 His branch notes something."""
        id = await notes.note(act, case_row(input.case), input.wanted())
        return FlowMembersNotePayload(row=id)

    @mutation(permission=actions.REPORT)
    async def flow_members_report_write(
        self, act: Act, input: inputs.FlowMembersReportWriteInput
    ) -> FlowMembersNotePayload:
        """流动党员汇报思想、学习和工作。 He reports, or what he sent is entered."""
        id = await notes.report(act, case_row(input.case), input.wanted())
        return FlowMembersNotePayload(row=id)

    @mutation(permission=actions.TAKE_IN)
    async def flow_members_arrival_note(
        self, act: Act, input: inputs.FlowMembersArrivalNoteInput
    ) -> FlowMembersNotePayload:
        """流入地登记联系、教育、参加组织生活和交纳党费。 The host notes something."""
        id = await notes.note_at_host(act, arrival_row(input.arrival), input.wanted())
        return FlowMembersNotePayload(row=id)

    @mutation(permission=actions.READ)
    async def flow_members_note_void(
        self, act: Act, input: inputs.FlowMembersNoteVoidInput
    ) -> FlowMembersNotePayload:
        """作废误登的记录。 Void a note made by mistake."""
        id = note_row(input.note)
        await notes.void(act, id, reason=input.reason)
        return FlowMembersNotePayload(row=id)

    @mutation(permission=actions.RECORD)
    async def flow_members_liaison_assign(
        self, act: Act, input: inputs.FlowMembersLiaisonAssignInput
    ) -> FlowMembersLiaisonPayload:
        """确定流动党员联络员。 Say who of the branch keeps contact."""
        liaison = row(input.member, "Member", "member")
        id = await liaisons.assign(
            act, case_row(input.case), liaison, input.since, reason=input.reason
        )
        return FlowMembersLiaisonPayload(row=id)

    @mutation(permission=actions.RECORD)
    async def flow_members_liaison_end(
        self, act: Act, input: inputs.FlowMembersLiaisonEndInput
    ) -> FlowMembersLiaisonPayload:
        """结束联络。 He keeps contact no more."""
        id = liaison_row(input.liaison)
        await liaisons.end(act, id, input.on)
        return FlowMembersLiaisonPayload(row=id)
