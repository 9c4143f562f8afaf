"""Procedures in the schema."""

import strawberry

from zhibu.contributions import Graph
from zhibu.procedures.graph.inputs.proposals import ProcedureDocumentInput, documents
from zhibu.procedures.graph.kinds import ProcedureKindQuery
from zhibu.procedures.graph.mutations.answers import ProcedureAnswerMutation
from zhibu.procedures.graph.mutations.elections import ProcedureElectionMutation
from zhibu.procedures.graph.mutations.meetings import ProcedureMeetingMutation
from zhibu.procedures.graph.mutations.proposals import ProcedureProposalMutation
from zhibu.procedures.graph.payloads import ProcedurePayload
from zhibu.procedures.graph.queries import ProcedureQuery
from zhibu.procedures.graph.types import (
    ProcedureObjectionType,
    ProcedureOverrideType,
    ProcedureSittingType,
    ProcedureStepType,
    ProcedureType,
)

__all__ = ["GRAPH", "ProcedureDocumentInput", "ProcedurePayload", "ProcedureType", "documents"]


@strawberry.type
class ProcedureQueries(ProcedureQuery, ProcedureKindQuery):
    pass


@strawberry.type
class ProcedureMutation(
    ProcedureProposalMutation,
    ProcedureMeetingMutation,
    ProcedureElectionMutation,
    ProcedureAnswerMutation,
):
    pass


GRAPH = Graph(
    query=ProcedureQueries,
    mutation=ProcedureMutation,
    types=(
        ProcedureStepType,
        ProcedureSittingType,
        ProcedureObjectionType,
        ProcedureOverrideType,
    ),
)
