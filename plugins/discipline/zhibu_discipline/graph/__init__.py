"""Discipline in the schema."""

from zhibu.contributions import Graph
from zhibu_discipline.graph.mutations import DisciplineMutation
from zhibu_discipline.graph.parts import DisciplineOfMember, DisciplineOfOrganization
from zhibu_discipline.graph.queries import DisciplineQuery
from zhibu_discipline.graph.types import DisciplineCase

GRAPH = Graph(
    query=DisciplineQuery,
    mutation=DisciplineMutation,
    member=DisciplineOfMember,
    organization=DisciplineOfOrganization,
    types=(DisciplineCase,),
)
