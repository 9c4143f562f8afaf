"""Floating members in the schema."""

import strawberry

from zhibu.contributions import Graph
from zhibu_flow_members.graph.guests import FlowMembersGuests
from zhibu_flow_members.graph.mutations import FlowMembersMutation
from zhibu_flow_members.graph.parts import FlowOfMember, FlowOfOrganization
from zhibu_flow_members.graph.queries import FlowMembersQuery
from zhibu_flow_members.graph.registers import FlowMembersRegisters
from zhibu_flow_members.graph.summaries import FlowMembersSummaries
from zhibu_flow_members.graph.types import (
    FlowMembersArrival,
    FlowMembersCard,
    FlowMembersCardReview,
    FlowMembersCase,
    FlowMembersGuest,
    FlowMembersGuestNote,
    FlowMembersLiaison,
    FlowMembersNote,
    FlowMembersSpotCheck,
    FlowMembersSpotUnit,
    FlowMembersSummary,
)


@strawberry.type
class FlowMembersRoot(
    FlowMembersQuery, FlowMembersGuests, FlowMembersRegisters, FlowMembersSummaries
):
    """Everything that may be asked about floating members."""


GRAPH = Graph(
    query=FlowMembersRoot,
    mutation=FlowMembersMutation,
    member=FlowOfMember,
    organization=FlowOfOrganization,
    types=(
        FlowMembersCase,
        FlowMembersArrival,
        FlowMembersGuest,
        FlowMembersGuestNote,
        FlowMembersCard,
        FlowMembersCardReview,
        FlowMembersNote,
        FlowMembersLiaison,
        FlowMembersSummary,
        FlowMembersSpotCheck,
        FlowMembersSpotUnit,
    ),
)
