"""Writing marks, with one event of the ledger for each."""

from typing import Any

from zhibu.act import Act
from zhibu_organization_life.public import (
    ABSENCE_RECORDED,
    ATTENDANCE_CORRECTED,
    LEAVE_RECORDED,
    MEETING_HELD,
    PRESENCE_RECORDED,
)
from zhibu_organization_life.rules.attendance import Mark, Place
from zhibu_organization_life.rules.catalogues import Leave, Presence, State, Via
from zhibu_organization_life.rules.meetings import Meeting
from zhibu_organization_life.service.attendance.judging import List
from zhibu_organization_life.service.rows import invitation, marker_columns, said
from zhibu_organization_life.store import meetings as meeting_store
from zhibu_organization_life.store import places as store

HAPPENED = {
    Presence.PRESENT: PRESENCE_RECORDED,
    Presence.ON_LEAVE: LEAVE_RECORDED,
    Presence.ABSENT: ABSENCE_RECORDED,
}


async def write(act: Act, listed: List, via: Via) -> tuple[int, int]:
    """Mark what was judged before; how many are new, and how many put right."""
    meeting = listed.meeting
    await _held(act, meeting)
    rows = []
    corrected = 0
    for mark in listed.marks:
        place = listed.places.get(mark.member_id)
        rows.append(_row(act, meeting, mark, place, via))
        if place is None or place.presence is Presence.INVITED:
            act.record(_marked(meeting, mark, place, listed.reason))
        else:
            corrected += 1
            # A workbook says why on each line; what is common to its lines is that it was imported.
            own = mark.reason if via is Via.IMPORT else None
            act.record(_corrected(meeting, mark, place.presence, own or listed.reason))
    await store.mark(act.session, act.tenant_id, rows)
    act.touch(meeting.organization_id)
    return len(rows) - corrected, corrected


async def _held(act: Act, meeting: Meeting) -> None:
    if meeting.state is State.HELD:
        return
    await meeting_store.change(act.session, act.tenant_id, {meeting.id: {"state": State.HELD}})
    act.record(said(MEETING_HELD, meeting))


def _row(act: Act, meeting: Meeting, mark: Mark, place: Place | None, via: Via) -> dict[str, Any]:
    row = invitation(meeting.id, mark.member_id, expected=place is not None and place.expected)
    row |= {"state": mark.presence, "reason": mark.reason, "via": via, **marker_columns(act)}
    approved = place is not None and place.leave is Leave.APPROVED
    if mark.presence is Presence.ON_LEAVE and not approved:
        row |= {
            "leave": Leave.APPROVED,
            "leave_reason": mark.reason,
            "decided_by": act.caller.account_id,
        }
    return row


def _marked(meeting: Meeting, mark: Mark, place: Place | None, reason: str | None) -> Any:
    why = mark.reason or (place.leave_reason if place else None) or reason
    return said(
        HAPPENED[mark.presence], meeting, mark.member_id, presence=mark.presence, reason=why
    )


def _corrected(meeting: Meeting, mark: Mark, before: Presence, reason: str | None) -> Any:
    return said(
        ATTENDANCE_CORRECTED,
        meeting,
        mark.member_id,
        before=before,
        presence=mark.presence,
        reason=reason or mark.reason,
    )
