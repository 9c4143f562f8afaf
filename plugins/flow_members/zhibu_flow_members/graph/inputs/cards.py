"""What a client says about activity cards."""

from datetime import date
from uuid import UUID

import strawberry

from zhibu.graph.inputs import key, row, told
from zhibu_flow_members.graph.words import CardEnding, ReviewResult

CARD = "活动证。 The card."


def card_row(id: str) -> UUID:
    return row(id, "FlowMembersCard", "card")


@strawberry.input(description="为活动证盖章。 A card to be stamped.")
class FlowMembersCardStampInput:
    case: strawberry.ID = told("外出登记。 The stay.")
    idempotency_key: str | None = key()


@strawberry.input(description="发放活动证。 A card to be issued.")
class FlowMembersCardIssueInput:
    card: strawberry.ID = told(CARD)
    on: date = told("发放日期。 When.")
    idempotency_key: str | None = key()


@strawberry.input(description="年度审核。 What a review came to.")
class FlowMembersCardReviewInput:
    card: strawberry.ID = told(CARD)
    year: int = told("审核年度。 The year.")
    result: ReviewResult = told("审核结果。 What it came to.")
    note: str | None = told("说明；不合格的必填。 What was found.", None)
    reason: str | None = told("重新审核的原因。 Why it is reviewed anew.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="为活动证贴照片。 A photograph for a card.")
class FlowMembersCardPhotoAttachInput:
    card: strawberry.ID = told(CARD)
    file: strawberry.ID = told(
        "照片：本人先以 POST /files?member= 上传的 JPEG。 What one handed in."
    )
    reason: str | None = told("更换照片的原因。 Why the former one is replaced.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="取下活动证照片。 A photograph to be taken off a card.")
class FlowMembersCardPhotoRemoveInput:
    card: strawberry.ID = told(CARD)
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="成批打印活动证。 All cards of a place to be printed.")
class FlowMembersCardsPrintInput:
    organization: strawberry.ID = told("党组织，含下级。 The organization, with below.")
    idempotency_key: str | None = key()


@strawberry.input(description="交回、补换或作废活动证。 A card that holds no more.")
class FlowMembersCardEndInput:
    card: strawberry.ID = told(CARD)
    on: date = told("日期。 When.")
    ending: CardEnding = told("如何失效。 How it ends.")
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()
