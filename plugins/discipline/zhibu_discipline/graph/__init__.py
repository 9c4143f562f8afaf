"""Discipline in the schema."""

import strawberry

from zhibu.contributions import Graph
from zhibu_discipline.graph.files import (
    DisciplineFileCheck,
    DisciplineFileMutation,
    DisciplineFileQuery,
)
from zhibu_discipline.graph.mutations import DisciplineMutation
from zhibu_discipline.graph.pages import DisciplinePages
from zhibu_discipline.graph.parts import DisciplineOfMember, DisciplineOfOrganization
from zhibu_discipline.graph.queries import DisciplineQuery
from zhibu_discipline.graph.referrals import (
    DisciplineReferral,
    DisciplineReferralMutation,
    DisciplineReferralQuery,
)
from zhibu_discipline.graph.suggesting import DisciplineSuggestionQuery
from zhibu_discipline.graph.types import DisciplineCase, DisciplineFollowUp


@strawberry.type
class DisciplineRoot(
    DisciplineQuery,
    DisciplineReferralQuery,
    DisciplineFileQuery,
    DisciplinePages,
    DisciplineSuggestionQuery,
):
    """What may be asked of discipline."""


@strawberry.type
class DisciplineChanges(DisciplineMutation, DisciplineReferralMutation, DisciplineFileMutation):
    """Everything that changes dispositions, hand-overs and checks of files."""


GRAPH = Graph(
    query=DisciplineRoot,
    mutation=DisciplineChanges,
    member=DisciplineOfMember,
    organization=DisciplineOfOrganization,
    types=(DisciplineCase, DisciplineFollowUp, DisciplineReferral, DisciplineFileCheck),
)
