"""Who comes from another institution, as the host sees him."""

from datetime import date, datetime

import strawberry

from zhibu.organizations.graph import OrganizationName
from zhibu.reading import Node, column, entity, expression, to_many, to_one
from zhibu_flow_members import actions, reads
from zhibu_flow_members.graph.words import (
    Certainty,
    Channel,
    Conduct,
    Ending,
    Ground,
    GuestState,
    NoteKind,
    Paper,
)


@entity(reads.GUEST_NOTE, permission=actions.ARRIVAL_READ, path=reads.path_of_note)
@strawberry.type(description="流入地对外单位党员的记录，同时告知其单位。 A note of the host.")
class FlowMembersGuestNote(Node):
    kind: NoteKind = column(description="类型。 Kind.")
    channel: Channel = column(description="方式。 By what way.")
    happened_on: date = column(description="日期。 Day.")
    text: str = column(description="内容。 What is noted.")
    grade: Conduct | None = column(description="评议等次。 The grade of an evaluation.")
    reason: str | None = column(description="补录或特殊情况的原因。 Why late or unusual.")
    voided_on: date | None = column(description="作废日期。 When it was voided.")
    void_reason: str | None = column(description="作废原因。 Why.")
    recorded_by: str | None = expression(
        reads.name_of("recorded_by"), description="录入人。 Who entered it."
    )
    recorded_at: datetime = column(description="录入时间。 When it was entered.")


@entity(reads.GUEST, permission=actions.ARRIVAL_READ, path=reads.path_of_guest)
@strawberry.type(
    description="平台内其他单位的外来党员。 Who comes from another institution of this platform."
)
class FlowMembersGuest(Node):
    name: str = column(description="姓名。 Name.")
    institution: str = column("peer_code", description="其单位代码。 Its code.")
    institution_name: str = column("peer_name", description="其单位名称。 Whose member he is.")
    home_branch: str = column(description="流出地党支部。 His branch.")
    home_committee: str = column(description="流出地党委。 The committee above it.")
    home_contact: str | None = column(
        description="流出地党支部的联系方式。 How his branch is reached."
    )
    ground: Ground = column(description="来此原因。 Why.")
    place: str | None = column(description="外出地点。 Where.")
    unit: str | None = column(description="所在单位。 The unit here.")
    certainty: Certainty = column(description="地点和时间是否确定。 How sure that is.")
    since: date = column(description="外出日期。 From this day.")
    until: date | None = column(description="预计离开日期。 Until when, if known.")
    paper: Paper = column(description="所持证件。 The paper.")
    state: GuestState = column(description="是否接收。 Whether he is taken in.")
    answer_by: date = column(description="应答复的期限。 By when that is answered.")
    answered_on: date | None = column(description="答复日期。 When it was.")
    answered_by: str | None = expression(
        reads.name_of("answered_by"), description="答复人。 Who answered."
    )
    refusal: str | None = column(description="不接收的原因。 Why he is not.")
    verify_by: date | None = column(description="应验证的期限。 By when he is verified.")
    arrived_on: date | None = column(description="报到日期。 When he reported in.")
    verified_on: date | None = column(description="验证日期。 When he was verified.")
    verified_by: str | None = expression(
        reads.name_of("verified_by"), description="验证人。 Who verified."
    )
    host_note: str | None = column(description="接收党支部的说明。 What the host says.")
    file_by: date | None = column(description="应备案的期限。 By when it is filed above.")
    filed_on: date | None = column(description="上级备案日期。 When it was.")
    filed_by: str | None = expression(reads.name_of("filed_by"), description="备案人。 Who did.")
    left_on: date | None = column(description="本单位登记的离开日期。 When he left, as we say.")
    left_reason: str | None = column(description="离开情况。 How he left.")
    ended_on: date | None = column(description="其单位告知的结束日期。 When it ended, as they say.")
    ending: Ending | None = column(description="如何结束。 How it ended.")
    withdrawn_on: date | None = column(
        description="其单位撤回日期。 When it was taken back as a mistake."
    )
    version: int = column(description="版本。 Grows with every change.")
    receiver: OrganizationName | None = to_one(
        lambda row, target: target.c.id == row.c.receiver_id,
        shown_with_parent="names are public",
        description="收到请求的党组织。 Who was asked.",
    )
    host: OrganizationName | None = to_one(
        lambda row, target: target.c.id == row.c.host_id,
        shown_with_parent="names are public",
        description="接收党支部。 Who takes him in.",
    )
    notes: list[FlowMembersGuestNote] = to_many(
        lambda row, target: target.c.guest_id == row.c.id,
        order_by=lambda target: [target.c.happened_on.desc(), target.c.id.desc()],
        limit=20,
        description="记录，最近的在前（最多 20 条）。 Notes, the latest first, 20 at most.",
    )
