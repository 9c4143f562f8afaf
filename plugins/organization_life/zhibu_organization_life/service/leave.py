"""Leave from a meeting: asked for by the member, decided by somebody else."""

from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.members.public import member_of
from zhibu_organization_life import actions
from zhibu_organization_life.public import (
    ATTENDANCE_CORRECTED,
    LEAVE_APPROVED,
    LEAVE_ASKED,
    LEAVE_REFUSED,
    LEAVE_WITHDRAWN,
)
from zhibu_organization_life.rules import leave as rules
from zhibu_organization_life.rules.attendance import Place
from zhibu_organization_life.rules.catalogues import Leave, Presence
from zhibu_organization_life.rules.meetings import Meeting
from zhibu_organization_life.service.meetings import meeting_for
from zhibu_organization_life.service.rows import said
from zhibu_organization_life.store import meetings as meeting_store
from zhibu_organization_life.store import places as store


async def ask(act: Act, meeting_id: UUID, member_id: UUID, reason: str) -> None:
    """Ask for leave, oneself or through the branch."""
    meeting, place = await _own_place(act, meeting_id, member_id)
    refuse(rules.asking_refusals(meeting, place, reason, today=act.today))
    await _change(
        act,
        meeting,
        member_id,
        leave=Leave.ASKED,
        leave_reason=reason.strip(),
        leave_answer=None,
        decided_by=None,
    )
    act.record(said(LEAVE_ASKED, meeting, member_id, reason=reason.strip()))


async def withdraw(act: Act, meeting_id: UUID, member_id: UUID) -> None:
    """Give leave back that was asked for, or approved and not used yet."""
    meeting, place = await _own_place(act, meeting_id, member_id)
    refuse(rules.withdrawing_refusals(place))
    nothing: dict[str, Any] = dict.fromkeys(("leave", "leave_reason", "leave_answer", "decided_by"))
    await _change(act, meeting, member_id, **nothing)
    act.record(said(LEAVE_WITHDRAWN, meeting, member_id))


async def decide(
    act: Act, meeting_id: UUID, member_id: UUID, *, approved: bool, answer: str | None = None
) -> None:
    """Approve or refuse leave. Approved after the list was taken, an absence becomes leave."""
    meeting = await meeting_for(act, meeting_id, actions.DECIDE_LEAVE)
    place = await _place(act, meeting_id, member_id)
    refuse(
        rules.decision_refusals(
            meeting, place, decider=act.caller.member_id, approved=approved, answer=answer
        )
    )
    values: dict[str, Any] = {
        "leave": Leave.APPROVED if approved else Leave.REFUSED,
        "leave_answer": (answer or "").strip() or None,
        "decided_by": act.caller.account_id,
    }
    happened = LEAVE_APPROVED if approved else LEAVE_REFUSED
    act.record(said(happened, meeting, member_id, reason=values["leave_answer"]))
    if approved and place is not None and place.presence is Presence.ABSENT:
        values["state"] = Presence.ON_LEAVE
        act.record(
            said(
                ATTENDANCE_CORRECTED,
                meeting,
                member_id,
                before=Presence.ABSENT,
                presence=Presence.ON_LEAVE,
                reason=place.leave_reason,
            )
        )
    await _change(act, meeting, member_id, **values)
    act.touch(meeting.organization_id)


async def _own_place(act: Act, meeting_id: UUID, member_id: UUID) -> tuple[Meeting, Place | None]:
    """The member's place, for whoever may ask for his leave.

    A meeting to which the member is not invited and that the caller does not see is not there.
    """
    member = await member_of(act, member_id)
    act.require(actions.ASK_LEAVE, member.path, member.id)
    meeting = await meeting_store.meeting_of(act.session, act.tenant_id, meeting_id, hold=True)
    place = await _place(act, meeting_id, member_id)
    if meeting is None or (place is None and not act.may(actions.READ, meeting.path)):
        raise NotFound()
    return meeting, place


async def _place(act: Act, meeting_id: UUID, member_id: UUID) -> Place | None:
    places = await store.places_of(act.session, act.tenant_id, [meeting_id])
    return places.get((meeting_id, member_id))


async def _change(act: Act, meeting: Meeting, member_id: UUID, **values: Any) -> None:
    await store.change(act.session, act.tenant_id, meeting.id, member_id, **values)
