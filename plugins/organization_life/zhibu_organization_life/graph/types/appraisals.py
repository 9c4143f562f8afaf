"""Appraisals, their lists, results, remarks and voters, as the schema shows them."""

from datetime import date, datetime
from typing import Any

import strawberry

from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationName
from zhibu.reading import Node, column, computed, entity, expression, to_many, to_one
from zhibu_organization_life import actions, reads
from zhibu_organization_life.graph.enums import Grade, GradeGround, Stand
from zhibu_organization_life.graph.types.meetings import OrganizationLifeMeeting


def _member(row: Any, target: Any) -> Any:
    return target.c.id == row.c.member_id


def _of_appraisal(row: Any, target: Any) -> Any:
    return target.c.appraisal_id == row.c.id


@entity(reads.RESULT, permission=actions.READ, path=reads.path_of_appraisal)
@strawberry.type(description="评议名单中的一人，供投票和公布。 Who is on the list of an appraisal.")
class OrganizationLifeListed(Node):
    name: str = expression(reads.name_of_member("member_id"), description="姓名。 Name.")
    member_id: strawberry.ID = computed(
        reads.member_ids,
        needs={"member_id": "member_id"},
        description="党员的标识，投票和互评时使用。 The member's id, for ballots and remarks.",
    )
    graded: bool = column(description="是否评定等次。 Whether he is to have a grade.")
    grade: Grade | None = expression(
        reads.published("grade"), description="已公布的等次。 The grade, once published."
    )
    ground: GradeGround | None = expression(
        reads.published("ground"), description="等次由何而定。 Which rule gave it."
    )


@entity(
    reads.REMARK,
    permission=actions.APPRAISAL_READ,
    path=reads.path_of_appraisal,
    owner="member_id",
)
@strawberry.type(description="党员互评。 What one member said of another.")
class OrganizationLifeRemark(Node):
    text: str = column(description="评价。 What was said.")
    author_name: str = expression(
        reads.name_of_member("author_id"), description="评价人姓名。 Who said it."
    )
    recorded_at: datetime = column(description="录入时间。 When it was entered.")


@entity(
    reads.BALLOT,
    permission=actions.APPRAISAL_READ,
    path=reads.path_of_appraisal,
    owner="member_id",
)
@strawberry.type(description="已投票的党员；投了什么无人可知。 Who voted; nobody knows how.")
class OrganizationLifeBallot(Node):
    voter_name: str = expression(
        reads.name_of_member("member_id"), description="投票人姓名。 Who voted."
    )
    cast_at: datetime = column(description="投票时间。 When.")


@entity(
    reads.STATEMENT,
    permission=actions.APPRAISAL_READ,
    path=reads.path_of_appraisal,
    owner="member_id",
)
@strawberry.type(description="改写前的个人自评。 A self-appraisal as it read before.")
class OrganizationLifeStatement(Node):
    text: str = column(description="原自评内容。 What it said.")
    grade: Grade | None = column(description="原自评等次。 The grade it gave.")
    said_by: str | None = expression(
        reads.name_of("said_by"), description="原录入人。 Who had entered it."
    )
    said_at: datetime | None = column(description="原录入时间。 When that was.")
    reason: str | None = column(description="改写原因。 Why it was written anew.")
    replaced_by: str | None = expression(
        reads.name_of("replaced_by"), description="改写人。 Who wrote it anew."
    )
    replaced_at: datetime = column(description="改写时间。 When.")


