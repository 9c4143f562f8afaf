"""The enums of education, as the schema shows them."""

from enum import Enum

import strawberry

from zhibu_education.rules.catalogues import (
    CreditState,
    ExemptionGround,
    Form,
    Origin,
    Presence,
    SessionState,
)

EducationForm = strawberry.enum(
    Form, name="EducationForm", description="学习形式。 How something was studied."
)
EducationSessionState = strawberry.enum(
    SessionState, name="EducationSessionState", description="班次状态。 State of a session."
)
EducationPresence = strawberry.enum(
    Presence, name="EducationPresence", description="出勤情况。 How a member is marked."
)
EducationCreditState = strawberry.enum(
    CreditState, name="EducationCreditState", description="学时状态。 State of a credit."
)
EducationOrigin = strawberry.enum(
    Origin, name="EducationOrigin", description="学时来源。 Where a credit came from."
)
EducationExemptionGround = strawberry.enum(
    ExemptionGround,
    name="EducationExemptionGround",
    description="豁免情形。 Why a member is exempt.",
)


@strawberry.enum(description="经费类型。 Funds earmarked or spent.")
class EducationExpenseKind(Enum):
    BUDGET = "budget"
    SPEND = "spend"


@strawberry.enum(description="学时进度问题。 Which members to list.")
class EducationOutlook(Enum):
    BEHIND_PACE = "behind_pace"
    WILL_MISS = "will_miss"
    NOT_MET = "not_met"
