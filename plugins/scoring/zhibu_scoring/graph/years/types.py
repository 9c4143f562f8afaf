"""Years of branches, results, objections and help, as the schema shows them."""

from datetime import date
from decimal import Decimal
from typing import Any

import strawberry

from zhibu.accounts.reads import name_of
from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationName
from zhibu.organizations.reads import path_of_organization
from zhibu.reading import Node, column, entity, expression, to_many, to_one
from zhibu_scoring import actions, reads
from zhibu_scoring.graph.words import (
    Body,
    Mark,
    Outcome,
    ResultGround,
    Settlement,
    Stand,
)
from zhibu_scoring.reads import homes


def _member(row: Any, target: Any) -> Any:
    return target.c.id == row.c.member_id


@entity(reads.RESULT, permission=actions.READ, path=homes.path_of_year, seen=homes.result_seen)
@strawberry.type(description="党员年度积分结果。 What a member's year came to.")
class ScoringResult(Node):
    year: int = column(description="考核年度。 The year.")
    base: Decimal | None = column(description="基础分；不计分的为空。 Base; null if left out.")
    plus: Decimal | None = column(description="加分。 Added.")
    minus: Decimal | None = column(description="减分。 Taken off.")
    vetoed: bool = column(description="是否一票否决。 Whether a veto stands.")
    veto_reason: str | None = column(
        description="民主评议认定一票否决的理由。 Why the appraisal vetoed it."
    )
    total: Decimal | None = column(description="综合得分。 The total.")
    rank: int | None = column(description="支部内名次，同分同名次。 Rank; equals share one.")
    mark: Mark = column(description="积分所对应的等次。 What the points speak for.")
    ground: ResultGround = column(description="等次依据的规则。 The rule that gave it.")
    eligible: bool = column(description="能否参加评先评优。 Whether awards may be given.")
    low: bool = column(description="是否得分较低。 Whether it is low.")
    behind: bool = column(description="是否排名靠后。 Whether it is behind.")
    corrected_on: date | None = column(description="更正日期。 When it was corrected.")
    correction: str | None = column(description="更正原因。 Why.")
    scoring_year: strawberry.ID = column(
        "year_id", kind="ScoringYear", description="支部年度考核。 The branch's year."
    )
    notice_until: date | None = expression(
        lambda row, env: homes.notice_of(row), description="公示截止日期。 Put up until."
    )
    member_name: str = expression(
        lambda row, env: homes.name_of_member(row), description="姓名。 The member's name."
    )
    member: MemberType | None = to_one(_member, description="党员。 The member.")


@entity(
    reads.OBJECTION,
    permission=actions.READ,
    path=homes.path_of_year,
    seen=homes.objection_seen,
)
@strawberry.type(description="公示期间的异议。 An objection while a year is put up.")
class ScoringObjection(Node):
    body: str = column(description="异议内容。 What is objected.")
    raised_by: str | None = expression(name_of("raised_by"), description="提出人。 Who objects.")
    raised_on: date = column(description="提出日期；书面提出的为收到日期。 When.")
    raiser: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.raiser_id,
        description="提出异议的党员。 The member who objects.",
    )
    entered_by: str | None = expression(
        name_of("entered_by"), description="书面异议的登记人。 Who entered what was on paper."
    )
    entered_on: date | None = column(description="登记日期。 When it was entered.")
    late_reason: str | None = column(description="补录原因。 Why it was entered then.")
    outcome: Outcome | None = column(description="处理结果。 What was answered.")
    answer: str | None = column(description="调查核实情况和答复。 The answer.")
    answered_by: str | None = expression(name_of("answered_by"), description="答复人。 Who.")
    answered_on: date | None = column(description="答复日期。 When.")
    member: MemberType | None = to_one(_member, description="所涉党员。 Whom it is about.")


