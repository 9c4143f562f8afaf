"""Changing sessions and attendance."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu.graph.inputs import row
from zhibu_education import actions
from zhibu_education.graph.inputs import sessions as inputs
from zhibu_education.graph.payloads import EducationSessionPayload, EducationSessionVerifyPayload
from zhibu_education.service import attendance, sessions, verifying


@strawberry.type
class SessionMutation:
    @mutation(permission=actions.HOLD)
    async def education_session_plan(
        self, act: Act, input: inputs.EducationSessionInput
    ) -> EducationSessionPayload:
        """预告培训班次，供党员报名。 Announce a session to enrol in."""
        return EducationSessionPayload(row=await sessions.plan(act, input.draft()))

    @mutation(permission=actions.HOLD)
    async def education_session_hold(
        self, act: Act, input: inputs.EducationSessionInput
    ) -> EducationSessionPayload:
        """登记已举办的班次，可补录。 Enter a session that was held, also late."""
        return EducationSessionPayload(row=await sessions.enter_held(act, input.draft()))

    @mutation(permission=actions.HOLD)
    async def education_session_cancel(
        self, act: Act, input: inputs.EducationSessionCancelInput
    ) -> EducationSessionPayload:
        """取消班次，其学时作废。 Cancel a session and the hours it gave."""
        session = row(input.session, "EducationSession", "session")
        await sessions.cancel(act, session, reason=input.reason)
        return EducationSessionPayload(row=session)

    @mutation(permission=actions.ENROL)
    async def education_session_enrol(
        self, act: Act, input: inputs.EducationSessionEnrolInput
    ) -> EducationSessionPayload:
        """报名参加班次。 Enrol a member in a planned session."""
        session = row(input.session, "EducationSession", "session")
        await sessions.enrol(act, session, row(input.member, "Member", "member"))
        return EducationSessionPayload(row=session)

    @mutation(permission=actions.ENROL)
    async def education_session_withdraw(
        self, act: Act, input: inputs.EducationSessionWithdrawInput
    ) -> EducationSessionPayload:
        """退出报名。 Give back a member's place in a planned session."""
        session = row(input.session, "EducationSession", "session")
        await sessions.withdraw(act, session, row(input.member, "Member", "member"))
        return EducationSessionPayload(row=session)

    @mutation(permission=actions.ATTEND)
    async def education_session_attend(
        self, act: Act, input: inputs.EducationSessionAttendInput
    ) -> EducationSessionPayload:
        """登记出勤，出席即计学时。 Mark who attended; hours follow."""
        session = row(input.session, "EducationSession", "session")
        marks = [mark.mark() for mark in input.marks]
        await attendance.attend(act, session, marks, version=input.version)
        return EducationSessionPayload(row=session)

    @mutation(permission=actions.VERIFY)
    async def education_session_verify(
        self, act: Act, input: inputs.EducationSessionVerifyInput
    ) -> EducationSessionVerifyPayload:
        """认定一个班次全部待认定的学时，本人登记或所得的留给他人。 Verify a session's hours."""
        session = row(input.session, "EducationSession", "session")
        leave = {row(credit, "EducationCredit", "leave") for credit in input.leave}
        decided = await verifying.verify_list(act, session, but=leave, remark=input.remark)
        return EducationSessionVerifyPayload.of(session, decided)

    @mutation(permission=actions.ATTEND)
    async def education_session_strike(
        self, act: Act, input: inputs.EducationSessionStrikeInput
    ) -> EducationSessionPayload:
        """从出勤名单中去掉误登的党员，其学时作废。 Take off the list who is on it by mistake."""
        session = row(input.session, "EducationSession", "session")
        member = row(input.member, "Member", "member")
        await attendance.strike(act, session, member, reason=input.reason)
        return EducationSessionPayload(row=session)
