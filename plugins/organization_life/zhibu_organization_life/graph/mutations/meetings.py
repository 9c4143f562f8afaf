"""Changing meetings, attendance, leave, minutes and arrangements."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu.identifiers import row_of
from zhibu_organization_life import actions
from zhibu_organization_life.graph.inputs import meetings as inputs
from zhibu_organization_life.graph.inputs.rows import meeting_row, member_row
from zhibu_organization_life.graph.payloads import (
    OrganizationLifeAccommodationPayload,
    OrganizationLifeCheckInPayload,
    OrganizationLifeMeetingPayload,
)
from zhibu_organization_life.service import accommodations, attendance, leave, meetings, minutes


@strawberry.type
class MeetingMutation:
    """Everything that changes meetings and who attended them."""

    @mutation(permission=actions.HOLD)
    async def organization_life_meeting_plan(
        self, act: Act, input: inputs.OrganizationLifeMeetingInput
    ) -> OrganizationLifeMeetingPayload:
        """预告会议，按日期确定应到人员。 Plan a meeting; who should attend is invited."""
        return OrganizationLifeMeetingPayload(row=await meetings.plan(act, input.draft()))

    @mutation(permission=actions.HOLD)
    async def organization_life_meeting_hold(
        self, act: Act, input: inputs.OrganizationLifeMeetingInput
    ) -> OrganizationLifeMeetingPayload:
        """登记已召开的会议，可补录。 Enter a meeting that was held, also late."""
        return OrganizationLifeMeetingPayload(row=await meetings.enter_held(act, input.draft()))

    @mutation(permission=actions.HOLD)
    async def organization_life_meeting_change(
        self, act: Act, input: inputs.OrganizationLifeMeetingChangeInput
    ) -> OrganizationLifeMeetingPayload:
        """更改会议；已召开的须说明原因。 Change a plan, or put right what was held."""
        id = meeting_row(input.meeting)
        await meetings.change(act, id, input.wanted(), version=input.version, reason=input.reason)
        return OrganizationLifeMeetingPayload(row=id)

    @mutation(permission=actions.HOLD)
    async def organization_life_meeting_cancel(
        self, act: Act, input: inputs.OrganizationLifeMeetingCancelInput
    ) -> OrganizationLifeMeetingPayload:
        """取消会议，或撤回误登的会议。 Cancel a meeting, or take back one entered by mistake."""
        id = meeting_row(input.meeting)
        await meetings.cancel(act, id, reason=input.reason)
        return OrganizationLifeMeetingPayload(row=id)

    @mutation(permission=actions.ATTEND)
    async def organization_life_meeting_attend(
        self, act: Act, input: inputs.OrganizationLifeMeetingAttendInput
    ) -> OrganizationLifeMeetingPayload:
        """登记或更正出勤。 Mark who attended, or put it right."""
        id = meeting_row(input.meeting)
        await attendance.attend(
            act,
            id,
            [mark.mark() for mark in input.marks],
            others=input.others,
            reason=input.reason,
            version=input.version,
        )
        return OrganizationLifeMeetingPayload(row=id)

    @mutation(permission=actions.ATTEND)
    async def organization_life_meeting_strike(
        self, act: Act, input: inputs.OrganizationLifeMeetingStrikeInput
    ) -> OrganizationLifeMeetingPayload:
        """撤销误登的出勤。 Take back a mark made by mistake."""
        id = meeting_row(input.meeting)
        await attendance.strike(act, id, member_row(input.member), reason=input.reason)
        return OrganizationLifeMeetingPayload(row=id)

    @mutation(permission=actions.ATTEND)
    async def organization_life_check_in_open(
        self, act: Act, input: inputs.OrganizationLifeCheckInOpenInput
    ) -> OrganizationLifeCheckInPayload:
        """开放签到，得到限时签到码。 Open check-in by a code that expires."""
        id = meeting_row(input.meeting)
        code, until = await attendance.open_check_in(act, id, input.minutes)
        return OrganizationLifeCheckInPayload(row=id, code=code, until=until)

    @mutation(permission=actions.CHECK_IN)
    async def organization_life_check_in(
        self, act: Act, input: inputs.OrganizationLifeCheckInInput
    ) -> OrganizationLifeMeetingPayload:
        """本人签到。 Check in oneself."""
        return OrganizationLifeMeetingPayload(row=await attendance.check_in(act, input.code))

    @mutation(permission=actions.ASK_LEAVE)
    async def organization_life_leave_ask(
        self, act: Act, input: inputs.OrganizationLifeLeaveAskInput
    ) -> OrganizationLifeMeetingPayload:
        """请假。 Ask for leave from a meeting."""
        id = meeting_row(input.meeting)
        await leave.ask(act, id, member_row(input.member), input.reason)
        return OrganizationLifeMeetingPayload(row=id)

    @mutation(permission=actions.ASK_LEAVE)
    async def organization_life_leave_withdraw(
        self, act: Act, input: inputs.OrganizationLifeLeaveWithdrawInput
    ) -> OrganizationLifeMeetingPayload:
        """撤回请假。 Give leave back."""
        id = meeting_row(input.meeting)
        await leave.withdraw(act, id, member_row(input.member))
        return OrganizationLifeMeetingPayload(row=id)

    @mutation(permission=actions.DECIDE_LEAVE)
    async def organization_life_leave_decide(
        self, act: Act, input: inputs.OrganizationLifeLeaveDecideInput
    ) -> OrganizationLifeMeetingPayload:
        """批准或不批准请假。 Approve or refuse leave."""
        id = meeting_row(input.meeting)
        member = member_row(input.member)
        await leave.decide(act, id, member, approved=input.approved, answer=input.answer)
        return OrganizationLifeMeetingPayload(row=id)

    @mutation(permission=actions.MINUTE)
    async def organization_life_minutes_write(
        self, act: Act, input: inputs.OrganizationLifeMinutesWriteInput
    ) -> OrganizationLifeMeetingPayload:
        """撰写或修改会议记录，原记录保留。 Write minutes, or amend them with trace."""
        id = meeting_row(input.meeting)
        await minutes.write(act, id, input.text, read=input.number, reason=input.reason)
        return OrganizationLifeMeetingPayload(row=id)

    @mutation(permission=actions.EXCUSE)
    async def organization_life_accommodate(
        self, act: Act, input: inputs.OrganizationLifeAccommodateInput
    ) -> OrganizationLifeAccommodationPayload:
        """为年老体弱党员作灵活安排。 Hold an elderly or ill member to no meeting."""
        id = await accommodations.grant(act, input.wanted())
        return OrganizationLifeAccommodationPayload(row=id)

    @mutation(permission=actions.EXCUSE)
    async def organization_life_accommodation_end(
        self, act: Act, input: inputs.OrganizationLifeAccommodationEndInput
    ) -> OrganizationLifeAccommodationPayload:
        """结束灵活安排。 End such an arrangement."""
        id = row_of(input.accommodation, "OrganizationLifeAccommodation", path=("accommodation",))
        await accommodations.end(act, id, input.until, reason=input.reason)
        return OrganizationLifeAccommodationPayload(row=id)
