"""Procedures in the schema."""

import strawberry

from zhibu.contributions import Graph
from zhibu.procedures.graph.mutations.answers import ProcedureAnswerMutation
from zhibu.procedures.graph.mutations.meetings import ProcedureMeetingMutation
from zhibu.procedures.graph.mutations.proposals import ProcedureProposalMutation
from zhibu.procedures.graph.queries import ProcedureQuery
from zhibu.procedures.graph.types import (
    ProcedureObjectionType,
    ProcedureOverrideType,
    ProcedureSittingType,
    ProcedureStepType,
)


@strawberry.type
class ProcedureMutation(
    ProcedureProposalMutation, ProcedureMeetingMutation, ProcedureAnswerMutation
):
    pass


GRAPH = Graph(
    query=ProcedureQuery,
    mutation=ProcedureMutation,
    types=(
        ProcedureStepType,
        ProcedureSittingType,
        ProcedureObjectionType,
        ProcedureOverrideType,
    ),
)
