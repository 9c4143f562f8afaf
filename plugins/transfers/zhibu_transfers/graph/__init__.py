"""Transfers in the schema."""

import strawberry

from zhibu.contributions import Graph
from zhibu_transfers.graph.abroad import TransfersAbroadMutation
from zhibu_transfers.graph.membership_mutations import TransfersMembershipMutation
from zhibu_transfers.graph.memberships import (
    TransfersContact,
    TransfersMembership,
    TransfersMemberships,
    TransfersSearch,
)
from zhibu_transfers.graph.mutations import TransfersMutation
from zhibu_transfers.graph.pages import TransfersPages
from zhibu_transfers.graph.parts import TransfersOfMember, TransfersOfOrganization
from zhibu_transfers.graph.queries import TransfersQuery
from zhibu_transfers.graph.types import TransfersCase, TransfersLetter


@strawberry.type
class TransfersRoot(TransfersQuery, TransfersPages, TransfersMemberships):
    """Everything that may be asked about transfers."""


@strawberry.type
class TransfersActs(TransfersMutation, TransfersMembershipMutation, TransfersAbroadMutation):
    """Everything that may be done with transfers."""


GRAPH = Graph(
    query=TransfersRoot,
    mutation=TransfersActs,
    member=TransfersOfMember,
    organization=TransfersOfOrganization,
    types=(
        TransfersCase,
        TransfersContact,
        TransfersLetter,
        TransfersMembership,
        TransfersSearch,
    ),
)
