"""Organization life in the schema."""

import strawberry

from zhibu.contributions import Graph
from zhibu_organization_life.graph.cares import CareQuery
from zhibu_organization_life.graph.mutations import LifeMutation
from zhibu_organization_life.graph.pages import LifePages
from zhibu_organization_life.graph.parts import LifeOfMember, LifeOfOrganization
from zhibu_organization_life.graph.queries import LifeQuery
from zhibu_organization_life.graph.registers import RegisterQuery
from zhibu_organization_life.graph.types import (
    OrganizationLifeAccommodation,
    OrganizationLifeAppraisal,
    OrganizationLifeAttendance,
    OrganizationLifeBallot,
    OrganizationLifeEngagement,
    OrganizationLifeListed,
    OrganizationLifeMatter,
    OrganizationLifeMeeting,
    OrganizationLifeMinutes,
    OrganizationLifeRelief,
    OrganizationLifeRemark,
    OrganizationLifeResult,
    OrganizationLifeStatement,
    OrganizationLifeSurvey,
    OrganizationLifeTalk,
)


@strawberry.type
class OrganizationLifeRoot(LifeQuery, RegisterQuery, LifePages, CareQuery):
    """Everything that may be asked about organization life."""


GRAPH = Graph(
    query=OrganizationLifeRoot,
    mutation=LifeMutation,
    member=LifeOfMember,
    organization=LifeOfOrganization,
    types=(
        OrganizationLifeMeeting,
        OrganizationLifeAttendance,
        OrganizationLifeMinutes,
        OrganizationLifeAccommodation,
        OrganizationLifeAppraisal,
        OrganizationLifeListed,
        OrganizationLifeResult,
        OrganizationLifeRemark,
        OrganizationLifeBallot,
        OrganizationLifeTalk,
        OrganizationLifeEngagement,
        OrganizationLifeMatter,
        OrganizationLifeStatement,
        OrganizationLifeSurvey,
        OrganizationLifeRelief,
    ),
)
