"""Education in the schema."""

from zhibu.contributions import Graph
from zhibu_education.graph.mutations import EducationMutation
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

GRAPH = Graph(
    query=EducationQuery,
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
