"""Activity cards, and their yearly reviews, as the schema shows them."""

from datetime import date

import strawberry

from zhibu.attachments.graph import AttachmentType
from zhibu.members.graph import MemberType
from zhibu.reading import Node, column, entity, expression, to_many, to_one
from zhibu_flow_members import actions, reads
from zhibu_flow_members.graph.types.cases import FlowMembersCase
from zhibu_flow_members.graph.words import CardEnding, ReviewResult


@entity(reads.REVIEW, permission=actions.READ, path=reads.path_of_member, owner="member_id")
@strawberry.type(description="活动证年度审核。 What the review of a card in a year came to.")
class FlowMembersCardReview(Node):
    year: int = column(description="审核年度。 The year.")
    result: ReviewResult = column(description="审核结果。 What it came to.")
    note: str | None = column(description="说明。 What was found.")
    reviewed_on: date = column(description="审核日期。 When.")
    reviewed_by: str | None = expression(
        reads.name_of("reviewed_by"), description="审核人。 Who reviewed."
    )


@entity(reads.CARD, permission=actions.READ, path=reads.path_of_member, owner="member_id")
@strawberry.type(description="流动党员活动证。 An activity card.")
class FlowMembersCard(Node):
    serial: int = column(description="编号，本单位内唯一。 Its number, once in the institution.")
    stamped_on: date = column(description="机关党委盖章日期。 When the committee stamped it.")
    stamped_by: str | None = expression(
        reads.name_of("stamped_by"), description="盖章经办人。 Who stamped it."
    )
    issued_on: date | None = column(description="党支部登记发放日期。 When the branch issued it.")
    issued_by: str | None = expression(
        reads.name_of("issued_by"), description="发放经办人。 Who issued it."
    )
    ended_on: date | None = column(description="失效日期。 From when on it does not hold.")
    ending: CardEnding | None = column(description="如何失效。 How it ended.")
    end_reason: str | None = column(description="原因。 Why.")
    member: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.member_id, description="党员。 The member."
    )
    case: FlowMembersCase | None = to_one(
        lambda row, target: target.c.id == row.c.case_id, description="外出登记。 The stay."
    )
    photo: AttachmentType | None = to_one(
        lambda row, target: target.c.id == row.c.photo_id,
        description="照片，由 GET /files/{id} 查看。 The photograph, as a file.",
    )
    reviews: list[FlowMembersCardReview] = to_many(
        lambda row, target: target.c.card_id == row.c.id,
        order_by=lambda target: target.c.year,
        limit=20,
        description="年度审核（最多 20 次）。 Its reviews, 20 at most.",
    )
