"""What both sides note of somebody away, and who keeps contact, as the schema shows it."""

from datetime import date, datetime

import strawberry

from zhibu.members.graph import MemberType
from zhibu.reading import Node, column, entity, expression, to_one
from zhibu_flow_members import actions, reads
from zhibu_flow_members.graph.words import Channel, Conduct, Fault, NoteKind, Phase, Side


@entity(reads.NOTE, permission=actions.READ, path=reads.path_of_member, seen=reads.note_seen)
@strawberry.type(description="联系、教育、汇报和走访记录。 What is noted of somebody away.")
class FlowMembersNote(Node):
    kind: NoteKind = column(description="类型。 Kind.")
    side: Side = column(description="流出地或流入地。 By which side.")
    phase: Phase = column(description="流动前、流动中或流动后。 Before, during or after.")
    channel: Channel = column(description="方式：书信、电话、网络或面谈。 By what way.")
    happened_on: date = column(description="日期。 Day.")
    text: str = column(description="内容。 What is noted.")
    fault: Fault | None = column(description="批评教育的原因。 What is criticized.")
    grade: Conduct | None = column(description="评议等次。 The grade of an evaluation.")
    reason: str | None = column(
        description="补录、代录或特殊情况的原因。 Why late, for him, or against what is usual."
    )
    voided_on: date | None = column(description="作废日期。 When it was voided.")
    void_reason: str | None = column(description="作废原因。 Why.")
    recorded_by: str | None = expression(
        reads.name_of("recorded_by"), description="录入人。 Who entered it."
    )
    recorded_at: datetime = column(description="录入时间。 When it was entered.")
    member: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.member_id, description="党员。 The member."
    )


@entity(reads.LIAISON, permission=actions.READ, path=reads.path_of_member, owner="member_id")
@strawberry.type(description="流动党员联络员。 Who of the branch keeps contact with him.")
class FlowMembersLiaison(Node):
    liaison_name: str = expression(reads.name_of_liaison, description="联络员姓名。 Who it is.")
    load: int = expression(
        reads.load, description="该联络员现联系的人数。 How many he keeps contact with now."
    )
    since: date = column(description="开始日期。 From when on.")
    until: date | None = column(description="结束日期。 From when on not any more.")
    reason: str | None = column(description="超出联系人数的原因。 Why so many.")
    member: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.member_id, description="流动党员。 Of whom."
    )
