"""Members in the schema."""

from zhibu.contributions import Graph
from zhibu.members.graph.mutations import MemberMutation
from zhibu.members.graph.queries import MemberQuery
from zhibu.members.graph.types import AffiliationType, MemberType, StagePeriodType

GRAPH = Graph(
    query=MemberQuery,
    mutation=MemberMutation,
    types=(MemberType, AffiliationType, StagePeriodType),
)

__all__ = ["GRAPH", "AffiliationType", "MemberType", "StagePeriodType"]
