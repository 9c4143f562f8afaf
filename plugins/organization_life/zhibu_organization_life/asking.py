"""What siblings may ask of organization life: how members attended, and their grades, in a year."""

from zhibu_organization_life.rules.catalogues import Presence
from zhibu_organization_life.service.appraisals.asked import Appraised, grades_of
from zhibu_organization_life.service.attended import Attended, attendance_of

__all__ = ["Appraised", "Attended", "Presence", "attendance_of", "grades_of"]
