"""What floating members add to members and organizations."""

import strawberry

from zhibu.reading import expression, part, public, to_many
from zhibu_flow_members import actions, reads
from zhibu_flow_members.graph.types import FlowMembersArrival, FlowMembersCase

SHOWN = "shown with the part, which has its permission"


@public(SHOWN)
@strawberry.type(description="党组织的流动党员情况。 Who is away from here, and taken in here.")
class FlowMembersOfUnit:
    away: int = expression(
        lambda of, env: of.away(), description="在外人数，含下级。 How many are away, with below."
    )
    floating: int = expression(
        lambda of, env: of.away(lambda case: case.c.floating_from <= env.today),
        description="其中属于流动党员的。 How many of them are floating members by definition.",
    )
    untold: int = expression(
        lambda of, env: of.away(lambda case: case.c.told_on.is_(None)),
        description="其中没有行前谈话的。 How many were not told what is required.",
    )
    incoming: int = expression(
        lambda of, env: of.here(), description="外来人数，含下级。 How many are taken in here."
    )
    unverified: int = expression(
        lambda of, env: of.here(lambda case: case.c.verified_on.is_(None)),
        description="其中尚未验证的。 How many of them nobody verified yet.",
    )
    arrivals: list[FlowMembersArrival] = to_many(
        lambda of, target: of.arrival(target),
        order_by=lambda target: [target.c.since.desc(), target.c.id],
        limit=20,
        description="本级接收的，最近的在前（最多 20 条）。 Taken in right here, the latest first.",
    )


@public(SHOWN)
@strawberry.type(description="党员的外出情况。 Whether and where a member is away.")
class FlowMembersOfMember:
    cases: list[FlowMembersCase] = to_many(
        lambda of, target: of.case(target),
        order_by=lambda target: [target.c.since.desc(), target.c.id],
        limit=20,
        description="外出登记，最近的在前（最多 20 条）。 Cases, the latest first, 20 at most.",
    )


@strawberry.type
class FlowOfMember:
    @part(reads.OfMember, permission=actions.READ)
    def flow_members(self) -> FlowMembersOfMember | None:
        """党员的外出情况。 Whether and where a member is away."""


@strawberry.type
class FlowOfOrganization:
    @part(reads.OfOrganization, permission=actions.READ)
    def flow_members(self) -> FlowMembersOfUnit | None:
        """党组织及其下级的流动党员情况。 Floating members here and below."""
