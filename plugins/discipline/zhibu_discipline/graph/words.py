"""The words of discipline as the schema shows them."""

import strawberry

from zhibu_discipline.rules.cases import Delivery, Result, State
from zhibu_discipline.rules.files import Condition, Custody, FileState
from zhibu_discipline.rules.grounds import Kind, Missed
from zhibu_discipline.rules.papers import Paper
from zhibu_discipline.rules.referrals import Stand
from zhibu_discipline.rules.suggesting import Reason

strawberry.enum(Kind, name="DisciplineKind", description="处置种类。 What a disposition comes to.")
strawberry.enum(State, name="DisciplineState", description="处置进度。 Where a disposition stands.")
strawberry.enum(
    Missed, name="DisciplineMissed", description="未履行的义务。 Which duty was left undone."
)
strawberry.enum(
    Delivery, name="DisciplineDelivery", description="送达情况。 How the member was told."
)
strawberry.enum(Result, name="DisciplineResult", description="处置结果。 How it ended.")

strawberry.enum(
    Stand, name="DisciplineStand", description="移送办理进度。 Where a hand-over stands."
)

strawberry.enum(Reason, name="DisciplineReason", description="建议的情形。 Why it is suggested.")

strawberry.enum(
    Condition,
    name="DisciplineFileCondition",
    description="材料核查情况。 How a document was found.",
)
strawberry.enum(
    Custody, name="DisciplineFileCustody", description="档案存放方式。 Where a file is kept."
)
strawberry.enum(
    FileState, name="DisciplineFileState", description="核查是否有效。 Whether a check counts."
)

strawberry.enum(Paper, name="DisciplinePaper", description="处置文书。 A paper of a disposition.")

__all__ = [
    "Condition",
    "Custody",
    "Delivery",
    "FileState",
    "Kind",
    "Missed",
    "Paper",
    "Reason",
    "Result",
    "Stand",
    "State",
]
