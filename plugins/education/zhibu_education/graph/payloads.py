"""What mutations of education answer."""

from typing import Any, Self
from uuid import UUID

import strawberry

from zhibu.errors import ZhibuError
from zhibu.graph import Payload, written
from zhibu.graph.fields import resolved
from zhibu.identifiers import global_id
from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationType
from zhibu.reading import public
from zhibu_education.graph import types
from zhibu_education.service.verifying import Decided

Info = strawberry.Info[Any]
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
@strawberry.type(
    description="未予认定的一条学时及原因。 A credit of a list that was left, and why."
)
class EducationCreditLeft:
    why: strawberry.Private[ZhibuError]
    credit: strawberry.ID = strawberry.field(description="学时记录。 The credit.")
    member: strawberry.ID = strawberry.field(description="党员。 Whose hours they are.")
    code: str = strawberry.field(description="稳定的错误代码。 Stable name of the reason.")

    @resolved("本地化的说明。 Localized text.")
    def message(self, info: Info) -> str:
        return str(info.context.text_of(self.why))


@public(OWN)
@strawberry.type(description="整班认定的结果。 What became of the waiting hours of a session.")
class EducationSessionVerifyPayload(Payload):
    session: types.EducationSession | None = written(types.EducationSession)
    count: int = strawberry.field(default=0, description="认定条数。 How many were verified.")
    left: list[EducationCreditLeft] = strawberry.field(
        default_factory=list,
        description="须由他人认定而未动的。 What stays for somebody else to verify.",
    )

    @classmethod
    def of(cls, session: UUID, decided: Decided) -> Self:
        left = [
            EducationCreditLeft(
                why=one.why,
                credit=strawberry.ID(global_id("EducationCredit", one.credit.id)),
                member=strawberry.ID(global_id("Member", one.credit.member_id)),
                code=one.why.code,
            )
            for one in decided.left
        ]
        return cls(row=session, count=decided.count, left=left)


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
