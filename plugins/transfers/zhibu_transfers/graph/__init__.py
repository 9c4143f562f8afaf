"""Transfers in the schema."""

from zhibu.contributions import Graph
from zhibu_transfers.graph.mutations import TransfersMutation
from zhibu_transfers.graph.parts import TransfersOfMember, TransfersOfOrganization
from zhibu_transfers.graph.queries import TransfersQuery
from zhibu_transfers.graph.types import TransfersCase, TransfersLetter

GRAPH = Graph(
    query=TransfersQuery,
    mutation=TransfersMutation,
    member=TransfersOfMember,
    organization=TransfersOfOrganization,
    types=(TransfersCase, TransfersLetter),
)
