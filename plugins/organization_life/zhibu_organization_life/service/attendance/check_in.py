"""Checking in by a code that is shown in the room and soon expires."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu.members.public import member_of
from zhibu_organization_life import actions
from zhibu_organization_life.errors import CodeWrong, NoMember
from zhibu_organization_life.public import CHECK_IN_OPENED
from zhibu_organization_life.rules import attendance as rules
from zhibu_organization_life.rules.attendance import Mark
from zhibu_organization_life.rules.catalogues import Presence, Via
from zhibu_organization_life.service import amounts
from zhibu_organization_life.service.attendance.judging import List
from zhibu_organization_life.service.attendance.writing import write
from zhibu_organization_life.service.inviting import invite
from zhibu_organization_life.service.meetings import meeting_for
from zhibu_organization_life.service.rows import said
from zhibu_organization_life.store import meetings as store
from zhibu_organization_life.store import places as place_store

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without those that are read for one another
CODE_LENGTH = 8


async def open_check_in(act: Act, meeting_id: UUID, minutes: int) -> tuple[str, datetime]:
    """A new code by which whoever is invited checks in until then; an older one ends."""
    meeting = await meeting_for(act, meeting_id, actions.ATTEND)
    longest = amounts.limit(
        act, "organization_life.check_in_minutes", meeting.held_on, meeting.path
    )
    refuse(rules.opening_refusals(meeting, minutes, today=act.today, longest=longest))
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    until = act.now + timedelta(minutes=minutes)
    values = {"code_digest": _digest(act, code), "code_until": until}
    await store.change(act.session, act.tenant_id, {meeting.id: values})
    act.record(said(CHECK_IN_OPENED, meeting, minutes=minutes))
    return code, until


async def check_in(act: Act, code: str) -> UUID:
    """Mark the caller's own member present by the code that is shown in the room."""
    member_id = act.caller.member_id
    if member_id is None:
        raise NoMember(path=("code",))
    member = await member_of(act, member_id)
    act.require(actions.CHECK_IN, member.path, member.id)
    digest = _digest(act, code)
    found = await store.meetings_by_digest(act.session, act.tenant_id, digest)
    meeting = found[0] if found else None
    place = None
    if meeting is not None:
        await invite(act, meeting)
        places = await place_store.places_of(act.session, act.tenant_id, [meeting.id])
        place = places.get((meeting.id, member_id))
    refuse(rules.check_in_refusals(meeting, place, now=act.now))
    if meeting is None or place is None:
        raise CodeWrong(path=("code",))
    mark = Mark(member_id=member_id, presence=Presence.PRESENT)
    listed = List(meeting=meeting, marks=[mark], places={member_id: place}, reason=None)
    await write(act, listed, Via.CODE)
    return meeting.id


def _digest(act: Act, code: str) -> str:
    text = f"{act.tenant_id.hex}:{code.strip().upper()}"
    return hashlib.sha256(text.encode()).hexdigest()
