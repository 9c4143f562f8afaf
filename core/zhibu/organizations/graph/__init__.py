"""Organizations and posts in the schema."""

from zhibu.contributions import Graph
from zhibu.organizations.graph.mutations import OrganizationMutation
from zhibu.organizations.graph.queries import OrganizationQuery
from zhibu.organizations.graph.types import OrganizationName, OrganizationType, PostType

GRAPH = Graph(
    query=OrganizationQuery,
    mutation=OrganizationMutation,
    types=(OrganizationType, PostType),
)

__all__ = ["GRAPH", "OrganizationName", "OrganizationType", "PostType"]
