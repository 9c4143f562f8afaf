"""Study at meetings of organization life, taken over as hours, once.

Whoever records who attended there enters it nowhere else: a meeting that is worth class hours is a
session here, with the same list. Events are followed by their names, so that education needs
nothing of that plugin and works without it. What education says against the hours of a member (a
day too full, no member yet) takes none of the attendance back: the hours are left out, and the
ledger says why.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts, members_by_id
from zhibu.organizations.public import organization_of
from zhibu_education.public import HOURS_LEFT_OUT
from zhibu_education.rules.catalogues import Form, Origin, Presence, SessionState
from zhibu_education.rules.sessions import Draft, Mark, Session
from zhibu_education.service import attendance, sessions
from zhibu_education.service.attendance import Place
from zhibu_education.service.attendance.writing import struck
from zhibu_education.service.rows import event
from zhibu_education.store import sessions as store

MARKED = (
    "organization_life.presence_recorded",
    "organization_life.leave_recorded",
    "organization_life.absence_recorded",
    "organization_life.attendance_corrected",
)
STRUCK = "organization_life.attendance_struck"
CANCELLED = "organization_life.meeting_cancelled"
TOPIC = "education.meeting_topic"
VERSIONS = 20  # how often the hours of one meeting may be put right


async def marked(act: Act, events: Sequence[Event]) -> None:
    """Somebody was marked at meetings: those that are study give hours."""
    by_meeting: dict[UUID, list[Event]] = defaultdict(list)
    for each in events:
        assert each.subject[1] is not None, "it is about a meeting"
        by_meeting[each.subject[1]].append(each)
    members = await members_by_id(act, {e.member_id for e in events if e.member_id is not None})
    for meeting, told in by_meeting.items():
        session = await _session(act, meeting, told[-1])
        if session is not None:
            await _take(act, session, told, members)


async def unmarked(act: Act, events: Sequence[Event]) -> None:
    """Marks were taken back at meetings, and the hours with them."""
    members = await members_by_id(act, {e.member_id for e in events if e.member_id is not None})
    for each in events:
        session = (await _known(act, each.subject[1]))[0]
        if session is None or each.member_id is None:
            continue
        places = await store.attendance(act.session, act.tenant_id, [session.id])
        if (session.id, each.member_id) in places:
            await struck(act, session, members[each.member_id], _reason(each))


async def cancelled(act: Act, events: Sequence[Event]) -> None:
    """Meetings were cancelled, and the hours they gave with them."""
    for each in events:
        session = (await _known(act, each.subject[1]))[0]
        if session is not None:
            await sessions.undo(act, session, _reason(each))


async def _take(
    act: Act, session: Session, told: Sequence[Event], members: Mapping[UUID, MemberFacts]
) -> None:
    """Mark at the session whoever was marked at the meeting."""
    places = [
        Place(
            session=session,
            member=members[each.member_id],
            mark=Mark(member_id=each.member_id, presence=Presence(each.facts["presence"])),
        )
        for each in told
        if each.member_id is not None
    ]
    judged = await attendance.judge(act, places)
    sound = []
    for place, refusals in zip(places, judged, strict=True):
        if not refusals:
            sound.append(place)
            continue
        why = refusals[0].code.removeprefix("education.")
        about = ("EducationSession", session.id)
        facts = {"title": session.title, "on": session.held_on, "hours": place.hours, "why": why}
        act.record(event(HOURS_LEFT_OUT, about, place.member.path, place.member.id, **facts))
    await attendance.write(act, sound, Origin.SESSION)


async def _session(act: Act, meeting: UUID, told: Event) -> Session | None:
    """The session that stands for a meeting; one of other hours gives way to a new one.

    Where the hours of a meeting are put right, its whole list is told anew.
    """
    known, version = await _known(act, meeting)
    hours = Decimal(told.facts["hours"]) if "hours" in told.facts else None
    if known is not None and known.hours == hours:
        return known
    if known is not None:
        await sessions.undo(act, known, _reason(told))
    if hours is None:
        return None
    facts = told.facts
    unit = await organization_of(act, UUID(facts["organization"]), seen_by=None)
    on = date.fromisoformat(facts["on"])
    draft = Draft(
        organization_id=unit.id,
        title=facts["title"],
        held_on=on,
        hours=hours,
        form=Form.PARTY_LECTURE if facts["kind"] == "lecture" else Form.ORGANIZATION_LIFE,
        topic=act.parameters.value(TOPIC, unit.path, on).value,
        lecturer_id=UUID(facts["lecturer"]) if "lecturer" in facts else None,
    )
    code = _code(meeting, version + 1)
    row = sessions.session_row(act, new_id(), code, draft, SessionState.HELD)
    await sessions.write(act, [(unit, row)])
    return (await store.sessions_by_code(act.session, act.tenant_id, [code], hold=True))[code]


async def _known(act: Act, meeting: UUID | None) -> tuple[Session | None, int]:
    """The session that stands for a meeting now, and how many ever did."""
    assert meeting is not None, "the event is about a meeting"
    codes = [_code(meeting, version) for version in range(1, VERSIONS + 1)]
    found = await store.sessions_by_code(act.session, act.tenant_id, codes, hold=True)
    standing = [each for each in found.values() if each.state is not SessionState.CANCELLED]
    return (standing[0] if standing else None), len(found)


def _code(meeting: UUID, version: int) -> str:
    return f"ZZSH-{meeting.hex}" if version == 1 else f"ZZSH-{meeting.hex}-{version}"


def _reason(told: Event) -> str:
    reason: Any = told.facts.get("reason")
    return str(reason or "更正出勤")
