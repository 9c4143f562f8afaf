"""What mutations of a branch's year take."""

from datetime import date

import strawberry

from zhibu.graph.inputs import key, row, told
from zhibu_scoring.graph.words import Body, HelpOutcome
from zhibu_scoring.rules.help import Plan
from zhibu_scoring.rules.recorders import Recommendation
from zhibu_scoring.rules.years import Decision, Review


@strawberry.input(description="汇总年度积分。 A year to be summed up.")
class ScoringYearDrawUpInput:
    organization: strawberry.ID = told("支部；上级组织的按任务汇总其下各支部。 The branch.")
    year: int
    idempotency_key: str | None = key()


@strawberry.input(description="登记支部评定。 What the branch decided.")
class ScoringYearDecideInput:
    scoring_year: strawberry.ID = told("支部年度考核。 The branch's year.")
    body: Body = told("评定机构。 Who decided it.")
    held_on: date = told("会议日期。 When the meeting was held.")
    entitled: int = told("应到人数。 Those entitled to vote.")
    present: int = told("实到人数。 Those of them who came.")
    in_favour: int = told("赞成人数。 Those in favour.")
    minutes: str = told("会议记录的编号或名称。 The minutes it stands in.")
    late_reason: str | None = told("补录原因。 Why it is recorded so late.", None)
    idempotency_key: str | None = key()

    def decision(self) -> Decision:
        return Decision(
            body=self.body,
            held_on=self.held_on,
            entitled=self.entitled,
            present=self.present,
            in_favour=self.in_favour,
            minutes=self.minutes,
            late_reason=self.late_reason,
        )


@strawberry.input(description="上级审核。 A year to be reviewed.")
class ScoringYearReviewInput:
    scoring_year: strawberry.ID = told("支部年度考核。 The branch's year.")
    approved: bool = told("是否通过；不通过的退回支部更正。 Whether it is approved.")
    opinion: str = told("审核意见；退回的必填。 What the review says; needed to return it.", "")
    reviewed_on: date | None = told("审核日期，默认今天。 When; today if not said.", None)
    late_reason: str | None = told("补录原因。 Why it is recorded so late.", None)
    idempotency_key: str | None = key()

    def wanted(self) -> Review:
        return Review(
            approved=self.approved,
            opinion=self.opinion,
            on=self.reviewed_on,
            late_reason=self.late_reason,
        )


@strawberry.input(description="年度公示。 A year to be put up.")
class ScoringYearNoticeInput:
    scoring_year: strawberry.ID = told("支部年度考核。 The branch's year.")
    place: str = told("公示方式。 Where it is put up.")
    noticed_on: date = told("公示起始日期。 When it was put up.")
    late_reason: str | None = told("补录原因。 Why it is recorded so late.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="办结年度考核。 A year to be concluded.")
class ScoringYearConcludeInput:
    scoring_year: strawberry.ID = told("支部年度考核。 The branch's year.")
    idempotency_key: str | None = key()


@strawberry.input(description="登记抽查。 An inspection at random.")
class ScoringYearInspectInput:
    scoring_year: strawberry.ID = told("支部年度考核。 The branch's year.")
    findings: str = told("抽查情况。 What was found.")
    returned: bool = told("是否退回支部更正。 Whether it is returned.")
    idempotency_key: str | None = key()


@strawberry.input(description="逾期记录不改变已评定的结果。 A late fact that changes nothing.")
class ScoringLateFactLeaveInput:
    late_fact: strawberry.ID = told("逾期记录。 The late fact.")
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="重新办理逾期记录。 A late fact that waits again.")
class ScoringLateFactReopenInput:
    late_fact: strawberry.ID = told("逾期记录。 The late fact.")
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="登记季度公布。 Points made known for a quarter.")
class ScoringPublishInput:
    organization: strawberry.ID = told("支部。 The branch.")
    year: int
    quarter: int = told("季度，1 至 4。 Quarter, 1 to 4.")
    place: str = told("公布方式，如支部党员大会、党务公开栏。 Where.")
    idempotency_key: str | None = key()


@strawberry.input(description="撤回误登的公布。 A publication recorded by mistake.")
class ScoringPublicationWithdrawInput:
    publication: strawberry.ID = told("季度公布。 The publication.")
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="登记半年检查。 A half-yearly check.")
class ScoringCheckRecordInput:
    organization: strawberry.ID = told("支部。 The branch.")
    year: int
    half: int = told("上半年为 1，下半年为 2。 1 for the first half, 2 for the second.")
    findings: str = told("检查情况。 What was found.")
    idempotency_key: str | None = key()


@strawberry.input(description="撤回误登的半年检查。 A check recorded by mistake.")
class ScoringCheckWithdrawInput:
    check: strawberry.ID = told("半年检查。 The check.")
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="登记民主推荐。 Whom the branch recommended.")
class ScoringRecommendationRecordInput:
    post: strawberry.ID = told("考核记录员或考核监督员的任职。 The post he was recommended for.")
    held_on: date = told("推荐会议日期，不晚于任职日期。 When, not after the post began.")
    entitled: int = told("应到人数。 Those entitled to take part.")
    present: int = told("实到人数。 Those of them who came.")
    in_favour: int = told("赞成人数。 Those in favour.")
    document: str | None = told("会议记录的编号或名称。 The minutes it stands in.", None)
    roll_reason: str | None = told("应到人数与当日名册不一致的原因。 Why the roll differs.", None)
    idempotency_key: str | None = key()

    def wanted(self) -> Recommendation:
        return Recommendation(
            post_id=row(self.post, "Post", "post"),
            held_on=self.held_on,
            entitled=self.entitled,
            present=self.present,
            in_favour=self.in_favour,
            document=self.document,
            roll_reason=self.roll_reason,
        )


@strawberry.input(description="撤回误登的民主推荐。 A recommendation recorded by mistake.")
class ScoringRecommendationWithdrawInput:
    recommendation: strawberry.ID = told("民主推荐。 The recommendation.")
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="安排帮扶。 Help to be planned.")
class ScoringHelpPlanInput:
    member: strawberry.ID = told("党员。 The member.")
    year: int
    helper: strawberry.ID = told("结对党员。 Who helps.")
    plan: str = told("谈心谈话情况和帮扶措施。 The talk, and how he is helped.")
    idempotency_key: str | None = key()

    def wanted(self) -> Plan:
        return Plan(
            member_id=row(self.member, "Member", "member"),
            year=self.year,
            helper_id=row(self.helper, "Member", "helper"),
            plan=self.plan,
        )


@strawberry.input(description="登记帮扶结果。 What came of the help.")
class ScoringHelpEndInput:
    help: strawberry.ID = told("帮扶。 The help.")
    outcome: HelpOutcome = told("结果。 What came of it.")
    result: str = told("结果说明。 In words.")
    idempotency_key: str | None = key()
