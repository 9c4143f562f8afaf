"""Changing education's records."""

import strawberry

from zhibu.act import Act
from zhibu.graph import Payload, mutation, written
from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationType
from zhibu.reading import public
from zhibu_education import actions
from zhibu_education.graph import inputs, types
from zhibu_education.graph.inputs import optional, row
from zhibu_education.service import credits, records, sessions, standings

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


@strawberry.type
class EducationMutation:
    @mutation(permission=actions.CLAIM)
    async def education_credit_claim(
        self, act: Act, input: inputs.EducationCreditInput
    ) -> EducationCreditPayload:
        """党员申报本人学时，须附证明。 Claim one's own class hours, with evidence."""
        return EducationCreditPayload(row=await credits.claim(act, input.entry()))

    @mutation(permission=actions.RECORD)
    async def education_credit_record(
        self, act: Act, input: inputs.EducationCreditInput
    ) -> EducationCreditPayload:
        """支部为党员登记学时。 Record class hours for a member."""
        return EducationCreditPayload(row=await credits.record(act, input.entry()))

    @mutation(permission=actions.VERIFY)
    async def education_credit_verify(
        self, act: Act, input: inputs.EducationCreditVerifyInput
    ) -> EducationCreditsPayload:
        """认定学时；申报人、登记人和本人不得认定。 Verify credits of somebody else."""
        ids = [row(credit, "EducationCredit", "credits") for credit in input.credits]
        await credits.verify(act, ids, remark=input.remark)
        return EducationCreditsPayload(count=len(ids))

    @mutation(permission=actions.VERIFY)
    async def education_credit_return(
        self, act: Act, input: inputs.EducationCreditReturnInput
    ) -> EducationCreditsPayload:
        """退回学时申报并说明原因。 Return claimed credits with the reason."""
        ids = [row(credit, "EducationCredit", "credits") for credit in input.credits]
        await credits.send_back(act, ids, reason=input.reason)
        return EducationCreditsPayload(count=len(ids))

    @mutation(permission=actions.CORRECT)
    async def education_credit_correct(
        self, act: Act, input: inputs.EducationCreditCorrectInput
    ) -> EducationCreditPayload:
        """更正学时，原记录保留。 Correct a credit; the old one stays, superseded."""
        old = row(input.credit, "EducationCredit", "credit")
        new = await credits.correct(
            act, old, input.correct.entry(), reason=input.reason, version=input.version
        )
        return EducationCreditPayload(row=new)

    @mutation(permission=actions.CORRECT)
    async def education_credit_void(
        self, act: Act, input: inputs.EducationCreditVoidInput
    ) -> EducationCreditPayload:
        """作废误录的学时。 Take back a credit entered by mistake."""
        credit = row(input.credit, "EducationCredit", "credit")
        await credits.void(act, credit, reason=input.reason, version=input.version)
        return EducationCreditPayload(row=credit)

    @mutation(permission=actions.HOLD)
    async def education_session_plan(
        self, act: Act, input: inputs.EducationSessionInput
    ) -> EducationSessionPayload:
        """预告培训班次，供党员报名。 Announce a session to enrol in."""
        return EducationSessionPayload(row=await sessions.plan(act, input.draft()))

    @mutation(permission=actions.HOLD)
    async def education_session_hold(
        self, act: Act, input: inputs.EducationSessionInput
    ) -> EducationSessionPayload:
        """登记已举办的班次，可补录。 Enter a session that was held, also late."""
        return EducationSessionPayload(row=await sessions.hold(act, input.draft()))

    @mutation(permission=actions.HOLD)
    async def education_session_cancel(
        self, act: Act, input: inputs.EducationSessionCancelInput
    ) -> EducationSessionPayload:
        """取消班次，其学时作废。 Cancel a session and the hours it gave."""
        session = row(input.session, "EducationSession", "session")
        await sessions.cancel(act, session, reason=input.reason)
        return EducationSessionPayload(row=session)

    @mutation(permission=actions.ENROL)
    async def education_session_enrol(
        self, act: Act, input: inputs.EducationEnrolInput
    ) -> EducationSessionPayload:
        """报名参加班次。 Enrol a member in a planned session."""
        session = row(input.session, "EducationSession", "session")
        await sessions.enrol(act, session, row(input.member, "Member", "member"))
        return EducationSessionPayload(row=session)

    @mutation(permission=actions.ATTEND)
    async def education_session_attend(
        self, act: Act, input: inputs.EducationAttendInput
    ) -> EducationSessionPayload:
        """登记出勤，出席即计学时。 Mark who attended; hours follow."""
        session = row(input.session, "EducationSession", "session")
        marks = [mark.mark() for mark in input.marks]
        await sessions.attend(act, session, marks, version=input.version)
        return EducationSessionPayload(row=session)

    @mutation(permission=actions.PLAN)
    async def education_plan_make(
        self, act: Act, input: inputs.EducationPlanMakeInput
    ) -> EducationPlanPayload:
        """制定年度培训计划。 Begin a training plan for a year."""
        organization = row(input.organization, "Organization", "organization")
        plan = await records.make_plan(act, organization, input.year, input.title, input.aims)
        return EducationPlanPayload(row=plan)

    @mutation(permission=actions.PLAN)
    async def education_plan_add_item(
        self, act: Act, input: inputs.EducationPlanItemInput
    ) -> EducationPlanPayload:
        """向计划添加一项。 Put an intended session into a plan."""
        return EducationPlanPayload(
            row=await records.add_item(act, row(input.plan, "EducationPlan", "plan"), input.item())
        )

    @mutation(permission=actions.PLAN)
    async def education_plan_remove_item(
        self, act: Act, input: inputs.EducationPlanItemRemoveInput
    ) -> EducationPlanPayload:
        """从计划删除一项。 Take an intended session out of a plan."""
        return EducationPlanPayload(
            row=await records.remove_item(act, row(input.item, "EducationPlanItem", "item"))
        )

    @mutation(permission=actions.PLAN)
    async def education_plan_publish(
        self, act: Act, input: inputs.EducationPlanPublishInput
    ) -> EducationPlanPayload:
        """发布年度培训计划。 Publish a training plan."""
        plan = row(input.plan, "EducationPlan", "plan")
        await records.publish_plan(act, plan)
        return EducationPlanPayload(row=plan)

    @mutation(permission=actions.TEACHERS)
    async def education_teacher_add(
        self, act: Act, input: inputs.EducationTeacherAddInput
    ) -> EducationTeacherPayload:
        """登记专兼职教师。 Put a teacher on the roster."""
        organization = row(input.organization, "Organization", "organization")
        teacher = await records.add_teacher(act, organization, input.values())
        return EducationTeacherPayload(row=teacher)

    @mutation(permission=actions.TEACHERS)
    async def education_teacher_end(
        self, act: Act, input: inputs.EducationTeacherEndInput
    ) -> EducationTeacherPayload:
        """教师解聘。 Take a teacher off the roster."""
        teacher = row(input.teacher, "EducationTeacher", "teacher")
        await records.end_teacher(act, teacher, input.until)
        return EducationTeacherPayload(row=teacher)

    @mutation(permission=actions.EXEMPT)
    async def education_exempt(
        self, act: Act, input: inputs.EducationExemptInput
    ) -> EducationExemptionPayload:
        """年老体弱、患病党员豁免当年学时。 Exempt an elderly or ill member."""
        member = row(input.member, "Member", "member")
        await records.exempt(act, member, input.year, input.ground, input.consent)
        return EducationExemptionPayload(row=member)

    @mutation(permission=actions.EXEMPT)
    async def education_exemption_end(
        self, act: Act, input: inputs.EducationExemptionEndInput
    ) -> EducationExemptionPayload:
        """终止豁免。 End an exemption."""
        exemption = row(input.exemption, "EducationExemption", "exemption")
        member = await records.end_exemption(act, exemption, input.reason)
        return EducationExemptionPayload(row=member)

    @mutation(permission=actions.CERTIFY)
    async def education_certificate_issue(
        self, act: Act, input: inputs.EducationCertificateIssueInput
    ) -> EducationCertificatePayload:
        """颁发年度培训结业证书。 Issue a year's certificate."""
        member = row(input.member, "Member", "member")
        certificate = await records.issue_certificate(act, member, input.year)
        return EducationCertificatePayload(row=certificate)

    @mutation(permission=actions.CERTIFY)
    async def education_certificate_void(
        self, act: Act, input: inputs.EducationCertificateVoidInput
    ) -> EducationCertificatePayload:
        """作废结业证书。 Void a certificate."""
        certificate = row(input.certificate, "EducationCertificate", "certificate")
        await records.void_certificate(act, certificate, input.reason)
        return EducationCertificatePayload(row=certificate)

    @mutation(permission=actions.FUND)
    async def education_expense_record(
        self, act: Act, input: inputs.EducationExpenseInput
    ) -> EducationExpensePayload:
        """登记培训经费预算或支出。 Record training funds or their use."""
        expense = await records.record_expense(
            act,
            row(input.organization, "Organization", "organization"),
            kind=input.kind.value,
            on=input.on,
            fen=input.fen,
            purpose=input.purpose,
            session_id=optional(input.session, "EducationSession", "session"),
        )
        return EducationExpensePayload(row=expense)

    @mutation(permission=actions.OPEN_YEAR)
    async def education_year_open(
        self, act: Act, input: inputs.EducationYearOpenInput
    ) -> EducationYearPayload:
        """开启或重算年度学时账。 Open a training year, or compute it afresh."""
        organization = row(input.organization, "Organization", "organization")
        members = await standings.open_year(act, organization, input.year)
        return EducationYearPayload(row=organization, members=members)
