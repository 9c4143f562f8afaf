"""Meetings, places, minutes and arrangements, as the schema shows them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import strawberry

from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationName
from zhibu.reading import Node, column, computed, entity, expression, to_many, to_one
from zhibu_organization_life import actions, reads
from zhibu_organization_life.graph.enums import Ground, Kind, Leave, Presence, State, Via

Rows = list[dict[str, Any]]


def _member(row: Any, target: Any) -> Any:
    return target.c.id == row.c.member_id


def _codes(rows: Rows, env: Any) -> list[list[str]]:
    return [(row["contents"] or "").split() for row in rows]


def _names(rows: Rows, env: Any) -> list[list[str]]:
    language = "en" if env.locale == "en" else "zh"
    return [
        [_words(row, env, language).get(code, code) for code in codes]
        for row, codes in zip(rows, _codes(rows, env), strict=True)
    ]


def _words(row: dict[str, Any], env: Any, language: str) -> dict[str, str]:
    name = "organization_life.contents"
    found = env.parameters.value(name, row["path"], row["held_on"]).value or []
    return {word["code"]: word[language] for word in found}


@entity(reads.MINUTES, permission=actions.MINUTES_READ, path=reads.path_of_meeting)
@strawberry.type(description="会议记录的一版。 A version of a meeting's minutes.")
class OrganizationLifeMinutes(Node):
    number: int = column(description="版次。 Which version it is.")
    text: str = column(description="记录内容。 What was minuted.")
    reason: str | None = column(description="修改原因。 Why it was amended.")
    recorded_at: datetime = column(description="录入时间。 When it was entered.")
    recorded_by: str | None = expression(
        reads.name_of("recorded_by"), description="录入人。 Who entered it."
    )


@entity(
    reads.ATTENDANCE,
    permission=actions.ATTENDANCE_READ,
    path=reads.path_of_meeting,
    owner="member_id",
)
@strawberry.type(description="出勤记录。 A member's place at a meeting.")
class OrganizationLifeAttendance(Node):
    expected: bool = column(description="是否应到；灵活安排的党员不作要求。 Whether held to it.")
    state: Presence = column(description="出勤情况。 How the member is marked.")
    reason: str | None = column(description="说明。 Why on leave or absent.")
    via: Via | None = column(description="登记方式。 How the mark came about.")
    leave: Leave | None = column(description="请假状态。 What became of leave asked for.")
    leave_reason: str | None = column(description="请假事由。 Why leave was asked for.")
    leave_answer: str | None = column(description="批复意见。 What was answered.")
    decided_by: str | None = expression(
        reads.name_of("decided_by"), description="批准人。 Who decided about leave."
    )
    marked_by: str | None = expression(
        reads.name_of("marked_by"), description="登记人。 Who marked it."
    )
    marked_at: datetime | None = column(description="登记时间。 When it was marked.")
    member: MemberType | None = to_one(_member, description="党员。 The member.")
    meeting: "OrganizationLifeMeeting | None" = to_one(
        lambda row, target: target.c.id == row.c.meeting_id, description="会议。 The meeting."
    )


@entity(reads.MEETING, permission=actions.READ, path=reads.path_of_organization)
@strawberry.type(description="组织生活会议或活动。 A meeting of organization life.")
class OrganizationLifeMeeting(Node):
    code: str = column(description="会议编号。 Code of the meeting.")
    kind: Kind = column(description="类型。 Kind.")
    title: str = column(description="名称（议题）。 What it is about.")
    held_on: date = column(description="日期。 Day.")
    begins: str | None = column(description="开始时间。 When it begins.")
    place: str | None = column(description="地点。 Place.")
    agenda: str | None = column(description="议程。 Agenda.")
    contents: list[str] = computed(
        _codes,
        needs={"contents": "contents"},
        description="主题党日内容类别代码。 Codes of the content kinds of a theme Party Day.",
    )
    content_names: list[str] = computed(
        _names,
        needs={
            "contents": "contents",
            "held_on": "held_on",
            "path": lambda row, env: reads.path_of_organization(row),
        },
        description="主题党日内容类别。 What a theme Party Day was filled with.",
    )
    hours: Decimal | None = column(description="作为学习的学时。 Class hours, if it is study.")
    lecturer_name: str | None = column(description="讲课人姓名。 Who lectured, by name.")
    state: State = column(description="状态。 State.")
    late_reason: str | None = column(description="补录原因。 Why it was entered late.")
    check_in_until: datetime | None = column(
        "code_until", description="签到码失效时间。 When the check-in code expires."
    )
    recorded_at: datetime = column(description="录入时间。 When it was entered.")
    version: int = column(description="版本。 Grows with every change.")
    expected: int = expression(
        lambda row, env: reads.marked(row, expected=True), description="应到人数。 Held to come."
    )
    present: int = expression(
        lambda row, env: reads.marked(row, Presence.PRESENT), description="出席人数。 Present."
    )
    expected_present: int = expression(
        lambda row, env: reads.marked(row, Presence.PRESENT, expected=True),
        description="应到人员中的出席人数。 Present of those who should attend.",
    )
    on_leave: int = expression(
        lambda row, env: reads.marked(row, Presence.ON_LEAVE), description="请假人数。 On leave."
    )
    absent: int = expression(
        lambda row, env: reads.marked(row, Presence.ABSENT), description="缺席人数。 Absent."
    )
    unmarked: int = expression(
        lambda row, env: reads.marked(row, Presence.INVITED, expected=True),
        description="应到而未登记的人数。 Should attend and is not marked yet.",
    )
    organization: OrganizationName = to_one(
        lambda row, target: target.c.id == row.c.organization_id,
        shown_with_parent="names are public",
        description="召开会议的党组织。 Who holds it.",
    )
    chair: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.chair_id,
        description="主持人。 Who chairs it.",
    )
    lecturer: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.lecturer_id,
        description="讲课的党员。 The member who lectures.",
    )
    attendance: list[OrganizationLifeAttendance] = to_many(
        lambda row, target: target.c.meeting_id == row.c.id,
        order_by=lambda target: target.c.id,
        limit=500,
        description="出勤名单（最多 500 人）。 Who is marked how, 500 at most.",
    )
    minutes: list[OrganizationLifeMinutes] = to_many(
        lambda row, target: target.c.meeting_id == row.c.id,
        order_by=lambda target: target.c.number.desc(),
        limit=20,
        description="会议记录，最新一版在前。 The minutes, the latest version first.",
    )


@entity(
    reads.ACCOMMODATION,
    permission=actions.ATTENDANCE_READ,
    path=reads.path_of_member,
    owner="member_id",
)
@strawberry.type(description="灵活安排。 An elderly or ill member's flexible arrangement.")
class OrganizationLifeAccommodation(Node):
    ground: Ground = column(description="原因。 Why.")
    arrangement: str = column(description="安排内容。 What is arranged.")
    since: date = column(description="开始日期。 First day.")
    until: date | None = column(description="结束日期，当天起不再适用。 From when on it ends.")
    applied_on: date | None = column(
        description="书面申请日期（出国、出境的）。 When he applied in writing, if abroad."
    )
    end_reason: str | None = column(description="结束原因。 Why it ended.")
    recorded_at: datetime = column(description="录入时间。 When it was entered.")
    member: MemberType | None = to_one(_member, description="党员。 The member.")
