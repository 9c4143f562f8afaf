"""What siblings may ask of organization life: the published grades of a year."""

from zhibu_organization_life.service.appraisals.asked import Appraised, grades_of

__all__ = ["Appraised", "grades_of"]
