"""What a client says to appraise members."""

from uuid import UUID

import strawberry

from zhibu.graph.inputs import key, optional, told
from zhibu_organization_life.graph.enums import Grade
from zhibu_organization_life.graph.inputs.rows import member_row
from zhibu_organization_life.rules.appraisals import Paper
from zhibu_organization_life.rules.grades import Decided, Tally

APPRAISAL = "民主评议。 The appraisal."
MEMBER = "党员。 The member."


@strawberry.input(description="开展民主评议党员。 An appraisal to be opened.")
class OrganizationLifeAppraisalOpenInput:
    meeting: strawberry.ID = told("支部的组织生活会。 The branch's organization-life meeting.")
    year: int = told("评议的年度。 The year that is appraised.")
    idempotency_key: str | None = key()


@strawberry.input(description="个人自评。 What a member says of himself.")
class OrganizationLifeAppraisalSpeakInput:
    appraisal: strawberry.ID = told(APPRAISAL)
    text: str = told("自评内容。 What he says.")
    grade: Grade | None = told("自评等次。 How he grades himself.", None)
    member: strawberry.ID | None = told(
        "代为登记的党员；空为本人。 For whom, if not oneself.", None
    )
    reason: str | None = told(
        "改写他人录入的自评的原因，原内容保留。 Why, where another entered what is written over.",
        None,
    )
    idempotency_key: str | None = key()

    def speaker(self) -> UUID | None:
        return optional(self.member, "Member", "member")


@strawberry.input(description="党员互评。 What one member says of another.")
class OrganizationLifeAppraisalRemarkInput:
    appraisal: strawberry.ID = told(APPRAISAL)
    member: strawberry.ID = told("被评价的党员。 Of whom.")
    text: str = told("评价。 What is said.")
    author: strawberry.ID | None = told(
        "代为登记的评价人；空为本人。 Who says it, if not oneself.", None
    )
    idempotency_key: str | None = key()

    def speaker(self) -> UUID | None:
        return optional(self.author, "Member", "author")


@strawberry.input(description="对一名党员的测评。 How one member is graded on a ballot.")
class OrganizationLifeVoteInput:
    member: strawberry.ID = told(MEMBER)
    grade: Grade = told("等次。 The grade.")


@strawberry.input(
    description="民主测评投票，不填的为弃权。 A ballot; whom it leaves out gets no vote."
)
class OrganizationLifeAppraisalVoteInput:
    appraisal: strawberry.ID = told(APPRAISAL)
    votes: list[OrganizationLifeVoteInput] = told("各人的等次。 How everybody is graded.")
    idempotency_key: str | None = key()

    def ballot(self) -> dict[UUID, Grade]:
        return {member_row(vote.member, "votes"): vote.grade for vote in self.votes}


@strawberry.input(description="一名党员的纸质票数。 How papers counted for one member.")
class OrganizationLifeTallyInput:
    member: strawberry.ID = told(MEMBER)
    excellent: int = told("优秀。 Excellent.", 0)
    qualified: int = told("合格。 Qualified.", 0)
    basically_qualified: int = told("基本合格。 Basically qualified.", 0)
    unqualified: int = told("不合格。 Unqualified.", 0)

    def tally(self) -> Tally:
        return Tally(
            excellent=self.excellent,
            qualified=self.qualified,
            basically_qualified=self.basically_qualified,
            unqualified=self.unqualified,
        )


@strawberry.input(description="计票；纸质票的投票人和票数一并登记。 Votes to be counted.")
class OrganizationLifeAppraisalCountInput:
    appraisal: strawberry.ID = told(APPRAISAL)
    voters: list[strawberry.ID] | None = told("投纸质票的党员。 Who handed in a paper.", None)
    tallies: list[OrganizationLifeTallyInput] | None = told(
        "纸质票各人票数。 How the papers counted.", None
    )
    idempotency_key: str | None = key()

    def paper(self) -> Paper:
        return Paper(
            voters=tuple(member_row(voter, "voters") for voter in self.voters or ()),
            tallies={
                member_row(each.member, "tallies"): each.tally() for each in self.tallies or ()
            },
        )


@strawberry.input(description="对一名党员的评定。 What is decided of one member.")
class OrganizationLifeGradeInput:
    member: strawberry.ID = told(MEMBER)
    grade: Grade | None = told("等次；空为不评定等次。 The grade; none says why.", None)
    opinion: str = told("组织评定意见。 What the organization thinks.")
    reason: str | None = told(
        "理由；与测评建议不同、没有自评、一票否决、不评定或更正的必填。 Why.", None
    )
    veto: bool = told("是否一票否决。 Whether it is a veto.", False)

    def decided(self) -> Decided:
        return Decided(
            member_id=member_row(self.member, "grades"),
            grade=self.grade,
            opinion=self.opinion,
            reason=self.reason,
            veto=self.veto,
        )


@strawberry.input(description="评定或更正等次。 Grades to be given or put right.")
class OrganizationLifeAppraisalGradeInput:
    appraisal: strawberry.ID = told(APPRAISAL)
    grades: list[OrganizationLifeGradeInput] = told("各人的评定。 What is decided of whom.")
    idempotency_key: str | None = key()


@strawberry.input(description="公布评议结果。 Grades to be published.")
class OrganizationLifeAppraisalPublishInput:
    appraisal: strawberry.ID = told(APPRAISAL)
    idempotency_key: str | None = key()


@strawberry.input(description="作废重投。 A vote to be held anew.")
class OrganizationLifeAppraisalReopenInput:
    appraisal: strawberry.ID = told(APPRAISAL)
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="撤回已公布的评议结果。 Published grades to be withdrawn.")
class OrganizationLifeAppraisalWithdrawInput:
    appraisal: strawberry.ID = told(APPRAISAL)
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="取消民主评议。 An appraisal to be cancelled.")
class OrganizationLifeAppraisalCancelInput:
    appraisal: strawberry.ID = told(APPRAISAL)
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()
