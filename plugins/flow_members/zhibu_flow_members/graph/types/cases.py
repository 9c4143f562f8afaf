"""Somebody away, as his own branch sees him."""

from datetime import date, datetime

import strawberry

from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationName
from zhibu.reading import Node, column, entity, expression, to_one
from zhibu_flow_members import actions, reads
from zhibu_flow_members.graph.words import Certainty, Ending, Ground, Paper, PeerState


@entity(reads.CASE, permission=actions.READ, path=reads.path_of_member, owner="member_id")
@strawberry.type(
    description="外出党员登记；联系方式另行查看。 Somebody away, as his branch sees him."
)
class FlowMembersCase(Node):
    ground: Ground = column(description="外出原因。 Why.")
    place: str = column(description="外出地点。 Where.")
    unit: str | None = column(description="外出单位。 The unit there.")
    certainty: Certainty = column(description="地点和时间是否确定。 How sure that is.")
    since: date = column(description="外出日期。 From this day.")
    until: date | None = column(description="预计返回日期。 Until when, if known.")
    untransferred: str | None = column(
        description="未转组织关系的原因。 Why the relationship was not transferred."
    )
    by_wish: bool = column(
        description="本人是否希望组织关系留在原党组织。 Whether he wishes to stay with his branch."
    )
    paper: Paper = column(description="所持证件。 The paper.")
    paper_reason: str | None = column(
        description="不按规定证件办理的原因。 Why not the one that the rules give."
    )
    floating: bool = expression(
        reads.floating,
        description="今天是否属于流动党员（连续外出六个月以上）。 Whether he is floating today.",
    )
    floating_from: date = column(description="何日起属于流动党员。 From when on he would be.")
    late_reason: str | None = column(description="补录原因。 Why it was entered late.")
    told_on: date | None = column(description="行前谈话日期。 When he was told what is required.")
    requirements: str | None = column(description="提出的要求。 What is required.")
    contact: str | None = column(
        description="告知的党组织联系方式。 How his branch is reached, as he was told."
    )
    told_late_reason: str | None = column(
        description="外出后才谈话的原因。 Why he was told only after leaving."
    )
    arrived_on: date | None = column(description="到流入地报到日期。 When he reported in there.")
    verified_on: date | None = column(description="流入地验证日期。 When the host verified.")
    filed_on: date | None = column(
        description="流入地上级备案日期。 When the level above the host filed it."
    )
    ended_on: date | None = column(description="返回或转移日期。 From when on he is not away.")
    ending: Ending | None = column(description="返回或转移情况。 How it ended.")
    end_note: str | None = column(description="说明。 What else is to be said.")
    voided_on: date | None = column(description="作废日期。 When it was voided.")
    void_reason: str | None = column(description="作废原因。 Why.")
    recorded_by: str | None = expression(
        reads.name_of("recorded_by"), description="录入人。 Who entered it."
    )
    recorded_at: datetime = column(description="录入时间。 When it was entered.")
    touched_on: date | None = column(description="最近联系日期。 The last day of contact.")
    reported_on: date | None = column(description="最近汇报日期。 The last day of a report.")
    contact_by: date | None = column(description="下次联系的期限。 By when contact is due.")
    report_by: date | None = column(description="下次汇报的期限。 By when a report is due.")
    institution: str | None = column(
        "peer_code",
        description="流入地单位代码（平台内其他单位）。 The institution that was asked.",
    )
    institution_name: str | None = column(
        "peer_name", description="其名称，答复后才有。 Its name, once it has answered."
    )
    host_elsewhere: str | None = column(
        "peer_host", description="其接收党支部。 The branch there that takes him in."
    )
    host_state: PeerState | None = column(
        "peer_state", description="其答复。 What it has answered."
    )
    host_answered_on: date | None = column("peer_on", description="答复日期。 When.")
    host_reason: str | None = column("peer_reason", description="其说明的原因。 Why, as it says.")
    host_note: str | None = column(description="流入地的说明。 What the host says.")
    certificate_year: int | None = column(
        description="证明信编号的年度，打印后才有。 The year of its certificate letter's number."
    )
    certificate_serial: int | None = column(
        description="证明信在本支部当年的编号。 That number, of the branch that first printed it."
    )
    version: int = column(description="版本。 Grows with every change.")
    member: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.member_id, description="党员。 The member."
    )
    host: OrganizationName | None = to_one(
        lambda row, target: target.c.id == row.c.host_id,
        shown_with_parent="names are public",
        description="流入地党组织（本单位内的）。 Who takes him in, in this institution.",
    )
