"""The words of scoring as the schema shows them."""

import strawberry

from zhibu_scoring.rules.accounts import Standing
from zhibu_scoring.rules.entries import State
from zhibu_scoring.rules.evidence import Suggestion, Target
from zhibu_scoring.rules.exemptions import Ground
from zhibu_scoring.rules.facts import FactKind
from zhibu_scoring.rules.help import HelpOutcome
from zhibu_scoring.rules.late import Settlement
from zhibu_scoring.rules.results import Mark, ResultGround
from zhibu_scoring.rules.schemes import Part
from zhibu_scoring.rules.years import Body, Outcome, Stand

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
strawberry.enum(Stand, name="ScoringYearStand", description="年度考核进展。 Where a year stands.")
strawberry.enum(Body, name="ScoringBody", description="评定机构。 Who decides a branch's year.")
strawberry.enum(Outcome, name="ScoringOutcome", description="异议处理结果。 What was answered.")
strawberry.enum(
    Settlement, name="ScoringSettlement", description="逾期记录的处理。 Why it waits no longer."
)
strawberry.enum(Mark, name="ScoringMark", description="积分所对应的等次。 What points speak for.")
strawberry.enum(
    ResultGround, name="ScoringResultGround", description="等次依据的规则。 The rule that gave it."
)
strawberry.enum(HelpOutcome, name="ScoringHelpOutcome", description="帮扶结果。 What came of it.")
strawberry.enum(Suggestion, name="ScoringSuggestionKind", description="提示。 A suggestion.")
strawberry.enum(Target, name="ScoringTargetKind", description="“五个一”。 One of the five ones.")

__all__ = [
    "Body",
    "FactKind",
    "Ground",
    "HelpOutcome",
    "Mark",
    "Outcome",
    "Part",
    "ResultGround",
    "Settlement",
    "Stand",
    "Standing",
    "State",
    "Suggestion",
    "Target",
]
