"""The words of education as the schema shows them."""

from enum import Enum

import strawberry

from zhibu_education.rules.catalogues import (
    CreditState,
    ExemptionGround,
    Form,
    Mode,
    Origin,
    Presence,
    SessionState,
)

strawberry.enum(Mode, name="EducationMode", description="学习方式。 Together, on line or alone.")
strawberry.enum(Form, name="EducationForm", description="学习形式。 How something was studied.")
strawberry.enum(
    SessionState, name="EducationSessionState", description="班次状态。 State of a session."
)
strawberry.enum(
    Presence, name="EducationPresence", description="出勤情况。 How a member is marked."
)
strawberry.enum(
    CreditState, name="EducationCreditState", description="学时状态。 State of a credit."
)
strawberry.enum(Origin, name="EducationOrigin", description="学时来源。 Where a credit came from.")
strawberry.enum(
    ExemptionGround,
    name="EducationExemptionGround",
    description="豁免情形。 Why a member is exempt.",
)


@strawberry.enum(name="EducationExpenseKind", description="经费类型。 Funds earmarked or spent.")
class ExpenseKind(Enum):
    BUDGET = "budget"
    SPEND = "spend"


@strawberry.enum(
    name="EducationOutlook",
    description="列出哪些党员：进度落后、预计不达标、尚未达标或已达标。 Which members to list.",
)
class Outlook(Enum):
    BEHIND_PACE = "behind_pace"
    WILL_MISS = "will_miss"
    NOT_MET = "not_met"
    MET = "met"


@strawberry.enum(
    name="EducationLeaderDuty", description="领导干部应做的事。 What those who lead are to do."
)
class LeaderDuty(Enum):
    LECTURE = "lecture"
    STUDY = "study"


__all__ = [
    "CreditState",
    "ExemptionGround",
    "ExpenseKind",
    "Form",
    "LeaderDuty",
    "Mode",
    "Origin",
    "Outlook",
    "Presence",
    "SessionState",
]
