"""The records of education, as the schema shows them."""

from zhibu_education.graph.types.credits import (
    EducationCertificate,
    EducationCredit,
    EducationExemption,
)
from zhibu_education.graph.types.plans import (
    EducationExpense,
    EducationPlan,
    EducationPlanItem,
    EducationTeacher,
)
from zhibu_education.graph.types.sessions import EducationAttendance, EducationSession

__all__ = [
    "EducationAttendance",
    "EducationCertificate",
    "EducationCredit",
    "EducationExemption",
    "EducationExpense",
    "EducationPlan",
    "EducationPlanItem",
    "EducationSession",
    "EducationTeacher",
]
