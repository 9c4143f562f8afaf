"""Attendance: by list, by import and by a code that expires, and putting it right (S0-04).

Who should attend is computed anew whenever a list is written, so that a transfer which was entered
meanwhile is reckoned with. A meeting that was planned is held once somebody is marked.
"""

from collections.abc import Sequence
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu_organization_life import actions
from zhibu_organization_life.errors import MarkedTwice, NothingChosen
from zhibu_organization_life.public import ATTENDANCE_STRUCK
from zhibu_organization_life.rules import attendance as rules
from zhibu_organization_life.rules.attendance import Mark
from zhibu_organization_life.rules.catalogues import Presence, Via
from zhibu_organization_life.service.attendance.check_in import check_in, open_check_in
from zhibu_organization_life.service.attendance.judging import List, judge
from zhibu_organization_life.service.attendance.writing import write
from zhibu_organization_life.service.meetings import meeting_for
from zhibu_organization_life.service.rows import marker_columns, said
from zhibu_organization_life.store import places as store

__all__ = ["List", "attend", "check_in", "judge", "open_check_in", "strike", "write"]


async def attend(
    act: Act,
    meeting_id: UUID,
    marks: Sequence[Mark],
    *,
    others: Presence | None = None,
    reason: str | None = None,
    version: int | None = None,
) -> None:
    """Mark who attended. `others` is how everybody invited who is not named is marked.

    Of those, whoever had leave approved is on leave. Raises `Refused` with every obstacle; then
    nothing is marked.
    """
    meeting = await meeting_for(act, meeting_id, actions.ATTEND)
    if not marks and others is None:
        raise NothingChosen(path=("marks",))
    listed = await judge(act, meeting, marks, others=others, reason=reason, version=version)
    found = list(listed.whole)
    for index, refusals in enumerate(listed.each):
        for refusal in refusals:
            refusal.path = ("marks", str(index), *refusal.path)
            found.append(refusal)
    named = [mark.member_id for mark in marks]
    found += [
        MarkedTwice(path=("marks", str(index)))
        for index, member in enumerate(named)
        if member in named[:index]
    ]
    refuse(found)
    await write(act, listed, Via.LIST)


async def strike(act: Act, meeting_id: UUID, member_id: UUID, *, reason: str) -> None:
    """Take back a mark made by mistake: whoever is expected is unmarked, anybody else is gone."""
    meeting = await meeting_for(act, meeting_id, actions.ATTEND)
    places = await store.places_of(act.session, act.tenant_id, [meeting_id])
    place = places.get((meeting_id, member_id))
    refuse(rules.striking_refusals(meeting, place, reason))
    assert place is not None, "it was marked"
    if place.expected:
        values = {"state": Presence.INVITED, "reason": None, "via": None, **marker_columns(act)}
        await store.change(act.session, act.tenant_id, meeting_id, member_id, **values)
    else:
        await store.remove(act.session, act.tenant_id, meeting_id, [member_id])
    act.record(said(ATTENDANCE_STRUCK, meeting, member_id, before=place.presence, reason=reason))
    act.touch(meeting.organization_id)
