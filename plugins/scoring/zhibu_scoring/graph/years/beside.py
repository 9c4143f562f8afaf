"""What branches made known, checked, help with and recommended, as the schema shows it."""

from datetime import date
from typing import Any

import strawberry

from zhibu.accounts.reads import name_of
from zhibu.members.graph import MemberType
from zhibu.members.reads import path_of_member
from zhibu.organizations.reads import path_of_organization
from zhibu.reading import Node, column, entity, expression, to_one
from zhibu_scoring import actions, reads
from zhibu_scoring.graph.words import HelpOutcome


def _member(row: Any, target: Any) -> Any:
    return target.c.id == row.c.member_id


@entity(reads.PUBLICATION, permission=actions.YEAR_READ, path=path_of_organization)
@strawberry.type(description="季度公布。 Points made known for a quarter.")
class ScoringPublication(Node):
    year: int = column(description="年度。 Year.")
    quarter: int = column(description="季度。 Quarter.")
    place: str = column(description="公布方式。 Where.")
    members: int = column(description="公布的党员人数。 Of how many members.")
    published_by: str | None = expression(name_of("published_by"), description="公布人。 Who.")
    published_on: date = column(description="公布日期。 When.")
    withdrawn_on: date | None = column(description="撤回日期。 When it was withdrawn.")
    withdrawn_reason: str | None = column(description="撤回理由。 Why.")


@entity(reads.CHECK, permission=actions.YEAR_READ, path=path_of_organization)
@strawberry.type(description="半年检查。 A half-yearly check.")
class ScoringCheck(Node):
    year: int = column(description="年度。 Year.")
    half: int = column(description="上半年为 1，下半年为 2。 Which half.")
    findings: str = column(description="检查情况。 What was found.")
    checked_by: str | None = expression(name_of("checked_by"), description="检查人。 Who.")
    checked_on: date = column(description="检查日期。 When.")
    withdrawn_on: date | None = column(description="撤回日期。 When it was withdrawn.")
    withdrawn_reason: str | None = column(description="撤回理由。 Why.")


@entity(reads.HELP, permission=actions.READ, path=path_of_member, owner="member_id")
@strawberry.type(description="帮扶。 Help after a low year.")
class ScoringHelp(Node):
    year: int = column(description="所依据的考核年度。 The year it follows.")
    plan: str = column(description="谈心谈话和帮扶措施。 The talk, and how he is helped.")
    planned_by: str | None = expression(name_of("planned_by"), description="登记人。 Who.")
    planned_on: date = column(description="登记日期。 When.")
    outcome: HelpOutcome | None = column(description="结果。 What came of it.")
    result: str | None = column(description="结果说明。 In words.")
    ended_on: date | None = column(description="结束日期。 When it ended.")
    helper: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.helper_id, description="结对党员。 Who helps."
    )
    member: MemberType | None = to_one(_member, description="党员。 The member.")


@entity(reads.RECOMMENDATION, permission=actions.YEAR_READ, path=path_of_organization)
@strawberry.type(description="民主推荐。 That the branch recommended whoever holds a post.")
class ScoringRecommendation(Node):
    post: strawberry.ID = column("post_id", kind="Post", description="任职。 The post.")
    held_on: date = column(description="推荐会议日期。 When the meeting was held.")
    entitled: int = column(description="应到人数。 Those entitled.")
    present: int = column(description="实到人数。 Those present.")
    in_favour: int = column(description="赞成人数。 Those in favour.")
    document: str | None = column(description="会议记录。 The minutes it stands in.")
    roll_reason: str | None = column(
        description="应到人数与名册不一致的原因。 Why others were entitled than the roll has."
    )
    entered_by: str | None = expression(name_of("entered_by"), description="登记人。 Who.")
    entered_on: date = column(description="登记日期。 When it was recorded.")
    withdrawn_on: date | None = column(description="撤回日期。 When it was withdrawn.")
    withdrawn_reason: str | None = column(description="撤回理由。 Why.")
    member: MemberType | None = to_one(_member, description="被推荐的党员。 Whom it is about.")
