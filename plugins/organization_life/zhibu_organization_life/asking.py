"""What siblings may ask of organization life: attendance, engagements and grades of a year."""

from zhibu_organization_life.rules.catalogues import Presence
from zhibu_organization_life.rules.engagements import Engaged
from zhibu_organization_life.rules.grades import Grade
from zhibu_organization_life.service.appraisals.asked import Appraised, grades_of
from zhibu_organization_life.service.attended import Attended, attendance_of
from zhibu_organization_life.service.engaged import Duty, Listed, duties_of, engaged_of, listed_of

__all__ = [
    "Appraised",
    "Attended",
    "Duty",
    "Engaged",
    "Grade",
    "Listed",
    "Presence",
    "attendance_of",
    "duties_of",
    "engaged_of",
    "grades_of",
    "listed_of",
]
