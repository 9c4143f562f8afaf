"""The tables that procedures are read from."""

from typing import Any

from zhibu.accounts.tables import Account
from zhibu.members.tables import Member
from zhibu.procedures.tables import (
    Delegation,
    Procedure,
    ProcedureDocument,
    ProcedureNamed,
    ProcedureObjection,
    ProcedureOverride,
    ProcedureSeat,
    ProcedureSitting,
    ProcedureStep,
    ProcedureTally,
    ProcedureVote,
    VoteLimit,
)

PROCEDURES: Any = Procedure.__table__
STEPS: Any = ProcedureStep.__table__
DOCUMENTS: Any = ProcedureDocument.__table__
SITTINGS: Any = ProcedureSitting.__table__
NAMED: Any = ProcedureNamed.__table__
TALLIES: Any = ProcedureTally.__table__
SEATS: Any = ProcedureSeat.__table__
VOTES: Any = ProcedureVote.__table__
OBJECTIONS: Any = ProcedureObjection.__table__
OVERRIDES: Any = ProcedureOverride.__table__
DELEGATIONS: Any = Delegation.__table__
LIMITS: Any = VoteLimit.__table__
ACCOUNTS: Any = Account.__table__
MEMBERS: Any = Member.__table__
