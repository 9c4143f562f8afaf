"""The workbooks of an institution: their columns, and the hand each of them was kept in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from making.columns import (
    ATTENDANCE,
    CREDITS,
    ENGAGEMENTS,
    MEETINGS,
    MEMBERS,
    ORGANIZATIONS,
    POSTS,
    PRESENCE,
    TRAINING,
)
from making.education import Attendance, Credit
from making.life import Meeting, Presence
from making.people import Person
from making.plans import Plan
from making.registers import Engagement
from making.rosters import Post
from making.sessions import Session
from making.sheets import Cell, Sheet

Headings = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Hand:
    """How an office keeps its books: its usual date, and whether it types phones as numbers."""

    spelling: int
    phones_as_numbers: bool = False
    footer: bool = False


HANDS = {
    "service-centre": Hand(1, footer=True),
    "organs-committee": Hand(3, phones_as_numbers=True),
    "university": Hand(-1),
    "education-bureau": Hand(2, footer=True),
    "municipal-organs": Hand(0, footer=True),
}


@dataclass(frozen=True)
class Year:
    """An institution with its people and what they did in the year."""

    plan: Plan
    people: list[Person]
    posts: list[Post]
    sessions: list[Session]
    attendance: list[Attendance]
    credits: list[Credit]
    meetings: list[Meeting]
    presence: list[Presence]
    engagements: list[Engagement]


def books_of(year: Year, anchor: date) -> Iterator[Sheet]:
    hand = HANDS[year.plan.given["code"]]
    name = year.plan.given["name"]
    note = f"填报单位：{name}    截止日期：{anchor.year}年{anchor.month}月{anchor.day}日"

    def sheet(
        file: str, title: str, columns: Headings, rows: list[tuple[Cell, ...]], foot: str = ""
    ) -> Sheet:
        clerk = year.people[len(name) % len(year.people)].name
        footer = (("合计", foot), (f"填表人：{clerk}",)) if hand.footer and foot else ()
        return Sheet(
            file=file,
            title=title,
            note=note,
            headings=tuple(heading for heading, _ in columns),
            widths=tuple(width for _, width in columns),
            rows=rows,
            spelling=hand.spelling,
            footer=footer,
        )

    yield sheet(
        "organizations.xlsx", f"{name}党组织信息表", ORGANIZATIONS, _organizations(year.plan)
    )
    yield sheet(
        "members.xlsx",
        f"{name}党员名册",
        MEMBERS,
        [_member(person, hand) for person in year.people],
        f"{len(year.people)}人",
    )
    yield sheet("posts.xlsx", f"{name}任职名册", POSTS, [_post(post) for post in year.posts])
    yield sheet(
        "training.xlsx",
        f"{anchor.year}年培训班次（活动）台账",
        TRAINING,
        [_session(session) for session in year.sessions],
        f"{len(year.sessions)}班次",
    )
    yield sheet(
        "attendance.xlsx",
        f"{anchor.year}年培训签到表",
        ATTENDANCE,
        [_attendance(line) for line in year.attendance],
    )
    yield sheet(
        "credits.xlsx",
        f"{anchor.year}年学时登记表",
        CREDITS,
        [_credit(credit) for credit in year.credits],
        f"{len(year.credits)}条",
    )
    if year.meetings:
        yield sheet(
            "meetings.xlsx",
            f"{anchor.year}年组织生活台账",
            MEETINGS,
            [_meeting(meeting) for meeting in year.meetings],
            f"{len(year.meetings)}次",
        )
        yield sheet(
            "presence.xlsx",
            f"{anchor.year}年组织生活签到表",
            PRESENCE,
            [_presence(line) for line in year.presence],
        )
        yield sheet(
            "engagements.xlsx",
            f"{anchor.year}年承诺岗位联系服务登记簿",
            ENGAGEMENTS,
            [_engagement(line) for line in year.engagements],
            f"{len(year.engagements)}条",
        )


def _organizations(plan: Plan) -> list[tuple[Cell, ...]]:
    return [
        (
            unit.code,
            unit.name,
            unit.short,
            unit.parent.code if unit.parent else None,
            unit.kind,
            "是" if unit.kind == "党委" else "否",
            unit.founded,
        )
        for unit in plan.root.walk()
    ]


def _member(person: Person, hand: Hand) -> tuple[Cell, ...]:
    number = int(person.phone) if person.phone and hand.phones_as_numbers else person.phone
    return (
        person.name,
        person.gender,
        person.nation,
        person.identity,
        person.birth,
        person.schooling,
        number,
        person.branch.code,
        person.group.code if person.group else None,
        person.kind,
        "正式党员" if person.is_full else "预备党员",
        person.admitted,
        person.full,
        person.joined,
        person.note,
    )


def _post(post: Post) -> tuple[Cell, ...]:
    holder = post.holder
    return (post.unit.code, holder.identity, holder.name, post.title, post.since, post.until)


def _session(session: Session) -> tuple[Cell, ...]:
    return (
        session.code,
        session.title,
        session.host.code,
        session.held,
        session.hours,
        session.form,
        session.topic,
        session.lecturer,
        session.place,
        session.channel,
    )


def _attendance(line: Attendance) -> tuple[Cell, ...]:
    person = line.person
    return (line.session.code, person.identity, person.name, line.presence, line.hours)


def _meeting(meeting: Meeting) -> tuple[Cell, ...]:
    return (
        meeting.code,
        meeting.unit.code,
        meeting.kind,
        meeting.title,
        meeting.held,
        meeting.begins,
        meeting.place,
        meeting.contents,
        meeting.lecturer,
        "启用系统前的台账",
    )


def _presence(line: Presence) -> tuple[Cell, ...]:
    person = line.person
    return (line.meeting.code, person.identity, person.name, line.presence, line.reason)


def _engagement(line: Engagement) -> tuple[Cell, ...]:
    return (
        line.person.identity,
        line.person.name,
        line.kind,
        line.title,
        line.details,
        line.since,
        line.hours,
        line.result,
        line.fulfilled,
        "启用系统前的登记" if line.kind == "志愿服务" else None,
    )


def _credit(credit: Credit) -> tuple[Cell, ...]:
    return (
        credit.person.identity,
        credit.person.name,
        credit.day,
        credit.content,
        credit.hours,
        credit.form,
        credit.topic,
        credit.channel,
        credit.evidence,
    )
