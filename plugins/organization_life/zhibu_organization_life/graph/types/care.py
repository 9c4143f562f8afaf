"""Surveys and relief, as the schema shows them: how a member lives is opened by an act."""

from datetime import date, datetime

import strawberry

from zhibu.members.graph import MemberType
from zhibu.reading import Node, column, entity, expression, to_one
from zhibu_organization_life import actions, reads
from zhibu_organization_life.graph.enums import Fund


@entity(
    reads.SURVEY, permission=actions.CARE_READ, path=reads.path_of_organization, owner="member_id"
)
@strawberry.type(description="“三清”摸排；情况另行查看。 A survey of how a member lives.")
class OrganizationLifeSurvey(Node):
    surveyed_on: date = column(description="摸排日期。 When.")
    hardship: bool = column(description="是否生活困难。 Whether it found hardship.")
    late_reason: str | None = column(description="补录原因。 Why it was entered late.")
    voided_on: date | None = column(description="作废日期。 When it was voided.")
    void_reason: str | None = column(description="作废原因。 Why.")
    recorded_by: str | None = expression(
        reads.name_of("recorded_by"), description="录入人。 Who entered it."
    )
    recorded_at: datetime = column(description="录入时间。 When it was entered.")
    member: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.member_id, description="党员。 The member."
    )


@entity(
    reads.RELIEF, permission=actions.CARE_READ, path=reads.path_of_organization, owner="member_id"
)
@strawberry.type(description="困难党员慰问金。 Relief that was paid to a member.")
class OrganizationLifeRelief(Node):
    paid_on: date = column(description="发放日期。 When it was paid.")
    fen: int = column(description="金额（分）。 Amount, in fen.")
    fund: Fund = column(description="资金来源。 Which money.")
    receipt: str = column(description="签收凭证。 The receipt.")
    note: str | None = column(description="说明。 What else is to be said.")
    voided_on: date | None = column(description="作废日期。 When it was voided.")
    void_reason: str | None = column(description="作废原因。 Why.")
    recorded_by: str | None = expression(
        reads.name_of("recorded_by"), description="录入人。 Who entered it."
    )
    recorded_at: datetime = column(description="录入时间。 When it was entered.")
    member: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.member_id, description="党员。 The member."
    )
