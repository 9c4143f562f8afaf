"""The workbook of attendance, 《培训签到表》: its hours wait, as those of the mutation do."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.errors import Forbidden
from zhibu.forms.faults import Fault
from zhibu.forms.rows import Record, Row, Written
from zhibu.members.public import identity_numbers, member_by_identity
from zhibu_education import actions
from zhibu_education.errors import MemberElsewhere, SessionUnknown
from zhibu_education.rules.catalogues import Origin, Presence
from zhibu_education.rules.sessions import Mark, Session
from zhibu_education.service import exports
from zhibu_education.service.attendance import Place, belonging, judge, may_mark
from zhibu_education.service.attendance import write as mark
from zhibu_education.sheets import columns
from zhibu_education.sheets.people import People, person_fault
from zhibu_education.store import sessions as store

TITLES = columns.titles(columns.ATTENDANCE, member="公民身份号码", session="班次编号")


@dataclass(frozen=True, kw_only=True)
class Known:
    """The sessions and members that a file names, and who of them may be marked at which."""

    sessions: Mapping[str, Session]
    people: People
    places: AbstractSet[tuple[UUID, UUID]]

    def session(self, row: Row) -> Session | None:
        return self.sessions.get(row["code"])

    def fault(self, row: Row, session: Session | None, act: Act) -> Fault | None:
        """What is wrong with whom the row names; whom the caller may not mark is nobody."""
        member = self.people.get(row["identity_number"])
        if session is None or member is None or (session.id, member.id) in self.places:
            return person_fault(row, self.people)
        if act.may(actions.ATTEND, member.path, member.id):
            return row.fault(MemberElsewhere.code, "identity_number")
        return person_fault(row, {})


async def check(act: Act, rows: Sequence[Row]) -> list[Fault]:
    """Compare with the sessions, the members, and all hours of a day in the file and before."""
    known = await _known(act, rows)
    faults: list[Fault] = []
    sound: list[tuple[Row, Place]] = []
    for row in rows:
        session = known.session(row)
        found: list[Fault] = []
        if session is None and row.tells("code"):
            found.append(row.fault(SessionUnknown.code, "code", session=row["code"]))
        if row.tells("identity_number") and (fault := known.fault(row, session, act)):
            found.append(fault)
        if session is not None and not (found or row.faulty):
            sound.append((row, _place(row, session, known.people)))
        faults += found
    judged = await judge(act, [place for _, place in sound])
    for (row, _), refusals in zip(sound, judged, strict=True):
        for refusal in refusals:
            title = TITLES.get(refusal.path[0] if refusal.path else "code")
            faults.append(Fault.of(refusal, row.number, title))
    return faults


async def write(act: Act, rows: Sequence[Row]) -> Written:
    """Mark everybody in the file; standings, credits and units are touched once for all rows."""
    known = await _known(act, rows)
    places = [_place(row, known.sessions[row["code"]], known.people) for row in rows]
    if not known.places >= {place.key for place in places}:
        raise Forbidden(action=actions.ATTEND.name)
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


async def _known(act: Act, rows: Sequence[Row]) -> Known:
    """The sessions whose attendance the caller may record, and who may be marked at them."""
    codes = {row["code"] for row in rows if row["code"]}
    named = await store.sessions_by_code(act.session, act.tenant_id, codes, hold=True)
    sessions = {
        code: session for code, session in named.items() if act.may(actions.ATTEND, session.path)
    }
    numbers = {row["identity_number"] for row in rows if row["identity_number"]}
    people = await member_by_identity(act, numbers)
    pairs = [
        (sessions[row["code"]], people[row["identity_number"]])
        for row in rows
        if row["code"] in sessions and row["identity_number"] in people
    ]
    inside = await belonging(act, pairs)
    return Known(
        sessions=sessions,
        people=people,
        places={
            (session.id, member.id)
            for session, member in pairs
            if (session.id, member.id) in inside and may_mark(act, session, member)
        },
    )


ATTENDANCE = Sheet(
    name="education_attendance",
    title="培训签到表",
    columns=columns.ATTENDANCE,
    permission=actions.ATTEND,
    key=("code", "identity_number"),
    partial=True,
    check=check,
    write=write,
    read=read,
)
