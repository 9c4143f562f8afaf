"""Scoring in the schema."""

import strawberry

from zhibu.contributions import Graph
from zhibu_scoring.graph.cards import CardQuery
from zhibu_scoring.graph.mutations import ScoringMutation
from zhibu_scoring.graph.pages import PageQuery
from zhibu_scoring.graph.parts import ScoringOfMember, ScoringOfOrganization
from zhibu_scoring.graph.queries import ScoringQuery
from zhibu_scoring.graph.types import ScoringEntry, ScoringExemption, ScoringFact
from zhibu_scoring.graph.years import beside, types
from zhibu_scoring.graph.years.mutations import YearMutation
from zhibu_scoring.graph.years.queries import YearQuery


@strawberry.type
class ScoringRoot(ScoringQuery, YearQuery, PageQuery, CardQuery):
    """What may be asked of scoring."""


@strawberry.type
class ScoringChanges(ScoringMutation, YearMutation):
    """Everything that changes points, and what they come to."""


GRAPH = Graph(
    query=ScoringRoot,
    mutation=ScoringChanges,
    member=ScoringOfMember,
    organization=ScoringOfOrganization,
    types=(
        ScoringEntry,
        ScoringExemption,
        ScoringFact,
        beside.ScoringCheck,
        beside.ScoringHelp,
        types.ScoringInspection,
        types.ScoringLateFact,
        types.ScoringObjection,
        beside.ScoringPublication,
        beside.ScoringRecommendation,
        types.ScoringResult,
        types.ScoringYear,
    ),
)
