"""Matters of units, as the schema shows them: what leaders report is opened apart."""

from datetime import date, datetime

import strawberry

from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationName
from zhibu.reading import Node, column, entity, expression, to_one
from zhibu_organization_life import actions, reads
from zhibu_organization_life.graph.enums import Channel, MatterKind


@entity(
    reads.MATTER,
    permission=actions.MATTER_READ,
    path=reads.path_of_organization,
    owner="member_id",
)
@strawberry.type(
    description="分析、检查、述职评议、意见和报告。 What a unit did, heard or was reported."
)
class OrganizationLifeMatter(Node):
    kind: MatterKind = column(description="类型。 Kind.")
    channel: Channel | None = column(description="意见渠道。 How an opinion came in.")
    title: str = column(
        description="名称；报告的名称与内容一并查看。 What it is about; of reports nothing."
    )
    details: str | None = column(description="内容；报告的内容另行查看。 What it says.")
    happened_on: date = column(description="日期。 Day.")
    answer: str | None = column(description="办理、评定或反馈情况。 What came of it.")
    answered_on: date | None = column(description="办理日期。 When that was.")
    late_reason: str | None = column(description="补录原因。 Why it was entered late.")
    voided_on: date | None = column(description="作废日期。 When it was voided.")
    void_reason: str | None = column(description="作废原因。 Why.")
    recorded_by: str | None = expression(
        reads.name_of("recorded_by"), description="录入人。 Who entered it."
    )
    recorded_at: datetime = column(description="录入时间。 When it was entered.")
    member: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.member_id,
        description="被评议人或报告人。 Whom it is about.",
    )
    organization: OrganizationName = to_one(
        lambda row, target: target.c.id == row.c.organization_id,
        shown_with_parent="names are public",
        description="登记的党组织。 Whose matter it is.",
    )
