"""The records of education, as the schema shows them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import strawberry

from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationName
from zhibu.reading import Node, column, entity, expression, to_many, to_one
from zhibu_education import actions, reads
from zhibu_education.graph import words
from zhibu_education.graph.enums import (
    CreditState,
    ExemptionGround,
    ExpenseKind,
    Form,
    Mode,
    Origin,
    Presence,
    SessionState,
)

SESSION_WORDS = words.needs("held_on", reads.path_of_organization)
CREDIT_WORDS = words.needs("earned_on", reads.path_of_member)


def _member(row: Any, target: Any) -> Any:
    return target.c.id == row.c.member_id


def _unit(row: Any, target: Any) -> Any:
    return target.c.id == row.c.organization_id


@entity(reads.ATTENDANCE, permission=actions.READ, path=reads.path_of_member, owner="member_id")
@strawberry.type(description="出勤记录。 A member's place in a session.")
class EducationAttendance(Node):
    state: Presence = column(description="出勤情况。 How the member is marked.")
    hours: Decimal | None = column(description="与班次不同时的学时。 Hours, if not the session's.")
    reason: str | None = column(description="请假或缺席原因。 Why on leave or absent.")
    member: MemberType | None = to_one(_member, description="党员。 The member.")


@entity(reads.SESSION, permission=actions.PLAN_READ, path=reads.path_of_organization)
@strawberry.type(description="培训班次或活动。 A class, lecture, meeting or course.")
class EducationSession(Node):
    code: str = column(description="班次编号。 Code of the session.")
    title: str = column(description="名称。 Title.")
    held_on: date = column(description="日期。 Day.")
    hours: Decimal = column(description="学时。 Class hours.")
    form: Form = column(description="形式。 Form of study.")
    topic: str = column(description="主题代码。 Code of the topic in the catalogue in force.")
    kind: str | None = column(description="具体形式代码。 The institution's own kind of the form.")
    channel: str | None = column(description="渠道代码。 Code of the channel.")
    topic_name: str | None = words.topic_name(SESSION_WORDS)
    form_name: str | None = words.form_name(SESSION_WORDS)
    channel_name: str | None = words.channel_name(SESSION_WORDS)
    mode: Mode = words.mode(SESSION_WORDS)
    place: str | None = column(description="地点。 Place.")
    teacher_name: str | None = column(description="授课人。 Who taught.")
    state: SessionState = column(description="状态。 State.")
    late_reason: str | None = column(description="补录原因。 Why it was entered late.")
    recorded_at: datetime = column(description="录入时间。 When it was entered.")
    version: int = column(description="版本。 Grows with every change.")
    present: int = expression(
        lambda row, env: reads.attended(row, Presence.PRESENT), description="出席人数。 Present."
    )
    on_leave: int = expression(
        lambda row, env: reads.attended(row, Presence.ON_LEAVE), description="请假人数。 On leave."
    )
    absent: int = expression(
        lambda row, env: reads.attended(row, Presence.ABSENT), description="缺席人数。 Absent."
    )
    organization: OrganizationName = to_one(
        _unit, shown_with_parent="names are public", description="主办党组织。 Who held it."
    )
    lecturer: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.lecturer_id,
        description="讲课的党员。 The member who lectured.",
    )
    attendance: list[EducationAttendance] = to_many(
        lambda row, target: target.c.session_id == row.c.id,
        order_by=lambda target: target.c.id,
        limit=500,
        description="出勤名单（最多 500 人）。 Who is marked how, 500 at most.",
    )


@entity(reads.CREDIT, permission=actions.READ, path=reads.path_of_member, owner="member_id")
@strawberry.type(description="学时记录。 Class hours of a member on a day.")
class EducationCredit(Node):
    year: int = column(description="年度。 Year it counts for.")
    earned_on: date = column(description="日期。 Day.")
    title: str = column(description="内容。 What was studied.")
    hours: Decimal = column(description="学时。 Class hours.")
    counted: Decimal = column(description="计入年度的学时。 What of them counts towards the year.")
    form: Form = column(description="形式。 Form of study.")
    topic: str = column(description="主题代码。 Code of the topic.")
    kind: str | None = column(description="具体形式代码。 The institution's own kind of the form.")
    channel: str | None = column(description="渠道代码。 Code of the channel.")
    topic_name: str | None = words.topic_name(CREDIT_WORDS)
    form_name: str | None = words.form_name(CREDIT_WORDS)
    channel_name: str | None = words.channel_name(CREDIT_WORDS)
    mode: Mode = words.mode(CREDIT_WORDS)
    origin: Origin = column(description="来源。 Where it came from.")
    state: CreditState = column(description="状态。 State.")
    evidence: str | None = column(description="证明材料。 Evidence, in words.")
    recorded_at: datetime = column(description="登记时间。 When it was entered.")
    decided_at: datetime | None = column(description="认定时间。 When it was decided.")
    decision: str | None = column(description="认定意见。 What was said to it.")
    version: int = column(description="版本。 Grows with every change.")
    member: MemberType | None = to_one(_member, description="党员。 The member.")
    session: EducationSession | None = to_one(
        lambda row, target: target.c.id == row.c.session_id,
        description="所属班次。 The session it came from.",
    )


@entity(reads.PLAN_ITEM, permission=actions.PLAN_READ, path=reads.path_of_plan)
@strawberry.type(description="培训计划中的一项。 One intended session of a plan.")
class EducationPlanItem(Node):
    month: int = column(description="月份。 Month of the plan's year.")
    title: str = column(description="名称。 Title.")
    form: Form = column(description="形式。 Form of study.")
    topic: str = column(description="主题代码。 Code of the topic.")
    hours: Decimal = column(description="学时。 Class hours.")
    audience: str | None = column(description="对象。 For whom.")


@entity(reads.PLAN, permission=actions.PLAN_READ, path=reads.path_of_organization)
@strawberry.type(description="年度培训计划。 An organization's training plan for a year.")
class EducationPlan(Node):
    year: int = column(description="年度。 Year.")
    title: str = column(description="名称。 Title.")
    aims: str | None = column(description="目标要求。 Aims.")
    published_on: date | None = column(description="发布日期。 When it was published.")
    version: int = column(description="版本。 Grows with every change.")
    organization: OrganizationName = to_one(
        _unit, shown_with_parent="names are public", description="制定的党组织。 Whose plan it is."
    )
    items: list[EducationPlanItem] = to_many(
        lambda row, target: target.c.plan_id == row.c.id,
        order_by=lambda target: [target.c.month, target.c.id],
        limit=200,
        shown_with_parent="items are the plan's own lines",
        description="计划安排。 Intended sessions.",
    )


@entity(reads.TEACHER, permission=actions.PLAN_READ, path=reads.path_of_organization)
@strawberry.type(description="专兼职教师。 A full-time or part-time teacher.")
class EducationTeacher(Node):
    name: str = column(description="姓名。 Name.")
    full_time: bool = column(description="是否专职。 Whether full-time.")
    title: str | None = column(description="职称职务。 Title or post.")
    subjects: str | None = column(description="讲授专题。 What is taught.")
    since: date = column(description="聘任日期。 From this day.")
    until: date | None = column(description="解聘日期。 Before this day.")
    organization: OrganizationName = to_one(
        _unit, shown_with_parent="names are public", description="所属党组织。 Whose roster."
    )


@entity(reads.EXEMPTION, permission=actions.READ, path=reads.path_of_member, owner="member_id")
@strawberry.type(description="学时豁免。 A member who need not reach a year's hours.")
class EducationExemption(Node):
    year: int = column(description="年度。 Year.")
    ground: ExemptionGround = column(description="情形。 Elderly or ill.")
    consent: str = column(description="同意依据。 The consent it rests on.")
    granted_on: date = column(description="批准日期。 When it was granted.")
    ended_on: date | None = column(description="终止日期。 When it ended.")
    ended_reason: str | None = column(description="终止原因。 Why it ended.")
    member: MemberType | None = to_one(_member, description="党员。 The member.")


@entity(reads.CERTIFICATE, permission=actions.READ, path=reads.path_of_member, owner="member_id")
@strawberry.type(description="培训结业证书。 A certificate of a year's completed training.")
class EducationCertificate(Node):
    year: int = column(description="年度。 Year.")
    serial: int = column(description="编号。 Number within the year.")
    hours: Decimal = column(description="认定学时。 Verified hours.")
    issued_on: date = column(description="发证日期。 When it was issued.")
    voided_on: date | None = column(description="作废日期。 When it was voided.")
    void_reason: str | None = column(description="作废原因。 Why it was voided.")
    member: MemberType | None = to_one(_member, description="党员。 The member.")


@entity(reads.EXPENSE, permission=actions.FUND_READ, path=reads.path_of_organization)
@strawberry.type(description="培训经费。 Training funds earmarked or spent.")
class EducationExpense(Node):
    year: int = column(description="年度。 Year.")
    kind: ExpenseKind = column(description="类型。 Earmarked or spent.")
    on: date = column(description="日期。 Day.")
    fen: int = column(description="金额（分）。 Amount in fen.")
    purpose: str = column(description="用途。 Purpose.")
    organization: OrganizationName = to_one(
        _unit, shown_with_parent="names are public", description="党组织。 Whose funds."
    )