@entity(
    reads.RESULT,
    permission=actions.APPRAISAL_READ,
    path=reads.path_of_appraisal,
    owner="member_id",
)
@strawberry.type(description="党员的评议情况。 A member in an appraisal.")
class OrganizationLifeResult(Node):
    graded: bool = column(description="是否评定等次。 Whether he is to have a grade.")
    self_text: str | None = column(description="个人自评。 What he says of himself.")
    self_grade: Grade | None = column(description="自评等次。 How he grades himself.")
    self_by: str | None = expression(
        reads.name_of("self_by"), description="自评录入人。 Who entered it."
    )
    earlier: list[OrganizationLifeStatement] = to_many(
        lambda row, target: (
            (target.c.appraisal_id == row.c.appraisal_id) & (target.c.member_id == row.c.member_id)
        ),
        order_by=lambda target: target.c.id,
        limit=50,
        description="改写前的自评（最多 50 次）。 What the self-appraisal said before, 50 at most.",
    )
    excellent: int | None = expression(
        reads.decided("excellent"), description="优秀票数。 Votes for excellent."
    )
    qualified: int | None = expression(
        reads.decided("qualified"), description="合格票数。 Votes for qualified."
    )
    basically_qualified: int | None = expression(
        reads.decided("basically_qualified"),
        description="基本合格票数。 Votes for basically qualified.",
    )
    unqualified: int | None = expression(
        reads.decided("unqualified"), description="不合格票数。 Votes for unqualified."
    )
    suggested: Grade | None = expression(
        reads.decided("suggested"), description="测评建议等次。 What the vote suggests."
    )
    grade: Grade | None = expression(
        reads.decided("grade"), description="评定等次。 The grade that was decided."
    )
    ground: GradeGround | None = expression(
        reads.decided("ground"), description="等次由何而定。 Which rule gave it."
    )
    basis: str | None = expression(
        reads.decided("basis"), description="依据。 Document, article and value used."
    )
    opinion: str | None = expression(
        reads.decided("opinion"), description="组织评定意见。 What the organization thinks."
    )
    reason: str | None = expression(
        reads.decided("reason"), description="理由。 Why against the vote, or put right."
    )
    decided_by: str | None = expression(
        reads.name_of("decided_by"), description="评定登记人。 Who entered the decision."
    )
    member: MemberType | None = to_one(_member, description="党员。 The member.")
    remarks: list[OrganizationLifeRemark] = to_many(
        lambda row, target: (
            (target.c.appraisal_id == row.c.appraisal_id) & (target.c.member_id == row.c.member_id)
        ),
        order_by=lambda target: target.c.id,
        limit=200,
        description="党员互评（最多 200 条）。 What others said, 200 at most.",
    )


@entity(reads.APPRAISAL, permission=actions.READ, path=reads.path_of_organization)
@strawberry.type(description="民主评议党员。 A branch's democratic appraisal of a year.")
class OrganizationLifeAppraisal(Node):
    year: int = column(description="年度。 The year that is appraised.")
    state: Stand = column(description="进展。 Where it stands.")
    entitled: int | None = column(
        description="应投票人数，计票时确定。 Held to vote, at the count."
    )
    voted: int | None = column(description="投票人数。 How many voted.")
    places: int | None = column(description="可评优秀的人数。 How many may be excellent.")
    places_basis: str | None = column(description="优秀名额的依据。 Who says so.")
    published_on: date | None = column(description="公布日期。 When grades were published.")
    recorded_at: datetime = column(description="开展登记时间。 When it was opened.")
    organization: OrganizationName = to_one(
        lambda row, target: target.c.id == row.c.organization_id,
        shown_with_parent="names are public",
        description="开展评议的党支部。 Whose members are appraised.",
    )
    meeting: OrganizationLifeMeeting | None = to_one(
        lambda row, target: target.c.id == row.c.meeting_id,
        description="组织生活会。 The organization-life meeting.",
    )
    listed: list[OrganizationLifeListed] = to_many(
        _of_appraisal,
        order_by=lambda target: target.c.id,
        limit=500,
        description="评议名单（最多 500 人）。 Who is appraised, 500 at most.",
    )
    results: list[OrganizationLifeResult] = to_many(
        _of_appraisal,
        order_by=lambda target: target.c.id,
        limit=500,
        description="评议情况（最多 500 人）。 How everybody stands, 500 at most.",
    )
    ballots: list[OrganizationLifeBallot] = to_many(
        _of_appraisal,
        order_by=lambda target: target.c.member_id,
        limit=500,
        description="已投票的党员（最多 500 人）。 Who voted, 500 at most.",
    )
