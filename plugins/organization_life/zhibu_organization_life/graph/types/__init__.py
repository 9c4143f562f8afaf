"""The records of organization life, as the schema shows them."""

from zhibu_organization_life.graph.types.appraisals import (
    OrganizationLifeAppraisal,
    OrganizationLifeBallot,
    OrganizationLifeListed,
    OrganizationLifeRemark,
    OrganizationLifeResult,
    OrganizationLifeStatement,
)
from zhibu_organization_life.graph.types.care import OrganizationLifeRelief, OrganizationLifeSurvey
from zhibu_organization_life.graph.types.engagements import OrganizationLifeEngagement
from zhibu_organization_life.graph.types.matters import OrganizationLifeMatter
from zhibu_organization_life.graph.types.meetings import (
    OrganizationLifeAccommodation,
    OrganizationLifeAttendance,
    OrganizationLifeMeeting,
    OrganizationLifeMinutes,
)
from zhibu_organization_life.graph.types.talks import OrganizationLifeTalk

__all__ = [
    "OrganizationLifeAccommodation",
    "OrganizationLifeAppraisal",
    "OrganizationLifeAttendance",
    "OrganizationLifeBallot",
    "OrganizationLifeEngagement",
    "OrganizationLifeListed",
    "OrganizationLifeMatter",
    "OrganizationLifeMeeting",
    "OrganizationLifeMinutes",
    "OrganizationLifeRelief",
    "OrganizationLifeRemark",
    "OrganizationLifeResult",
    "OrganizationLifeStatement",
    "OrganizationLifeSurvey",
    "OrganizationLifeTalk",
]
