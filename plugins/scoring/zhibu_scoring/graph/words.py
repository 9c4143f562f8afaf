"""The words of scoring as the schema shows them."""

import strawberry

from zhibu_scoring.rules.accounts import Standing
from zhibu_scoring.rules.entries import State
from zhibu_scoring.rules.exemptions import Ground
from zhibu_scoring.rules.facts import FactKind
from zhibu_scoring.rules.schemes import Part

strawberry.enum(Part, name="ScoringPart", description="积分的部分。 Part of a scheme.")
strawberry.enum(State, name="ScoringEntryState", description="记分的状态。 State of an entry.")
strawberry.enum(
    Ground, name="ScoringExemptionGround", description="不列入积分的原因。 Why one is left out."
)
strawberry.enum(
    FactKind, name="ScoringFactKind", description="表彰或处分的种类。 Honour or punishment."
)
strawberry.enum(
    Standing, name="ScoringStanding", description="某年是否计分。 Whether a year is assessed."
)

__all__ = ["FactKind", "Ground", "Part", "Standing", "State"]
