"""What mutations of procedures answer."""

import strawberry

from zhibu.graph import Payload, written
from zhibu.procedures.graph.types import (
    ProcedureDelegationType,
    ProcedureSittingType,
    ProcedureType,
    VoteLimitType,
)
from zhibu.reading import Public, public

STEP = Public("each step names its own permission, which is asked")
OWN = Public("one's own proposal")


@public("the answer to one's own mutation")
@strawberry.type(description="程序的变更结果。 What became of a procedure.")
class ProcedurePayload(Payload):
    procedure: ProcedureType | None = written(ProcedureType)


@public("the answer to one's own mutation")
@strawberry.type(description="会议的变更结果。 What became of a meeting.")
class ProcedureSittingPayload(Payload):
    sitting: ProcedureSittingType | None = written(ProcedureSittingType)


@public("the answer to one's own mutation")
@strawberry.type(description="委托的变更结果。 What became of a delegation.")
class ProcedureDelegationPayload(Payload):
    delegation: ProcedureDelegationType | None = written(ProcedureDelegationType)


@public("the answer to one's own mutation")
@strawberry.type(description="表决权受限的登记结果。 What became of a limit of a vote.")
class VoteLimitPayload(Payload):
    limit: VoteLimitType | None = written(VoteLimitType)
