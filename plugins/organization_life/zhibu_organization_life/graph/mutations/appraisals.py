"""Appraising members."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu_organization_life import actions
from zhibu_organization_life.graph.inputs import appraisals as inputs
from zhibu_organization_life.graph.inputs.rows import appraisal_row, meeting_row, member_row
from zhibu_organization_life.graph.payloads import OrganizationLifeAppraisalPayload
from zhibu_organization_life.service.appraisals import (
    deciding,
    opening,
    publishing,
    speaking,
    voting,
)


@strawberry.type
class AppraisalMutation:
    """Everything that changes an appraisal."""

    @mutation(permission=actions.APPRAISE)
    async def organization_life_appraisal_open(
        self, act: Act, input: inputs.OrganizationLifeAppraisalOpenInput
    ) -> OrganizationLifeAppraisalPayload:
        """开展民主评议党员，名单按会议当天确定。 Open the appraisal of a year."""
        id = await opening.open_at(act, meeting_row(input.meeting), input.year)
        return OrganizationLifeAppraisalPayload(row=id)

    @mutation(permission=actions.TAKE_PART)
    async def organization_life_appraisal_speak(
        self, act: Act, input: inputs.OrganizationLifeAppraisalSpeakInput
    ) -> OrganizationLifeAppraisalPayload:
        """登记个人自评，可代为登记。 Write a self-appraisal."""
        id = appraisal_row(input.appraisal)
        await speaking.of_oneself(
            act, id, input.speaker(), input.text, input.grade, reason=input.reason
        )
        return OrganizationLifeAppraisalPayload(row=id)

    @mutation(permission=actions.TAKE_PART)
    async def organization_life_appraisal_remark(
        self, act: Act, input: inputs.OrganizationLifeAppraisalRemarkInput
    ) -> OrganizationLifeAppraisalPayload:
        """登记党员互评。 Say something of another member."""
        id = appraisal_row(input.appraisal)
        member = member_row(input.member)
        await speaking.of_another(act, id, input.speaker(), member, input.text)
        return OrganizationLifeAppraisalPayload(row=id)

    @mutation(permission=actions.TAKE_PART)
    async def organization_life_appraisal_vote(
        self, act: Act, input: inputs.OrganizationLifeAppraisalVoteInput
    ) -> OrganizationLifeAppraisalPayload:
        """本人投票，一人一次，不记名。 Vote oneself, once and secretly."""
        id = appraisal_row(input.appraisal)
        await voting.vote(act, id, input.ballot())
        return OrganizationLifeAppraisalPayload(row=id)

    @mutation(permission=actions.APPRAISE)
    async def organization_life_appraisal_count(
        self, act: Act, input: inputs.OrganizationLifeAppraisalCountInput
    ) -> OrganizationLifeAppraisalPayload:
        """计票，得出建议等次。 Count the votes, which suggest grades."""
        id = appraisal_row(input.appraisal)
        await voting.count(act, id, input.paper())
        return OrganizationLifeAppraisalPayload(row=id)

    @mutation(permission=actions.APPRAISE)
    async def organization_life_appraisal_reopen(
        self, act: Act, input: inputs.OrganizationLifeAppraisalReopenInput
    ) -> OrganizationLifeAppraisalPayload:
        """作废已计的票，全体重投。 Void a count; all vote anew."""
        id = appraisal_row(input.appraisal)
        await voting.reopen(act, id, reason=input.reason)
        return OrganizationLifeAppraisalPayload(row=id)

    @mutation(permission=actions.GRADE)
    async def organization_life_appraisal_grade(
        self, act: Act, input: inputs.OrganizationLifeAppraisalGradeInput
    ) -> OrganizationLifeAppraisalPayload:
        """作组织评定意见和等次，或更正。 Give opinions and grades, or put them right."""
        id = appraisal_row(input.appraisal)
        await deciding.decide(act, id, [grade.decided() for grade in input.grades])
        return OrganizationLifeAppraisalPayload(row=id)

    @mutation(permission=actions.PUBLISH)
    async def organization_life_appraisal_publish(
        self, act: Act, input: inputs.OrganizationLifeAppraisalPublishInput
    ) -> OrganizationLifeAppraisalPayload:
        """公布评议结果。 Publish the grades."""
        id = appraisal_row(input.appraisal)
        await publishing.publish(act, id)
        return OrganizationLifeAppraisalPayload(row=id)

    @mutation(permission=actions.PUBLISH)
    async def organization_life_appraisal_withdraw(
        self, act: Act, input: inputs.OrganizationLifeAppraisalWithdrawInput
    ) -> OrganizationLifeAppraisalPayload:
        """撤回已公布的评议结果。 Withdraw published grades."""
        id = appraisal_row(input.appraisal)
        await publishing.withdraw(act, id, reason=input.reason)
        return OrganizationLifeAppraisalPayload(row=id)

    @mutation(permission=actions.APPRAISE)
    async def organization_life_appraisal_cancel(
        self, act: Act, input: inputs.OrganizationLifeAppraisalCancelInput
    ) -> OrganizationLifeAppraisalPayload:
        """取消民主评议。 Cancel an appraisal opened by mistake."""
        id = appraisal_row(input.appraisal)
        await opening.cancel(act, id, reason=input.reason)
        return OrganizationLifeAppraisalPayload(row=id)
