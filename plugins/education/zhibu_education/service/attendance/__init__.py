"""Attendance: who was at a session, and the hours that follow from it (S2-05, S2-06).

The hours wait until somebody verifies them who neither entered nor earned them. Where the unit lets
its lists verify, they count at once, but for the place of whoever enters them. Marking again
corrects: hours of whoever is no longer present are voided, changed ones replaced. A list of the
branch's own workbook and a mutation come through the same functions.
"""

from collections.abc import Sequence
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import NotFound, refuse
from zhibu.members.public import members_by_id
from zhibu_education import actions
from zhibu_education.errors import ChangedMeanwhile, MarkedTwice, MemberElsewhere, NothingChosen
from zhibu_education.rules import sessions as rules
from zhibu_education.rules.catalogues import Origin
from zhibu_education.rules.sessions import Mark
from zhibu_education.service.attendance.judging import Refusals, judge
from zhibu_education.service.attendance.places import Place, belonging, may_mark
from zhibu_education.service.attendance.writing import struck, write
from zhibu_education.store import sessions as store

__all__ = ["Place", "attend", "belonging", "judge", "may_mark", "strike", "write"]


async def attend(
    act: Act, session_id: UUID, marks: Sequence[Mark], *, version: int | None = None
) -> None:
    """Mark who attended a session; a planned one of the past becomes held.

    Raises `Refused` with every obstacle; then nothing is marked.
    """
    if not marks:
        raise NothingChosen(path=("marks",))
    session = await store.session_of(act.session, act.tenant_id, session_id, hold=True)
    if session is None:
        raise NotFound()
    act.require(actions.ATTEND, session.path, seen_by=ORGANIZATION_READ)
    members = await members_by_id(act, {mark.member_id for mark in marks})
    refusals: Refusals = []
    if version is not None and version != session.version:
        refusals.append(ChangedMeanwhile(path=("version",), version=session.version))
    places: list[Place] = []
    inside = await belonging(act, [(session, member) for member in members.values()])
    for index, mark in enumerate(marks):
        at = ("marks", str(index))
        member = members.get(mark.member_id)
        if member is None or (session.id, member.id) not in inside:
            refusals.append(MemberElsewhere(path=at))
            continue
        if not may_mark(act, session, member):
            act.require(actions.ATTEND, member.path, member.id)
        if any(place.member.id == member.id for place in places):
            refusals.append(MarkedTwice(path=at))
            continue
        places.append(Place(session=session, member=member, mark=mark))
    at_once = await judge(act, places)
    numbers = {mark.member_id: str(index) for index, mark in enumerate(marks)}
    for place, found in zip(places, at_once, strict=True):
        for refusal in found:
            refusal.path = ("marks", numbers[place.member.id], *refusal.path)
        refusals += found
    refuse(refusals)
    await write(act, places, Origin.SESSION)


async def strike(act: Act, session_id: UUID, member_id: UUID, *, reason: str) -> None:
    """Take off the list who was put on it by mistake; hours that followed are voided."""
    session = await store.session_of(act.session, act.tenant_id, session_id, hold=True)
    if session is None:
        raise NotFound()
    act.require(actions.ATTEND, session.path, seen_by=ORGANIZATION_READ)
    member = (await members_by_id(act, [member_id])).get(member_id)
    if member is None or not await belonging(act, [(session, member)]):
        raise MemberElsewhere(path=("member",))
    if not may_mark(act, session, member):
        act.require(actions.ATTEND, member.path, member.id)
    marked = await store.attendance(act.session, act.tenant_id, [session_id])
    before = marked.get((session_id, member_id))
    refuse(rules.striking_refusals(session, before.presence if before else None, reason))
    await struck(act, session, member, reason)
