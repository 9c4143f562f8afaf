"""What a client says about sessions and attendance."""

from datetime import date
from decimal import Decimal

import strawberry

from zhibu.graph.inputs import key, optional, row, told
from zhibu_education.graph.enums import Form, Presence
from zhibu_education.rules.sessions import Draft, Mark


@strawberry.input(description="培训班次或活动。 A session, planned or held.")
class EducationSessionInput:
    organization: strawberry.ID = told("主办党组织。 Who holds it.")
    title: str = told("名称。 Title.")
    held_on: date = told("日期。 Day.")
    hours: Decimal = told("学时。 Class hours.")
    form: Form = told("形式。 Form of study.")
    topic: str = told("主题代码，见参数 education.topics。 A code of the topics in force.")
    code: str | None = told("班次编号，不填则自动生成。 Code; made up where none is given.", None)
    kind: str | None = told("本单位目录中的具体形式代码。 The institution's own kind of it.", None)
    channel: str | None = told(
        "渠道代码，见参数 education.channels。 A code of the channels in force.", None
    )
    place: str | None = told("地点。 Place.", None)
    teacher: strawberry.ID | None = told("名册中的教师。 A teacher on the roster.", None)
    teacher_name: str | None = told("授课人姓名。 Who taught, by name.", None)
    lecturer: strawberry.ID | None = told("讲课的党员。 The member who lectured.", None)
    plan_item: strawberry.ID | None = told("对应的计划安排。 The item of the plan.", None)
    late_reason: str | None = told("补录原因。 Why it is entered late.", None)
    idempotency_key: str | None = key()

    def draft(self) -> Draft:
        return Draft(
            organization_id=row(self.organization, "Organization", "organization"),
            title=self.title,
            held_on=self.held_on,
            hours=self.hours,
            form=self.form,
            topic=self.topic,
            code=self.code,
            kind=self.kind,
            channel=self.channel,
            place=self.place,
            teacher_id=optional(self.teacher, "EducationTeacher", "teacher"),
            teacher_name=self.teacher_name,
            lecturer_id=optional(self.lecturer, "Member", "lecturer"),
            plan_item_id=optional(self.plan_item, "EducationPlanItem", "plan_item"),
            late_reason=self.late_reason,
        )


@strawberry.input(description="取消班次。 A session to be cancelled.")
class EducationSessionCancelInput:
    session: strawberry.ID = told("班次。 The session.")
    reason: str = told("取消原因。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="报名。 A member's place in a planned session.")
class EducationSessionEnrolInput:
    session: strawberry.ID = told("班次。 The session.")
    member: strawberry.ID = told("党员。 The member.")
    idempotency_key: str | None = key()


@strawberry.input(description="退出报名。 A place in a planned session to be given back.")
class EducationSessionWithdrawInput:
    session: strawberry.ID = told("班次。 The session.")
    member: strawberry.ID = told("党员。 The member.")
    idempotency_key: str | None = key()


@strawberry.input(description="认定整个班次的学时。 The waiting hours of a session, all at once.")
class EducationSessionVerifyInput:
    session: strawberry.ID = told("班次。 The session.")
    leave: list[strawberry.ID] = strawberry.field(
        default_factory=list,
        description="暂不认定的学时记录。 Credits of it that are not to be verified.",
    )
    remark: str | None = told("认定意见。 What is said to it.", None)


@strawberry.input(description="从名单中去掉误登的党员。 Who is on a session's list by mistake.")
class EducationSessionStrikeInput:
    session: strawberry.ID = told("班次。 The session.")
    member: strawberry.ID = told("党员。 The member.")
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="一名党员的出勤。 How one member is marked.")
class EducationMarkInput:
    member: strawberry.ID = told("党员。 The member.")
    presence: Presence = told("出勤情况。 How the member is marked.")
    hours: Decimal | None = told("与班次不同时的学时。 Hours, if not the session's.", None)
    reason: str | None = told("请假或缺席原因。 Why on leave or absent.", None)

    def mark(self) -> Mark:
        return Mark(
            member_id=row(self.member, "Member", "member"),
            presence=self.presence,
            hours=self.hours,
            reason=self.reason,
        )


@strawberry.input(description="登记出勤。 Who attended a session.")
class EducationSessionAttendInput:
    session: strawberry.ID = told("班次。 The session.")
    marks: list[EducationMarkInput] = told("出勤名单。 Who is marked how.")
    version: int | None = told("读到的班次版本。 The version that was read.", None)
    idempotency_key: str | None = key()
