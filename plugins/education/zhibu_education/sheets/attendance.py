"""The workbook of attendance, 《培训签到表》: the branch's register, so its hours count at once.

Except for the place of whoever imports it, which waits for somebody else to verify it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.faults import Fault
from zhibu.forms.rows import Record, Row, Written
from zhibu.members.public import identity_numbers
from zhibu_education import actions
from zhibu_education.errors import MemberElsewhere, SessionUnknown
from zhibu_education.rules.catalogues import Origin, Presence
from zhibu_education.rules.sessions import Mark, Session
from zhibu_education.service import exports
from zhibu_education.service.attendance import Place, belonging, judge
from zhibu_education.service.attendance import write as mark
from zhibu_education.sheets import columns
from zhibu_education.sheets.people import People, people, person_fault
from zhibu_education.store import sessions as store

TITLES = columns.titles(columns.ATTENDANCE, member="公民身份号码", session="班次编号")


async def check(act: Act, rows: Sequence[Row]) -> list[Fault]:
    """Compare with the sessions, the members, and all hours of a day in the file and before."""
    sessions, known = await _sessions(act, rows), await people(act, rows, actions.ATTEND)
    named = [
        (sessions[row["code"]], known[row["identity_number"]])
        for row in rows
        if row["code"] in sessions and row["identity_number"] in known
    ]
    inside = await belonging(act, named)
    faults: list[Fault] = []
    sound: list[tuple[Row, Place]] = []
    for row in rows:
        session = sessions.get(row["code"])
        fault = person_fault(row, known)
        if session is None:
            faults.append(row.fault(SessionUnknown.code, "code", session=row["code"]))
        elif fault is not None:
            faults.append(fault)
        elif (session.id, known[row["identity_number"]].id) not in inside:
            faults.append(row.fault(MemberElsewhere.code, "identity_number"))
        else:
            sound.append((row, _place(row, session, known)))
    judged = await judge(act, [place for _, place in sound])
    for (row, _), refusals in zip(sound, judged, strict=True):
        for refusal in refusals:
            title = TITLES.get(refusal.path[0] if refusal.path else "code")
            faults.append(Fault.of(refusal, row.number, title))
    return faults


async def write(act: Act, rows: Sequence[Row]) -> Written:
    """Mark everybody in the file; standings, credits and units are touched once for all rows."""
    sessions, known = await _sessions(act, rows), await people(act, rows, actions.ATTEND)
    places = [_place(row, sessions[row["code"]], known) for row in rows]
    created, updated = await mark(act, places, Origin.IMPORT)
    return Written(created=created, updated=updated, unchanged=len(rows) - created - updated)


async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """Who attended at or below `filters["organization"]` in `filters["year"]`, by session."""
    chosen = await exports.chosen(act, filters, actions.READ, ATTENDANCE.name)
    sessions = await store.sessions_below(
        act.session, act.tenant_id, chosen.path, chosen.first, chosen.last
    )
    by_id = {session.id: session for session in sessions}
    marks = await store.attendance(act.session, act.tenant_id, by_id)
    shown = await identity_numbers(act, {member for _, member in marks})
    order = {id: place for place, id in enumerate(by_id)}
    found = [
        {
            "code": by_id[session].code,
            "identity_number": shown[member].number,
            "name": shown[member].name,
            "presence": marked.presence,
            "hours": marked.hours,
        }
        for (session, member), marked in sorted(
            marks.items(), key=lambda item: (order[item[0][0]], item[0][1])
        )
        if member in shown
        and marked.presence is not Presence.ENROLLED
        and act.may(actions.READ, shown[member].person.path, member)
    ]
    chosen.say(act, len(found))
    return found


def _place(row: Row, session: Session, known: People) -> Place:
    member = known[row["identity_number"]]
    hours = None if row["hours"] == session.hours else row["hours"]
    return Place(
        session=session,
        member=member,
        mark=Mark(member_id=member.id, presence=row["presence"], hours=hours),
    )


async def _sessions(act: Act, rows: Sequence[Row]) -> Mapping[str, Session]:
    """The sessions that the file names and whose attendance the caller may record."""
    codes = {row["code"] for row in rows}
    found = await store.sessions_by_code(act.session, act.tenant_id, codes, hold=True)
    return {
        code: session for code, session in found.items() if act.may(actions.ATTEND, session.path)
    }


ATTENDANCE = Sheet(
    name="education_attendance",
    title="培训签到表",
    columns=columns.ATTENDANCE,
    permission=actions.ATTEND,
    key=("code", "identity_number"),
    check=check,
    write=write,
    read=read,
)
