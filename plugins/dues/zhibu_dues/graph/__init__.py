"""Dues in the schema."""

import strawberry

from zhibu.contributions import Graph
from zhibu_dues.graph.mutations import DuesMutation
from zhibu_dues.graph.pages import DuesPages
from zhibu_dues.graph.parts import DuesOfMember, DuesOfOrganization
from zhibu_dues.graph.queries import DuesQuery
from zhibu_dues.graph.types import (
    DuesArrears,
    DuesBase,
    DuesHandover,
    DuesMonth,
    DuesPayment,
    DuesPublication,
    DuesQuarterly,
    DuesReduction,
)


@strawberry.type
class DuesRoot(DuesQuery, DuesPages):
    """Everything that may be asked about dues."""


GRAPH = Graph(
    query=DuesRoot,
    mutation=DuesMutation,
    member=DuesOfMember,
    organization=DuesOfOrganization,
    types=(
        DuesArrears,
        DuesBase,
        DuesHandover,
        DuesMonth,
        DuesPayment,
        DuesPublication,
        DuesQuarterly,
        DuesReduction,
    ),
)
