"""What mutations of education answer."""

import strawberry

from zhibu.graph import Payload, written
from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationType
from zhibu.reading import public
from zhibu_education.graph import types

OWN = "the answer to one's own mutation"


@public(OWN)
@strawberry.type(description="学时变更的结果。 What became of a credit.")
class EducationCreditPayload(Payload):
    credit: types.EducationCredit | None = written(types.EducationCredit)


@public(OWN)
@strawberry.type(description="学时认定的结果。 What became of several credits.")
class EducationCreditsPayload(Payload):
    count: int = strawberry.field(default=0, description="处理条数。 How many were decided.")


@public(OWN)
@strawberry.type(description="班次变更的结果。 What became of a session.")
class EducationSessionPayload(Payload):
    session: types.EducationSession | None = written(types.EducationSession)


@public(OWN)
@strawberry.type(description="计划变更的结果。 What became of a plan.")
class EducationPlanPayload(Payload):
    plan: types.EducationPlan | None = written(types.EducationPlan)


@public(OWN)
@strawberry.type(description="教师名册变更的结果。 What became of a teacher.")
class EducationTeacherPayload(Payload):
    teacher: types.EducationTeacher | None = written(types.EducationTeacher)


@public(OWN)
@strawberry.type(description="豁免的结果。 The member whose exemption changed.")
class EducationExemptionPayload(Payload):
    member: MemberType | None = written(MemberType)


@public(OWN)
@strawberry.type(description="证书的结果。 What became of a certificate.")
class EducationCertificatePayload(Payload):
    certificate: types.EducationCertificate | None = written(types.EducationCertificate)


@public(OWN)
@strawberry.type(description="经费登记的结果。 The funds recorded.")
class EducationExpensePayload(Payload):
    expense: types.EducationExpense | None = written(types.EducationExpense)


@public(OWN)
@strawberry.type(description="年度学时账的结果。 The year that was opened.")
class EducationYearPayload(Payload):
    organization: OrganizationType | None = written(OrganizationType)
    members: int = strawberry.field(default=0, description="党员数。 How many members it covers.")
    job: strawberry.ID | None = strawberry.field(
        default=None,
        description="人数较多时在后台进行的任务。 The job that does it, for many members.",
    )
