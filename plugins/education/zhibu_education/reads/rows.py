"""The tables that education's fields are read from."""

from typing import Any

from zhibu.organizations.tables import Post
from zhibu_education.tables import (
    Attendance,
    Certificate,
    Credit,
    Exemption,
    Expense,
    Plan,
    PlanItem,
    Session,
    Standing,
    Teacher,
)

ATTENDANCE: Any = Attendance.__table__
CERTIFICATE: Any = Certificate.__table__
CREDIT: Any = Credit.__table__
EXEMPTION: Any = Exemption.__table__
EXPENSE: Any = Expense.__table__
PLAN: Any = Plan.__table__
PLAN_ITEM: Any = PlanItem.__table__
SESSION: Any = Session.__table__
STANDING: Any = Standing.__table__
TEACHER: Any = Teacher.__table__
POST: Any = Post.__table__
