"""What a client sees of procedures."""

from zhibu.procedures.graph.types.answers import ProcedureObjectionType, ProcedureOverrideType
from zhibu.procedures.graph.types.beside import ProcedureDelegationType, VoteLimitType
from zhibu.procedures.graph.types.names import ProcedureNamedType, ProcedureTallyType
from zhibu.procedures.graph.types.parts import (
    ProcedureDocumentType,
    ProcedureSeatType,
    ProcedureSittingType,
    ProcedureStepType,
)
from zhibu.procedures.graph.types.procedure import ProcedureType

__all__ = [
    "ProcedureDelegationType",
    "ProcedureDocumentType",
    "ProcedureNamedType",
    "ProcedureObjectionType",
    "ProcedureOverrideType",
    "ProcedureSeatType",
    "ProcedureSittingType",
    "ProcedureStepType",
    "ProcedureTallyType",
    "ProcedureType",
    "VoteLimitType",
]
