"""Changing a branch's year."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu.graph.inputs import row
from zhibu.identifiers import global_id
from zhibu_scoring import actions
from zhibu_scoring.graph.years import inputs, objecting, payloads
from zhibu_scoring.service import helping, noting, publishing, recorders
from zhibu_scoring.service.years import deciding, drawing, objections


@strawberry.type
class YearMutation:
    @mutation(permission=actions.DRAW_UP)
    async def scoring_year_draw_up(
        self, act: Act, input: inputs.ScoringYearDrawUpInput
    ) -> payloads.ScoringYearPayload:
        """汇总支部全年积分；尚未评定的可重新汇总。 Sum a branch's year up."""
        unit = row(input.organization, "Organization", "organization")
        found, job = await drawing.draw_up(act, unit, input.year)
        said = None if job is None else strawberry.ID(global_id("Job", job))
        return payloads.ScoringYearPayload(row=found, job=said)

    @mutation(permission=actions.YEAR_DECIDE)
    async def scoring_year_decide(
        self, act: Act, input: inputs.ScoringYearDecideInput
    ) -> payloads.ScoringYearPayload:
        """登记支部大会或支委会的评定。 Record what the branch decided."""
        id = row(input.scoring_year, "ScoringYear", "scoring_year")
        return payloads.ScoringYearPayload(row=await deciding.decide(act, id, input.decision()))

    @mutation(permission=actions.REVIEW)
    async def scoring_year_review(
        self, act: Act, input: inputs.ScoringYearReviewInput
    ) -> payloads.ScoringYearPayload:
        """机关党委审核，通过或退回更正。 Approve what a branch decided, or return it."""
        id = row(input.scoring_year, "ScoringYear", "scoring_year")
        return payloads.ScoringYearPayload(row=await deciding.review(act, id, input.wanted()))

    @mutation(permission=actions.YEAR_DECIDE)
    async def scoring_year_notice(
        self, act: Act, input: inputs.ScoringYearNoticeInput
    ) -> payloads.ScoringYearPayload:
        """公示年度考核情况。 Put a year up for all to see."""
        id = row(input.scoring_year, "ScoringYear", "scoring_year")
        on, late = input.noticed_on, input.late_reason
        made = await deciding.notice(act, id, place=input.place, on=on, late_reason=late)
        return payloads.ScoringYearPayload(row=made)

    @mutation(permission=actions.YEAR_DECIDE)
    async def scoring_year_conclude(
        self, act: Act, input: inputs.ScoringYearConcludeInput
    ) -> payloads.ScoringYearPayload:
        """公示期满且异议均已答复后办结。 Conclude a year once its notice is over."""
        id = row(input.scoring_year, "ScoringYear", "scoring_year")
        return payloads.ScoringYearPayload(row=await deciding.conclude(act, id))

    @mutation(permission=actions.INSPECT)
    async def scoring_year_inspect(
        self, act: Act, input: inputs.ScoringYearInspectInput
    ) -> payloads.ScoringYearPayload:
        """工委抽查，可退回更正。 Inspect a year at random, and return it where it is wrong."""
        id = row(input.scoring_year, "ScoringYear", "scoring_year")
        made = await deciding.inspect(act, id, input.findings, returned=input.returned)
        return payloads.ScoringYearPayload(row=made)

    @mutation(permission=actions.OBJECT)
    async def scoring_object(
        self, act: Act, input: objecting.ScoringObjectInput
    ) -> payloads.ScoringObjectionPayload:
        """公示期间提出异议。 Object to a result while it is put up."""
        id = row(input.scoring_year, "ScoringYear", "scoring_year")
        member = row(input.member, "Member", "member")
        made = await objections.raise_one(act, id, member, input.body)
        return payloads.ScoringObjectionPayload(row=made)

    @mutation(permission=actions.YEAR_DECIDE)
    async def scoring_objection_enter(
        self, act: Act, input: objecting.ScoringObjectionEnterInput
    ) -> payloads.ScoringObjectionPayload:
        """补录公示期内收到的书面异议；已办结的重新办理。 Enter an objection made on paper."""
        id = row(input.scoring_year, "ScoringYear", "scoring_year")
        made = await objections.enter(act, id, input.written())
        return payloads.ScoringObjectionPayload(row=made)

    @mutation(permission=actions.YEAR_DECIDE)
    async def scoring_objection_answer(
        self, act: Act, input: objecting.ScoringObjectionAnswerInput
    ) -> payloads.ScoringObjectionPayload:
        """调查核实后答复异议。 Answer an objection: explain, or correct the result."""
        id = row(input.objection, "ScoringObjection", "objection")
        made = await objections.answer(act, id, input.outcome, input.answer)
        return payloads.ScoringObjectionPayload(row=made)

    @mutation(permission=actions.REVIEW)
    async def scoring_late_fact_leave(
        self, act: Act, input: inputs.ScoringLateFactLeaveInput
    ) -> payloads.ScoringLateFactPayload:
        """评定后才有的记录，说明理由，维持原结果。 Leave a decided year as it is."""
        id = row(input.late_fact, "ScoringLateFact", "late_fact")
        return payloads.ScoringLateFactPayload(row=await noting.leave(act, id, input.reason))

    @mutation(permission=actions.REVIEW)
    async def scoring_late_fact_reopen(
        self, act: Act, input: inputs.ScoringLateFactReopenInput
    ) -> payloads.ScoringLateFactPayload:
        """误作维持的，重新办理。 Let what was left by mistake wait again."""
        id = row(input.late_fact, "ScoringLateFact", "late_fact")
        return payloads.ScoringLateFactPayload(row=await noting.reopen(act, id, input.reason))

    @mutation(permission=actions.PUBLISH)
    async def scoring_publish(
        self, act: Act, input: inputs.ScoringPublishInput
    ) -> payloads.ScoringPublicationPayload:
        """登记季度公布。 Record that points were made known."""
        unit = row(input.organization, "Organization", "organization")
        made = await publishing.publish(act, unit, input.year, input.quarter, input.place)
        return payloads.ScoringPublicationPayload(row=made)

    @mutation(permission=actions.PUBLISH)
    async def scoring_publication_withdraw(
        self, act: Act, input: inputs.ScoringPublicationWithdrawInput
    ) -> payloads.ScoringPublicationPayload:
        """撤回误登的公布。 Take back a publication recorded by mistake."""
        id = row(input.publication, "ScoringPublication", "publication")
        made = await publishing.withdraw(act, id, reason=input.reason)
        return payloads.ScoringPublicationPayload(row=made)

    @mutation(permission=actions.PUBLISH)
    async def scoring_check_record(
        self, act: Act, input: inputs.ScoringCheckRecordInput
    ) -> payloads.ScoringCheckPayload:
        """登记半年检查。 Record a half-yearly check."""
        unit = row(input.organization, "Organization", "organization")
        made = await publishing.check(act, unit, input.year, input.half, input.findings)
        return payloads.ScoringCheckPayload(row=made)

    @mutation(permission=actions.PUBLISH)
    async def scoring_check_withdraw(
        self, act: Act, input: inputs.ScoringCheckWithdrawInput
    ) -> payloads.ScoringCheckPayload:
        """撤回误登的半年检查，可以重新登记。 Take back a check recorded by mistake."""
        id = row(input.check, "ScoringCheck", "check")
        made = await publishing.uncheck(act, id, reason=input.reason)
        return payloads.ScoringCheckPayload(row=made)

    @mutation(permission=actions.HELP)
    async def scoring_help_plan(
        self, act: Act, input: inputs.ScoringHelpPlanInput
    ) -> payloads.ScoringHelpPayload:
        """对得分较低或排名靠后的安排帮扶。 Plan help for whoever had a low year."""
        return payloads.ScoringHelpPayload(row=await helping.plan(act, input.wanted()))

    @mutation(permission=actions.HELP)
    async def scoring_help_end(
        self, act: Act, input: inputs.ScoringHelpEndInput
    ) -> payloads.ScoringHelpPayload:
        """登记帮扶结果。 Say what came of the help."""
        id = row(input.help, "ScoringHelp", "help")
        made = await helping.end(act, id, input.outcome, input.result)
        return payloads.ScoringHelpPayload(row=made)

    @mutation(permission=actions.RECOMMEND)
    async def scoring_recommendation_record(
        self, act: Act, input: inputs.ScoringRecommendationRecordInput
    ) -> payloads.ScoringRecommendationPayload:
        """登记考核记录员、考核监督员的民主推荐。 Record whom the branch recommended."""
        made = await recorders.recommend(act, input.wanted())
        return payloads.ScoringRecommendationPayload(row=made)

    @mutation(permission=actions.RECOMMEND)
    async def scoring_recommendation_withdraw(
        self, act: Act, input: inputs.ScoringRecommendationWithdrawInput
    ) -> payloads.ScoringRecommendationPayload:
        """撤回误登的民主推荐。 Take back a recommendation recorded by mistake."""
        id = row(input.recommendation, "ScoringRecommendation", "recommendation")
        made = await recorders.withdraw(act, id, reason=input.reason)
        return payloads.ScoringRecommendationPayload(row=made)
