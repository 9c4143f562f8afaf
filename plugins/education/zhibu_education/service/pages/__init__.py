"""Pages to print. Printing is an act: who printed what stands in the ledger."""

from zhibu_education.service.pages.archive import archive
from zhibu_education.service.pages.certificates import certificate
from zhibu_education.service.pages.plans import expenses, plan, teachers
from zhibu_education.service.pages.sessions import attendance
from zhibu_education.service.pages.units import evaluation, leaders

__all__ = [
    "archive",
    "attendance",
    "certificate",
    "evaluation",
    "expenses",
    "leaders",
    "plan",
    "teachers",
]
