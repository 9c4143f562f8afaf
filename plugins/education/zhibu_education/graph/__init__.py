"""Education in the schema."""

import strawberry

from zhibu.contributions import Graph
from zhibu_education.graph.content import ContentMutation
from zhibu_education.graph.duties import EducationDuties
from zhibu_education.graph.funds import EducationFunds
from zhibu_education.graph.mutations.credits import CreditMutation
from zhibu_education.graph.mutations.decisions import DecisionMutation
from zhibu_education.graph.mutations.plans import PlanMutation
from zhibu_education.graph.mutations.sessions import SessionMutation
from zhibu_education.graph.pages import EducationPages
from zhibu_education.graph.parts import EducationOfMember, EducationOfOrganization
from zhibu_education.graph.queries import EducationQuery
from zhibu_education.graph.types import (
    EducationCertificate,
    EducationCredit,
    EducationExemption,
    EducationExpense,
    EducationPlan,
    EducationSession,
    EducationTeacher,
)


@strawberry.type
class EducationMutation(
    CreditMutation, SessionMutation, PlanMutation, DecisionMutation, ContentMutation
):
    """Everything that changes education's records."""


@strawberry.type
class EducationRoot(EducationQuery, EducationPages, EducationDuties, EducationFunds):
    """Everything that may be asked about education."""


GRAPH = Graph(
    query=EducationRoot,
    mutation=EducationMutation,
    member=EducationOfMember,
    organization=EducationOfOrganization,
    types=(
        EducationCredit,
        EducationSession,
        EducationPlan,
        EducationTeacher,
        EducationExemption,
        EducationCertificate,
        EducationExpense,
    ),
)
