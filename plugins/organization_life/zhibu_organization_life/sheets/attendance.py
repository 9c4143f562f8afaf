"""The workbook of attendance, 《组织生活签到表》."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.faults import Fault
from zhibu.forms.rows import Record, Row, Written
from zhibu.members.public import MemberFacts, identity_numbers, member_by_identity
from zhibu_organization_life import actions
from zhibu_organization_life.errors import (
    CorrectionReasonMissing,
    MeetingUnknown,
    MemberUnknown,
    NameDiffers,
)
from zhibu_organization_life.rules.attendance import Mark, corrects
from zhibu_organization_life.rules.catalogues import Presence, Via
from zhibu_organization_life.rules.meetings import Meeting
from zhibu_organization_life.service import attendance, exports
from zhibu_organization_life.sheets import columns
from zhibu_organization_life.store import meetings as store
from zhibu_organization_life.store import places as place_store

TITLES = {column.key: column.title for column in columns.ATTENDANCE} | {
    "meeting": "会议编号",
    "member": "公民身份号码",
}
IMPORTED = "导入"


@dataclass(frozen=True, kw_only=True)
class Known:
    """The meetings whose attendance the caller may record, and the members, of a file."""

    meetings: Mapping[str, Meeting]
    people: Mapping[str, MemberFacts]


async def check(act: Act, rows: Sequence[Row]) -> list[Fault]:
    """Compare with the meetings, who belonged there, and what is marked already."""
    known = await _known(act, rows)
    faults: list[Fault] = []
    sound: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found = []
        if row.tells("code") and row["code"] not in known.meetings:
            found.append(row.fault(MeetingUnknown.code, "code", meeting=row["code"]))
        if row.tells("identity_number") and (fault := _person_fault(row, known)):
            found.append(fault)
        if not found and not row.faulty:
            sound[row["code"]].append(row)
        faults += found
    for code, lines in sound.items():
        faults += await _list_faults(act, known.meetings[code], lines, known)
    return faults


async def write(act: Act, rows: Sequence[Row]) -> Written:
    """Mark everybody in the file, meeting by meeting."""
    known = await _known(act, rows)
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_code[row["code"]].append(row)
    created = updated = 0
    for code, lines in by_code.items():
        meeting = known.meetings[code]
        act.require(actions.ATTEND, meeting.path)
        listed = await attendance.judge(act, meeting, _marks(lines, known), reason=IMPORTED)
        new, corrected = await attendance.write(act, listed, Via.IMPORT)
        created, updated = created + new, updated + corrected
    return Written(created=created, updated=updated, unchanged=len(rows) - created - updated)


async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """Who attended at or below `filters["organization"]` in `filters["year"]`, by meeting."""
    chosen = await exports.chosen(act, filters, actions.ATTENDANCE_READ, ATTENDANCE.name)
    meetings = {
        meeting.id: meeting
        for meeting in await store.meetings_below(
            act.session, act.tenant_id, chosen.path, chosen.first, chosen.last
        )
        if act.may(actions.ATTENDANCE_READ, meeting.path)
    }
    places = await place_store.places_of(act.session, act.tenant_id, meetings)
    shown = await identity_numbers(act, {member for _, member in places})
    order = {id: number for number, id in enumerate(meetings)}
    found = [
        {
            "code": meetings[meeting].code,
            "identity_number": shown[member].number,
            "name": shown[member].name,
            "presence": place.presence,
            "reason": place.reason or place.leave_reason,
        }
        for (meeting, member), place in sorted(
            places.items(), key=lambda item: (order[item[0][0]], item[0][1])
        )
        if member in shown and place.presence is not Presence.INVITED
    ]
    chosen.say(act, len(found))
    return found


async def _list_faults(
    act: Act, meeting: Meeting, lines: Sequence[Row], known: Known
) -> list[Fault]:
    """What speaks against the lines of one meeting; a correction says why on its own line."""
    reasons = {row["reason"] for row in lines if row["reason"]}
    marks = _marks(lines, known)
    listed = await attendance.judge(act, meeting, marks, reason=next(iter(sorted(reasons)), None))
    faults = [
        Fault.of(each, lines[0].number, TITLES[each.path[0]])
        for each in listed.whole
        if not isinstance(each, CorrectionReasonMissing)
    ]
    for row, mark, refusals in zip(lines, marks, listed.each, strict=True):
        if corrects(mark, listed.places.get(mark.member_id)) and not row["reason"]:
            faults.append(row.fault(CorrectionReasonMissing.code, "reason"))
        for each in refusals:
            key = each.path[0] if each.path else "member"
            faults.append(Fault.of(each, row.number, TITLES[key]))
    return faults


def _person_fault(row: Row, known: Known) -> Fault | None:
    member = known.people.get(row["identity_number"])
    if member is None:
        return row.fault(MemberUnknown.code, "identity_number")
    if row.tells("name") and member.name != row["name"]:
        return row.fault(NameDiffers.code, "name")
    return None


def _marks(lines: Sequence[Row], known: Known) -> list[Mark]:
    return [
        Mark(
            member_id=known.people[row["identity_number"]].id,
            presence=row["presence"],
            reason=row["reason"],
        )
        for row in lines
    ]


async def _known(act: Act, rows: Sequence[Row]) -> Known:
    """Whom the caller may mark: at meetings where he records attendance, whoever is on the list.

    A member who may be seen nowhere on the caller's side is nobody.
    """
    codes = {row["code"] for row in rows if row["code"]}
    named = await store.meetings_by_code(act.session, act.tenant_id, codes, hold=True)
    meetings = {
        code: meeting for code, meeting in named.items() if act.may(actions.ATTEND, meeting.path)
    }
    numbers = {row["identity_number"] for row in rows if row["identity_number"]}
    people = await member_by_identity(act, numbers)
    invited = await place_store.places_of(
        act.session, act.tenant_id, {meeting.id for meeting in meetings.values()}
    )
    listed: set[UUID] = {member for _, member in invited}
    return Known(
        meetings=meetings,
        people={
            number: member
            for number, member in people.items()
            if member.id in listed or act.may(actions.ATTEND, member.path, member.id)
        },
    )


ATTENDANCE = Sheet(
    name="organization_life_presence",
    title="组织生活签到表",
    columns=columns.ATTENDANCE,
    permission=actions.ATTEND,
    key=("code", "identity_number"),
    partial=True,
    check=check,
    write=write,
    read=read,
)
