"""Tables of procedures: instances, their steps and documents, meetings and votes, and answers."""

from zhibu.procedures.tables.answers import (
    Delegation,
    ProcedureObjection,
    ProcedureOverride,
)
from zhibu.procedures.tables.cases import (
    Procedure,
    ProcedureDocument,
    ProcedureStep,
)
from zhibu.procedures.tables.meetings import (
    ProcedureSeat,
    ProcedureSitting,
    ProcedureVote,
    VoteLimit,
)

__all__ = [
    "Delegation",
    "Procedure",
    "ProcedureDocument",
    "ProcedureObjection",
    "ProcedureOverride",
    "ProcedureSeat",
    "ProcedureSitting",
    "ProcedureStep",
    "ProcedureVote",
    "VoteLimit",
]
