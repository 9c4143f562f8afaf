"""The record book of a branch, to print: its calendar, and every meeting with list and minutes."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.calendar import checked_year, year_of
from zhibu.forms.printing import chinese_date, render
from zhibu.organizations.public import organization_of
from zhibu_organization_life import actions
from zhibu_organization_life.errors import BookTooLong
from zhibu_organization_life.public import BOOK_PRINTED
from zhibu_organization_life.rules.catalogues import Kind, Presence, State
from zhibu_organization_life.rules.meetings import Meeting
from zhibu_organization_life.service import amounts
from zhibu_organization_life.store import meetings as store
from zhibu_organization_life.store import minutes as minutes_store
from zhibu_organization_life.store import places as place_store

TEMPLATES = Path(__file__).parent.parent / "templates"
MOST = 400
# Forms are in Chinese, whoever prints them.
KINDS = {
    Kind.BRANCH_MEETING: "支部党员大会",
    Kind.COMMITTEE_MEETING: "支部委员会会议",
    Kind.GROUP_MEETING: "党小组会",
    Kind.LECTURE: "党课",
    Kind.THEME_DAY: "主题党日",
    Kind.LIFE_MEETING: "组织生活会",
}
PRESENCES = {
    Presence.PRESENT: "出席",
    Presence.ON_LEAVE: "请假",
    Presence.ABSENT: "缺席",
    Presence.INVITED: "未登记",
}


async def book(act: Act, organization_id: UUID, year: int) -> str:
    """The meetings that a unit and those below it held in a year. Raises `BookTooLong`."""
    unit = await organization_of(act, organization_id)
    for action in (actions.MINUTES_READ, actions.ATTENDANCE_READ):
        act.require(action, unit.path)
    first, last = year_of(checked_year(year))
    found = await store.meetings_below(act.session, act.tenant_id, unit.path, first, last)
    held = [
        meeting
        for meeting in found
        if meeting.state is State.HELD and act.may(actions.MINUTES_READ, meeting.path)
    ]
    if len(held) > MOST:
        raise BookTooLong(path=("organization",), count=len(held), most=MOST)
    ids = {meeting.id for meeting in held}
    lists: dict[UUID, list[Any]] = defaultdict(list)
    for row in await place_store.listed(act.session, act.tenant_id, ids):
        lists[row.meeting_id].append(row)
    minutes = await minutes_store.latest(act.session, act.tenant_id, ids)
    page = render(
        "organization_life_book.html",
        folders=[*act.templates, TEMPLATES],
        title="组织生活记录本",
        organization=unit.name,
        period=f"{year}年度",
        headings=["类型", *(f"{month}月" for month in range(1, 13)), "合计"],
        calendar=[_row(kind, held) for kind in Kind],
        meetings=[
            _shown(act, meeting, lists[meeting.id], minutes.get(meeting.id)) for meeting in held
        ],
        day=act.today,
        mark=f"{act.caller.name} {act.today.isoformat()} 打印",
    )
    facts = {"year": year, "rows": len(held)}
    about = ("Organization", unit.id)
    act.record(Event(name=BOOK_PRINTED, subject=about, path=unit.path, facts=facts))
    return page


def _row(kind: Kind, held: Sequence[Meeting]) -> list[Any]:
    """How often a kind was held in each month, and in the year."""
    months = [meeting.held_on.month for meeting in held if meeting.kind is kind]
    return [KINDS[kind], *(months.count(month) or "" for month in range(1, 13)), len(months)]


def _shown(
    act: Act, meeting: Meeting, listed: Sequence[Any], minutes: minutes_store.Written | None
) -> dict[str, Any]:
    details = meeting.details
    words = {w["code"]: w["zh"] for w in amounts.contents(act, meeting.held_on, meeting.path)}
    told = {
        "时间": details.begins,
        "地点": details.place,
        "讲课人": details.lecturer_name,
        "内容": "、".join(words.get(code, code) for code in details.contents),
        "学时": details.hours and f"{details.hours.normalize():f}",
        "议程": details.agenda,
        "补录原因": meeting.late_reason,
    }
    facts = "；".join(f"{name}：{value}" for name, value in told.items() if value)
    names = {
        name: [_named(row) for row in listed if row.state == state]
        for state, name in PRESENCES.items()
    }
    return {
        "day": chinese_date(meeting.held_on),
        "kind": KINDS[meeting.kind],
        "title": meeting.title,
        "facts": [facts, _counted(listed)],
        "names": [(name, "、".join(people)) for name, people in names.items() if people],
        "minutes": minutes.text if minutes else "（没有会议记录）",
        "amended": f"会议记录第 {minutes.number} 版，修改原因：{minutes.reason}"
        if minutes and minutes.number > 1
        else None,
    }


def _counted(listed: Sequence[Any]) -> str:
    """Who came of those who should have, and who else; of a body nobody may be on record."""
    expected = sum(row.expected for row in listed)
    there = [row for row in listed if row.state == Presence.PRESENT]
    came = sum(row.expected for row in there)
    others = len(there) - came
    if not expected:
        return f"到会 {others} 人。"
    more = f"，另有 {others} 人到会" if others else ""
    return f"应到 {expected} 人，实到 {came} 人{more}。"


def _named(row: Any) -> str:
    why = row.reason or row.leave_reason
    shown = f"{row.name}（{why}）" if why and row.state != Presence.PRESENT else str(row.name)
    return shown if row.expected or row.state != Presence.INVITED else f"{shown}（灵活安排）"
