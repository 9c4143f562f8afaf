"""Tables of organization life."""

from zhibu.storage.tables import Base
from zhibu_organization_life.tables.appraisals import (
    Appraisal,
    Ballot,
    Remark,
    Result,
    Statement,
)
from zhibu_organization_life.tables.care import Relief, Survey
from zhibu_organization_life.tables.engagements import Engagement
from zhibu_organization_life.tables.matters import Matter
from zhibu_organization_life.tables.meetings import Accommodation, Attendance, Meeting, Minutes
from zhibu_organization_life.tables.talks import Talk

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "Accommodation",
    "Appraisal",
    "Attendance",
    "Ballot",
    "Engagement",
    "Matter",
    "Meeting",
    "Minutes",
    "Relief",
    "Remark",
    "Result",
    "Statement",
    "Survey",
    "Talk",
]
