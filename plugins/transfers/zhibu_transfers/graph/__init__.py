"""Transfers in the schema."""

import strawberry

from zhibu.contributions import Graph
from zhibu_transfers.graph.mutations import TransfersMutation
from zhibu_transfers.graph.pages import TransfersPages
from zhibu_transfers.graph.parts import TransfersOfMember, TransfersOfOrganization
from zhibu_transfers.graph.queries import TransfersQuery
from zhibu_transfers.graph.types import TransfersCase, TransfersLetter


@strawberry.type
class TransfersRoot(TransfersQuery, TransfersPages):
    """Everything that may be asked about transfers."""


GRAPH = Graph(
    query=TransfersRoot,
    mutation=TransfersMutation,
    member=TransfersOfMember,
    organization=TransfersOfOrganization,
    types=(TransfersCase, TransfersLetter),
)
