"""What a client says to change education's records."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import strawberry

from zhibu.identifiers import row_of
from zhibu_education.graph.words import (
    EducationExemptionGround,
    EducationExpenseKind,
    EducationForm,
    EducationPresence,
)
from zhibu_education.rules.sessions import Draft
from zhibu_education.service.credits import Entry
from zhibu_education.service.records import Item
from zhibu_education.service.sessions import Mark


def row(text: str, kind: str, argument: str) -> UUID:
    """The row behind an id argument. Raises `GlobalIdInvalid` naming the argument."""
    return row_of(text, kind, path=(argument,))


def optional(text: str | None, kind: str, argument: str) -> UUID | None:
    return None if text is None else row(text, kind, argument)


@strawberry.input(description="登记学时。 Class hours to be credited.")
class EducationCreditInput:
    member: strawberry.ID
    earned_on: date
    hours: Decimal
    form: EducationForm
    topic: str
    title: str
    channel: str | None = None
    evidence: str | None = None
    evidence_file: strawberry.ID | None = None
    idempotency_key: str | None = None

    def entry(self) -> Entry:
        return Entry(
            member_id=row(self.member, "Member", "member"),
            earned_on=self.earned_on,
            hours=self.hours,
            form=self.form,
            topic=self.topic,
            title=self.title,
            channel=self.channel,
            evidence=self.evidence,
            evidence_id=optional(self.evidence_file, "Attachment", "evidenceFile"),
        )


@strawberry.input(description="更正学时。 What a credit should have been.")
class EducationCreditCorrectInput:
    credit: strawberry.ID
    reason: str
    correct: EducationCreditInput
    version: int | None = None
    idempotency_key: str | None = None


@strawberry.input(description="认定学时。 Credits to be verified, all or none.")
class EducationCreditVerifyInput:
    credits: list[strawberry.ID]
    remark: str | None = None
    idempotency_key: str | None = None


@strawberry.input(description="退回学时申报。 Credits to be returned, with the reason.")
class EducationCreditReturnInput:
    credits: list[strawberry.ID]
    reason: str
    idempotency_key: str | None = None


@strawberry.input(description="作废学时。 A credit that should never have been entered.")
class EducationCreditVoidInput:
    credit: strawberry.ID
    reason: str
    version: int | None = None
    idempotency_key: str | None = None


@strawberry.input(description="培训班次或活动。 A session, planned or held.")
class EducationSessionInput:
    organization: strawberry.ID
    title: str
    held_on: date
    hours: Decimal
    form: EducationForm
    topic: str
    code: str | None = None
    channel: str | None = None
    place: str | None = None
    teacher: strawberry.ID | None = None
    teacher_name: str | None = None
    lecturer: strawberry.ID | None = None
    plan_item: strawberry.ID | None = None
    late_reason: str | None = None
    idempotency_key: str | None = None

    def draft(self) -> Draft:
        return Draft(
            organization_id=row(self.organization, "Organization", "organization"),
            title=self.title,
            held_on=self.held_on,
            hours=self.hours,
            form=self.form,
            topic=self.topic,
            code=self.code,
            channel=self.channel,
            place=self.place,
            teacher_id=optional(self.teacher, "EducationTeacher", "teacher"),
            teacher_name=self.teacher_name,
            lecturer_id=optional(self.lecturer, "Member", "lecturer"),
            plan_item_id=optional(self.plan_item, "EducationPlanItem", "planItem"),
            late_reason=self.late_reason,
        )


@strawberry.input(description="取消班次。 A session to be cancelled.")
class EducationSessionCancelInput:
    session: strawberry.ID
    reason: str
    idempotency_key: str | None = None


@strawberry.input(description="报名。 A member's place in a planned session.")
class EducationEnrolInput:
    session: strawberry.ID
    member: strawberry.ID
    idempotency_key: str | None = None


@strawberry.input(description="一名党员的出勤。 How one member is marked.")
class EducationMarkInput:
    member: strawberry.ID
    presence: EducationPresence
    hours: Decimal | None = None
    reason: str | None = None

    def mark(self) -> Mark:
        return Mark(
            member_id=row(self.member, "Member", "member"),
            presence=self.presence,
            hours=self.hours,
            reason=self.reason,
        )


@strawberry.input(description="登记出勤。 Who attended a session.")
class EducationAttendInput:
    session: strawberry.ID
    marks: list[EducationMarkInput]
    version: int | None = None
    idempotency_key: str | None = None


@strawberry.input(description="制定年度培训计划。 A training plan for a year.")
class EducationPlanMakeInput:
    organization: strawberry.ID
    year: int
    title: str
    aims: str | None = None
    idempotency_key: str | None = None


@strawberry.input(description="计划中的一项。 An intended session.")
class EducationPlanItemInput:
    plan: strawberry.ID
    month: int
    title: str
    form: EducationForm
    topic: str
    hours: Decimal
    audience: str | None = None
    idempotency_key: str | None = None

    def item(self) -> Item:
        return Item(
            month=self.month,
            title=self.title,
            form=self.form,
            topic=self.topic,
            hours=self.hours,
            audience=self.audience,
        )


@strawberry.input(description="删除计划中的一项。 An intended session to be removed.")
class EducationPlanItemRemoveInput:
    item: strawberry.ID
    idempotency_key: str | None = None


@strawberry.input(description="发布计划。 A plan to be published.")
class EducationPlanPublishInput:
    plan: strawberry.ID
    idempotency_key: str | None = None


@strawberry.input(description="登记教师。 A teacher for the roster.")
class EducationTeacherAddInput:
    organization: strawberry.ID
    name: str
    full_time: bool
    since: date
    member: strawberry.ID | None = None
    title: str | None = None
    subjects: str | None = None
    until: date | None = None
    idempotency_key: str | None = None

    def values(self) -> dict[str, object]:
        return {
            "member_id": optional(self.member, "Member", "member"),
            "name": self.name,
            "full_time": self.full_time,
            "title": self.title,
            "subjects": self.subjects,
            "since": self.since,
            "until": self.until,
        }


@strawberry.input(description="解聘教师。 A teacher leaving the roster.")
class EducationTeacherEndInput:
    teacher: strawberry.ID
    until: date
    idempotency_key: str | None = None


@strawberry.input(description="豁免年度学时。 A member to be exempt from a year's hours.")
class EducationExemptInput:
    member: strawberry.ID
    year: int
    ground: EducationExemptionGround
    consent: str
    idempotency_key: str | None = None


@strawberry.input(description="终止豁免。 An exemption to be ended.")
class EducationExemptionEndInput:
    exemption: strawberry.ID
    reason: str
    idempotency_key: str | None = None


@strawberry.input(description="颁发结业证书。 A certificate to be issued.")
class EducationCertificateIssueInput:
    member: strawberry.ID
    year: int
    idempotency_key: str | None = None


@strawberry.input(description="作废结业证书。 A certificate to be voided.")
class EducationCertificateVoidInput:
    certificate: strawberry.ID
    reason: str
    idempotency_key: str | None = None


@strawberry.input(description="登记培训经费。 Funds earmarked or spent, in fen.")
class EducationExpenseInput:
    organization: strawberry.ID
    kind: EducationExpenseKind
    on: date
    fen: int
    purpose: str
    session: strawberry.ID | None = None
    idempotency_key: str | None = None


@strawberry.input(description="开启年度学时账。 A training year to be opened or computed afresh.")
class EducationYearOpenInput:
    organization: strawberry.ID
    year: int
    idempotency_key: str | None = None
