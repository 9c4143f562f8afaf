"""Tables of procedures: instances, their steps and documents, meetings and votes, and answers."""

from zhibu.procedures.tables.answers import (
    Delegation,
    ProcedureObjection,
    ProcedureOverride,
)
from zhibu.procedures.tables.cases import (
    Procedure,
    ProcedureDocument,
    ProcedureNamed,
    ProcedureStep,
)
from zhibu.procedures.tables.meetings import (
    ProcedureSeat,
    ProcedureSitting,
    ProcedureTally,
    ProcedureVote,
    VoteLimit,
)

__all__ = [
    "Delegation",
    "Procedure",
    "ProcedureDocument",
    "ProcedureNamed",
    "ProcedureObjection",
    "ProcedureOverride",
    "ProcedureSeat",
    "ProcedureSitting",
    "ProcedureStep",
    "ProcedureTally",
    "ProcedureVote",
    "VoteLimit",
]
