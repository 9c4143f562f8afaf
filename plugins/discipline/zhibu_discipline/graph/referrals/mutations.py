"""Changing hand-overs and follow-up help."""

import strawberry

from zhibu.act import Act
from zhibu.graph import Payload, mutation, written
from zhibu.graph.inputs import row
from zhibu.reading import public
from zhibu_discipline import actions
from zhibu_discipline.graph.mutations import DisciplineCasePayload
from zhibu_discipline.graph.referrals import inputs
from zhibu_discipline.graph.referrals.types import DisciplineReferral
from zhibu_discipline.graph.types import DisciplineFollowUp
from zhibu_discipline.service import following, referring


@public("the answer to one's own mutation")
@strawberry.type(description="移送的结果。 What became of a hand-over.")
class DisciplineReferralPayload(Payload):
    referral: DisciplineReferral | None = written(DisciplineReferral)


@public("the answer to one's own mutation")
@strawberry.type(description="登记帮扶的结果。 What became of an entry of help.")
class DisciplineFollowUpPayload(Payload):
    follow_up: DisciplineFollowUp | None = written(DisciplineFollowUp)


@strawberry.type
class DisciplineReferralMutation:
    @mutation(permission=actions.REFER)
    async def discipline_refer(
        self, act: Act, input: inputs.DisciplineReferInput
    ) -> DisciplineReferralPayload:
        """移送涉嫌违纪的线索；组织处置不代替纪律处分。 Hand over what seems to break discipline."""
        member = row(input.member, "Member", "member")
        made = await referring.refer(act, member, facts=input.facts, on=input.on)
        return DisciplineReferralPayload(row=made)

    @mutation(permission=actions.PASS_ON)
    async def discipline_referral_pass(
        self, act: Act, input: inputs.DisciplineReferralPassInput
    ) -> DisciplineReferralPayload:
        """转交纪检机关。 Pass it on to the discipline commission."""
        id = row(input.referral, "DisciplineReferral", "referral")
        await referring.pass_on(act, id, to=input.to, on=input.on, version=input.version)
        return DisciplineReferralPayload(row=id)

    @mutation(permission=actions.ANSWER_REFERRAL)
    async def discipline_referral_answer(
        self, act: Act, input: inputs.DisciplineReferralAnswerInput
    ) -> DisciplineReferralPayload:
        """登记处理结果，或说明理由更正；留党察看期间没有表决权。 What was decided, or put right."""
        id = row(input.referral, "DisciplineReferral", "referral")
        given, why = input.answer(), input.reason
        await referring.answer(act, id, given, reason=why, version=input.version)
        return DisciplineReferralPayload(row=id)

    @mutation(permission=actions.REFER)
    async def discipline_referral_withdraw(
        self, act: Act, input: inputs.DisciplineReferralWithdrawInput
    ) -> DisciplineReferralPayload:
        """答复前撤回误报的移送。 Take a slip back before it is answered."""
        id = row(input.referral, "DisciplineReferral", "referral")
        await referring.withdraw(act, id, reason=input.reason, version=input.version)
        return DisciplineReferralPayload(row=id)

    @mutation(permission=actions.REFER)
    async def discipline_referral_notify(
        self, act: Act, input: inputs.DisciplineReferralNotifyInput
    ) -> DisciplineReferralPayload:
        """受过处分的党员被处置出党后，通报纪检机关。 Tell of the removal of who was punished."""
        id = row(input.referral, "DisciplineReferral", "referral")
        await referring.notify(act, id, number=input.number, on=input.on, version=input.version)
        return DisciplineReferralPayload(row=id)

    @mutation(permission=actions.ANSWER_REFERRAL)
    async def discipline_referral_close(
        self, act: Act, input: inputs.DisciplineReferralCloseInput
    ) -> DisciplineReferralPayload:
        """影响期满，登记表现。 The influence of the punishment is over."""
        id = row(input.referral, "DisciplineReferral", "referral")
        await referring.close(act, id, note=input.note, on=input.on, version=input.version)
        return DisciplineReferralPayload(row=id)

    @mutation(permission=actions.DELIVER)
    async def discipline_follow_up(
        self, act: Act, input: inputs.DisciplineFollowUpInput
    ) -> DisciplineFollowUpPayload:
        """登记处置后的跟进帮扶。 Record how who was removed was helped on."""
        case = row(input.case, "DisciplineCase", "case")
        made = await following.follow_up(act, case, what=input.what, on=input.on)
        return DisciplineFollowUpPayload(row=made)

    @mutation(permission=actions.DELIVER)
    async def discipline_follow_up_withdraw(
        self, act: Act, input: inputs.DisciplineFollowUpWithdrawInput
    ) -> DisciplineCasePayload:
        """撤回误登的帮扶。 Take such an entry back."""
        id = row(input.follow_up, "DisciplineFollowUp", "follow_up")
        case = await following.withdraw_follow_up(act, id, reason=input.reason)
        return DisciplineCasePayload(row=case)