@entity(reads.LATE_FACT, permission=actions.READ, path=homes.path_of_home, seen=homes.seen)
@strawberry.type(
    description="评定后才有的记录，不计分，由组织决定。 What came late for a decided year."
)
class ScoringLateFact(Node):
    name: str = column(description="积分项目。 The item it would count under.")
    points: Decimal = column(description="分值，扣分为负。 Points; below nothing if taken off.")
    happened_on: date = column(description="发生日期。 When it happened.")
    description: str = column(description="记录的内容。 What the record says.")
    reverses: strawberry.ID | None = column(
        "reverses_id",
        kind="ScoringEntry",
        description="所依据的记录已更正的记分。 The entry whose record no longer says so.",
    )
    noted_on: date = column(description="发现日期。 When it was noted.")
    settled_on: date | None = column(description="了结日期。 When it was settled.")
    settlement: Settlement | None = column(description="如何了结。 How it was settled.")
    settled_by: str | None = expression(name_of("settled_by"), description="处理人。 Who left it.")
    reason: str | None = column(description="维持原结果的理由。 Why it was left.")
    member: MemberType | None = to_one(_member, description="党员。 The member.")


@entity(reads.INSPECTION, permission=actions.YEAR_READ, path=homes.path_of_year)
@strawberry.type(description="工委抽查。 An inspection at random.")
class ScoringInspection(Node):
    findings: str = column(description="抽查情况。 What was found.")
    returned: bool = column(description="是否退回整改。 Whether it was returned.")
    inspected_by: str | None = expression(name_of("inspected_by"), description="抽查人。 Who.")
    inspected_on: date = column(description="抽查日期。 When.")


@entity(reads.YEAR, permission=actions.YEAR_READ, path=path_of_organization)
@strawberry.type(description="支部年度考核。 A branch's year.")
class ScoringYear(Node):
    organization: OrganizationName = to_one(
        lambda row, target: target.c.id == row.c.organization_id,
        shown_with_parent="names are public",
        description="支部。 The branch.",
    )
    year: int = column(description="考核年度。 The year.")
    stand: Stand = column(description="进展。 Where it stands.")
    basis: str = column(description="所用积分办法。 The scheme it rests on.")
    drawn_up_by: str | None = expression(
        name_of("drawn_up_by"), description="汇总人。 Who summed it up."
    )
    drawn_up_on: date = column(description="汇总日期。 When.")
    body: Body | None = column(description="评定机构。 Who decided it.")
    held_on: date | None = column(description="评定会议日期。 When the meeting was held.")
    entitled: int | None = column(description="应到人数。 Those entitled.")
    present: int | None = column(description="实到人数。 Those present.")
    in_favour: int | None = column(description="赞成人数。 Those in favour.")
    minutes: str | None = column(description="会议记录。 The minutes it stands in.")
    decided_by: str | None = expression(
        name_of("decided_by"), description="评定登记人。 Who recorded the decision."
    )
    decided_late_reason: str | None = column(description="评定补录原因。 Why so late.")
    reviewed_by: str | None = expression(name_of("reviewed_by"), description="审核人。 Reviewer.")
    reviewed_on: date | None = column(description="审核日期。 When it was reviewed.")
    reviewed_late_reason: str | None = column(description="审核补录原因。 Why so late.")
    opinion: str | None = column(description="审核意见。 What the review says.")
    noticed_on: date | None = column(description="公示起始日期。 When it was put up.")
    notice_until: date | None = column(description="公示截止日期。 The last day of the notice.")
    notice_place: str | None = column(description="公示方式。 Where it was put up.")
    noticed_late_reason: str | None = column(description="公示补录原因。 Why so late.")
    concluded_on: date | None = column(description="办结日期。 When it was concluded.")
    results: list[ScoringResult] = to_many(
        lambda row, target: target.c.year_id == row.c.id,
        order_by=lambda target: [target.c.rank.is_(None), target.c.rank, target.c.member_id],
        limit=500,
        description="党员结果，高分在前。 What members came to, the highest first.",
    )
    objections: list[ScoringObjection] = to_many(
        lambda row, target: target.c.year_id == row.c.id,
        order_by=lambda target: [target.c.raised_on, target.c.id],
        description="异议。 Objections.",
    )
    inspections: list[ScoringInspection] = to_many(
        lambda row, target: target.c.year_id == row.c.id,
        order_by=lambda target: [target.c.inspected_on, target.c.id],
        description="抽查。 Inspections.",
    )
    late_facts: list[ScoringLateFact] = to_many(
        lambda row, target: target.c.year_id == row.c.id,
        order_by=lambda target: [target.c.noted_on, target.c.id],
        limit=500,
        description="评定后才有的记录。 What records came to say since it was decided.",
    )
