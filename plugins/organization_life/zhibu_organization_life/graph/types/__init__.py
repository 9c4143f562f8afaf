"""The records of organization life, as the schema shows them."""

from zhibu_organization_life.graph.types.appraisals import (
    OrganizationLifeAppraisal,
    OrganizationLifeBallot,
    OrganizationLifeListed,
    OrganizationLifeRemark,
    OrganizationLifeResult,
)
from zhibu_organization_life.graph.types.engagements import OrganizationLifeEngagement
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
    "OrganizationLifeMeeting",
    "OrganizationLifeMinutes",
    "OrganizationLifeRemark",
    "OrganizationLifeResult",
    "OrganizationLifeTalk",
]
