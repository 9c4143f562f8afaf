"""What members take on, as the schema shows it."""

from datetime import date, datetime
from decimal import Decimal

import strawberry

from zhibu.members.graph import MemberType
from zhibu.reading import Node, column, entity, expression, to_one
from zhibu_organization_life import actions, reads
from zhibu_organization_life.graph.enums import Engaged


@entity(
    reads.ENGAGEMENT,
    permission=actions.REGISTER_READ,
    path=reads.path_of_member,
    owner="member_id",
)
@strawberry.type(description="承诺、岗位、联系、服务等登记。 Something that a member takes on.")
class OrganizationLifeEngagement(Node):
    kind: Engaged = column(description="类型。 Kind.")
    title: str = column(description="名称、联系对象或岗位。 What it is, or who is linked.")
    details: str | None = column(description="内容。 What exactly.")
    since: date = column(description="开始日期或当天。 First day, or the day.")
    until: date | None = column(description="结束日期，当天起不再适用。 From when on it ends.")
    hours: Decimal | None = column(description="志愿服务时长（小时）。 Hours of service.")
    result: str | None = column(description="践诺或完成情况。 What came of it.")
    fulfilled_on: date | None = column(description="完成日期。 When that was.")
    late_reason: str | None = column(description="补录原因。 Why it was entered late.")
    voided_on: date | None = column(description="作废日期。 When it was voided.")
    void_reason: str | None = column(description="作废原因。 Why.")
    recorded_by: str | None = expression(
        reads.name_of("recorded_by"), description="录入人。 Who entered it."
    )
    recorded_at: datetime = column(description="录入时间。 When it was entered.")
    version: int = column(description="版本。 Grows with every change.")
    member: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.member_id, description="党员。 The member."
    )
