"""Tables of education."""

from zhibu.storage.tables import Base
from zhibu_education.tables.hours import Certificate, Credit, Exemption, Standing
from zhibu_education.tables.plans import Expense, Plan, PlanItem, Teacher
from zhibu_education.tables.sessions import Attendance, Session

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "Attendance",
    "Certificate",
    "Credit",
    "Exemption",
    "Expense",
    "Plan",
    "PlanItem",
    "Session",
    "Standing",
    "Teacher",
]
