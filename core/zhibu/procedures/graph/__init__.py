"""Procedures in the schema."""

from zhibu.contributions import Graph
from zhibu.procedures.graph.mutations import ProcedureMutation
from zhibu.procedures.graph.queries import ProcedureQuery
from zhibu.procedures.graph.types import ProcedureSittingType, ProcedureStepType

GRAPH = Graph(
    query=ProcedureQuery,
    mutation=ProcedureMutation,
    types=(ProcedureStepType, ProcedureSittingType),
)
