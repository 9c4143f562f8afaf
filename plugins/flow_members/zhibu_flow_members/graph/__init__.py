"""Floating members in the schema."""

from zhibu.contributions import Graph
from zhibu_flow_members.graph.mutations import FlowMembersMutation
from zhibu_flow_members.graph.parts import FlowOfMember, FlowOfOrganization
from zhibu_flow_members.graph.queries import FlowMembersQuery
from zhibu_flow_members.graph.types import FlowMembersArrival, FlowMembersCase

GRAPH = Graph(
    query=FlowMembersQuery,
    mutation=FlowMembersMutation,
    member=FlowOfMember,
    organization=FlowOfOrganization,
    types=(FlowMembersCase, FlowMembersArrival),
)
