"""Scoring in the schema."""

from zhibu.contributions import Graph
from zhibu_scoring.graph.mutations import ScoringMutation
from zhibu_scoring.graph.parts import ScoringOfMember
from zhibu_scoring.graph.queries import ScoringQuery
from zhibu_scoring.graph.types import ScoringEntry, ScoringExemption, ScoringFact

GRAPH = Graph(
    query=ScoringQuery,
    mutation=ScoringMutation,
    member=ScoringOfMember,
    types=(ScoringEntry, ScoringExemption, ScoringFact),
)
