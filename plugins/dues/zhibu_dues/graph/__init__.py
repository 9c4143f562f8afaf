"""Dues in the schema."""

from zhibu.contributions import Graph
from zhibu_dues.graph.mutations import DuesMutation
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

GRAPH = Graph(
    query=DuesQuery,
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
