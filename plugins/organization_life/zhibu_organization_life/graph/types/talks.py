"""Talks, as the schema shows them: what was said is opened by an act of its own."""

from datetime import date, datetime

import strawberry

from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationName
from zhibu.reading import Node, column, entity, expression, to_one
from zhibu_organization_life import actions, reads
from zhibu_organization_life.graph.enums import Dimension, TalkGround, TalkKind


@entity(
    reads.TALK,
    permission=actions.TALK_READ,
    path=reads.path_of_organization,
    owner="member_id",
)
@strawberry.type(description="谈话；内容另行查看。 A talk; what was said is opened apart.")
class OrganizationLifeTalk(Node):
    kind: TalkKind = column(description="类型。 Kind.")
    ground: TalkGround = column(description="起因。 What gave rise to it.")
    dimension: Dimension | None = column(description="监督方面。 What it is about.")
    talked_on: date = column(description="日期。 Day.")
    talker_name: str = expression(
        reads.name_of_member("talker_id"), description="谈话人姓名。 Who talked."
    )
    follow_up_on: date | None = column(description="约定跟进日期。 When it is followed up.")
    followed_on: date | None = column(description="跟进日期。 When it was.")
    improved: bool | None = column(description="是否改进。 Whether it brought improvement.")
    handle_by: date | None = column(
        description="应研究处理的期限。 By when is decided what to do without improvement."
    )
    handled_on: date | None = column(description="研究处理日期。 When that was decided.")
    decision: str | None = column(description="处理意见。 What was decided.")
    late_reason: str | None = column(description="补录原因。 Why it was entered late.")
    voided_on: date | None = column(description="作废日期。 When it was voided.")
    void_reason: str | None = column(description="作废原因。 Why.")
    recorded_by: str | None = expression(
        reads.name_of("recorded_by"), description="录入人。 Who entered it."
    )
    recorded_at: datetime = column(description="录入时间。 When it was entered.")
    member: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.member_id, description="谈话对象。 With whom."
    )
    organization: OrganizationName = to_one(
        lambda row, target: target.c.id == row.c.organization_id,
        shown_with_parent="names are public",
        description="保存记录的党组织。 Where it is kept.",
    )
