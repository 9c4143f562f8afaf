"""What transfers adds to members and organizations."""

import strawberry

from zhibu.organizations.graph import OrganizationName
from zhibu.reading import expression, part, public, to_many, to_one
from zhibu_transfers import actions
from zhibu_transfers.graph.memberships import TransfersMembership
from zhibu_transfers.graph.types import SIDES, TransfersCase
from zhibu_transfers.reads import parts

WITH_PART = "shown with the part, which has its permission"


@public(WITH_PART)
@strawberry.type(description="党员的组织关系转接。 A member's transfers.")
class MemberTransfers:
    responsible: OrganizationName | None = to_one(
        parts.responsible,
        shown_with_parent=SIDES,
        description="负责管理的支部：接收前为转出支部。 Who answers: the sender until received.",
    )
    cases: list[TransfersCase] = to_many(
        parts.opened,
        order_by=lambda target: [target.c.opened_on, target.c.id],
        limit=50,
        shown_with_parent="whoever may read a member's transfers reads all of them",
        description="历次转接。 Every transfer.",
    )
    memberships: list[TransfersMembership] = to_many(
        parts.asked,
        order_by=lambda target: [target.c.asked_on, target.c.id],
        limit=50,
        shown_with_parent="whoever may read a member's transfers reads all of them",
        description="历次党籍办理。 Every decision about the membership.",
    )


@public(WITH_PART)
@strawberry.type(description="党组织及下级的转接。 Transfers of an organization and those below.")
class OrganizationTransfers:
    going_out: int = expression(
        parts.going_out, description="办理中的转出，明细见 transfersCases。 Under way, outward."
    )
    coming_in: int = expression(
        parts.coming_in, description="办理中的转入，明细见 transfersCases。 Under way, inward."
    )
    unused: int = expression(
        parts.unused, description="未使用的介绍信，明细见 transfersLetters。 Letters not used."
    )
    expired: int = expression(
        parts.expired, description="其中已过期的。 Those of them that expired."
    )
    without_receipt: int = expression(
        parts.without_receipt,
        description="逾期未收到回执，明细见 transfersCases。 Without the receipt that is due.",
    )
    stopped: int = expression(
        parts.stopped,
        description="经办理停止党籍中的，明细见 transfersMemberships。 Stopped by a decision here.",
    )
    retained: int = expression(
        parts.retained,
        description="出国（境）保留组织关系中的，明细见 transfersMemberships。 Retained abroad.",
    )


@strawberry.type
class TransfersOfMember:
    @part(parts.OfMember, permission=actions.READ)
    def transfers(self) -> MemberTransfers | None:
        """党员的组织关系转接；无权查看时为空。 Transfers; null if the caller may not see."""


@strawberry.type
class TransfersOfOrganization:
    @part(parts.OfOrganization, permission=actions.READ)
    def transfers(self) -> OrganizationTransfers | None:
        """党组织及其下级的组织关系转接。 Transfers, here and below."""
