"""What the host does with who comes from another institution."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu.graph.inputs import row
from zhibu_flow_members import actions
from zhibu_flow_members.graph.inputs import guests as inputs
from zhibu_flow_members.graph.inputs.guests import guest_row
from zhibu_flow_members.graph.payloads import FlowMembersGuestNotePayload, FlowMembersGuestPayload
from zhibu_flow_members.service import guest_notes, guests


@strawberry.type
class GuestMutation:
    """Everything that the host changes; the other institution is told each time."""

    @mutation(permission=actions.REGISTER)
    async def flow_members_guest_register(
        self, act: Act, input: inputs.FlowMembersGuestRegisterInput
    ) -> FlowMembersGuestPayload:
        """接收其他单位的外来党员，确定党支部。 Take him in, at a branch."""
        id = guest_row(input.guest)
        await guests.register(act, id, row(input.organization, "Organization", "organization"))
        return FlowMembersGuestPayload(row=id)

    @mutation(permission=actions.REGISTER)
    async def flow_members_guest_refuse(
        self, act: Act, input: inputs.FlowMembersGuestReasonInput
    ) -> FlowMembersGuestPayload:
        """不予接收并说明原因。 He is not taken in, for a reason."""
        id = guest_row(input.guest)
        await guests.decline(act, id, reason=input.reason)
        return FlowMembersGuestPayload(row=id)

    @mutation(permission=actions.TAKE_IN)
    async def flow_members_guest_verify(
        self, act: Act, input: inputs.FlowMembersGuestVerifyInput
    ) -> FlowMembersGuestPayload:
        """验证证件并登记报到。 Verify his paper."""
        id = guest_row(input.guest)
        await guests.verify(act, id, input.arrived_on, note=input.note, serial=input.serial)
        return FlowMembersGuestPayload(row=id)

    @mutation(permission=actions.FILE)
    async def flow_members_guest_file(
        self, act: Act, input: inputs.FlowMembersGuestFileInput
    ) -> FlowMembersGuestPayload:
        """上级备案。 The level above takes the verification into its files."""
        id = guest_row(input.guest)
        await guests.file(act, id)
        return FlowMembersGuestPayload(row=id)

    @mutation(permission=actions.TAKE_IN)
    async def flow_members_guest_leave(
        self, act: Act, input: inputs.FlowMembersGuestLeaveInput
    ) -> FlowMembersGuestPayload:
        """登记其离开，由其单位登记去向。 He is here no longer."""
        id = guest_row(input.guest)
        await guests.leave(act, id, input.on, reason=input.reason)
        return FlowMembersGuestPayload(row=id)

    @mutation(permission=actions.TAKE_IN)
    async def flow_members_guest_take_back(
        self, act: Act, input: inputs.FlowMembersGuestReasonInput
    ) -> FlowMembersGuestPayload:
        """撤回最近一步误登（离开、备案、验证或答复）。 Take back the last step."""
        id = guest_row(input.guest)
        await guests.take_back(act, id, reason=input.reason)
        return FlowMembersGuestPayload(row=id)

    @mutation(permission=actions.TAKE_IN)
    async def flow_members_guest_note_record(
        self, act: Act, input: inputs.FlowMembersGuestNoteRecordInput
    ) -> FlowMembersGuestNotePayload:
        """登记联系、教育、组织生活、党费、走访或评议，并告知其单位。 Note something of him."""
        id = await guest_notes.note(act, guest_row(input.guest), input.wanted())
        return FlowMembersGuestNotePayload(row=id)

    @mutation(permission=actions.TAKE_IN)
    async def flow_members_guest_note_void(
        self, act: Act, input: inputs.FlowMembersGuestNoteVoidInput
    ) -> FlowMembersGuestNotePayload:
        """作废误登的记录。 Void a note."""
        id = row(input.guest_note, "FlowMembersGuestNote", "guestNote")
        await guest_notes.void(act, id, reason=input.reason)
        return FlowMembersGuestNotePayload(row=id)
