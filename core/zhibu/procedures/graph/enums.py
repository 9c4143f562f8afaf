"""The words of procedures."""

import strawberry

from zhibu.procedures.machine import State
from zhibu.procedures.rules.definition import By
from zhibu.procedures.rules.electing import Standing
from zhibu.procedures.rules.entitlement import Ground
from zhibu.procedures.rules.quorum import Verdict
from zhibu.procedures.rules.sittings import Choice
from zhibu.procedures.rules.values import Result

strawberry.enum(State, name="ProcedureState", description="程序状态。 Where a procedure stands.")
strawberry.enum(By, name="ProcedureBy", description="由谁决定。 How a step is decided.")
strawberry.enum(Result, name="ProcedureResult", description="环节结果。 How a step ended.")
strawberry.enum(Verdict, name="ProcedureVerdict", description="表决结果。 What a meeting decided.")
strawberry.enum(
    Standing, name="ProcedureStanding", description="选举结果。 What came of a name at a count."
)
strawberry.enum(Choice, name="ProcedureChoice", description="表决意见。 How a vote is cast.")
strawberry.enum(
    Ground,
    name="ProcedureGround",
    description="无表决权或不计入应到会的情形。 Why a member has no vote or is not counted.",
)

__all__ = ["By", "Choice", "Ground", "Result", "Standing", "State", "Verdict"]
