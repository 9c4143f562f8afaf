"""Sessions and who attended them, as the schema shows them."""

from datetime import date, datetime
from decimal import Decimal

import strawberry

from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationName
from zhibu.reading import Node, column, entity, expression, to_many, to_one
from zhibu_education import actions, reads
from zhibu_education.graph import content, words
from zhibu_education.graph.enums import Form, Mode, Presence, SessionState
from zhibu_education.graph.types import places

SESSION_WORDS = words.needs("held_on", reads.path_of_organization)


@entity(reads.ATTENDANCE, permission=actions.READ, path=reads.path_of_member, owner="member_id")
@strawberry.type(description="出勤记录。 A member's place in a session.")
class EducationAttendance(Node):
    state: Presence = column(description="出勤情况。 How the member is marked.")
    hours: Decimal | None = column(description="与班次不同时的学时。 Hours, if not the session's.")
    reason: str | None = column(description="请假或缺席原因。 Why on leave or absent.")
    member: MemberType | None = to_one(places.member, description="党员。 The member.")


@entity(reads.SESSION, permission=actions.PLAN_READ, path=reads.path_of_organization)
@strawberry.type(description="培训班次或活动。 A class, lecture, meeting or course.")
class EducationSession(Node):
    code: str = column(description="班次编号。 Code of the session.")
    title: str = content.words("title", description="名称。 Title.")
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
    place: str | None = content.words("place", description="地点。 Place.")
    teacher_name: str | None = content.words("teacher_name", description="授课人。 Who taught.")
    withdrawn_on: date | None = content.withdrawn_on()
    withdrawn_reason: str | None = content.withdrawn_reason()
    original: list[str] | None = content.original("title", "place", "teacher_name", "late_reason")
    state: SessionState = column(description="状态。 State.")
    late_reason: str | None = content.words(
        "late_reason", description="补录原因。 Why it was entered late."
    )
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
        places.unit, shown_with_parent="names are public", description="主办党组织。 Who held it."
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
