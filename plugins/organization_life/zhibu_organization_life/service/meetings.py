"""Meetings: planned, entered as held, changed and cancelled."""

from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import MEMBER_READ
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import members_by_id
from zhibu.organizations.public import Unit, organization_of
from zhibu.slips import public as slips
from zhibu.slips.public import Slip
from zhibu_organization_life import actions
from zhibu_organization_life.errors import AppraisalAtMeeting, CodeTaken, LecturerUnknown
from zhibu_organization_life.public import (
    ATTENDANCE_CORRECTED,
    ATTENDANCE_MARKS,
    MEETING_CANCELLED,
    MEETING_CHANGED,
    MEETING_HELD,
    MEETING_PLANNED,
    MINUTES_WRITTEN,
)
from zhibu_organization_life.rules import meetings as rules
from zhibu_organization_life.rules.catalogues import Kind, Presence, State
from zhibu_organization_life.rules.meetings import Details, Draft, Meeting
from zhibu_organization_life.service import amounts
from zhibu_organization_life.service.inviting import invite
from zhibu_organization_life.service.rows import said
from zhibu_organization_life.store import appraisals
from zhibu_organization_life.store import meetings as store
from zhibu_organization_life.store import places as place_store

ENTERED = (MEETING_PLANNED, MEETING_HELD)
AFTER = (*ENTERED, MEETING_CHANGED, *ATTENDANCE_MARKS, MINUTES_WRITTEN)


async def plan(act: Act, draft: Draft) -> UUID:
    """Announce a meeting: everybody who should attend is invited."""
    return await _enter(act, draft, State.PLANNED)


async def enter_held(act: Act, draft: Draft) -> UUID:
    """Enter a meeting that was held, also late, with its reason."""
    return await _enter(act, draft, State.HELD)


async def change(
    act: Act,
    meeting_id: UUID,
    wanted: dict[str, Any],
    *,
    version: int | None = None,
    reason: str | None = None,
) -> None:
    """Say otherwise what a meeting is; `wanted` names the details that are to differ.

    Whoever is invited follows a plan's new day.
    """
    meeting = await meeting_for(act, meeting_id, actions.HOLD)
    details = Details(**{**_fields(meeting.details), **wanted})
    found = amounts.rules_of(act, details.held_on, meeting.path)
    refuse(
        [
            *rules.change_refusals(
                meeting, details, version=version, reason=reason, today=act.today, rules=found
            ),
            *await unknown_people(act, details),
        ]
    )
    columns = store.columns_of(details)
    await store.change(act.session, act.tenant_id, {meeting.id: columns})
    changed = await store.meeting_of(act.session, act.tenant_id, meeting.id)
    assert changed is not None, "it was held a moment ago"
    if changed.held_on != meeting.held_on:
        await invite(act, changed)
    before = _shown(meeting.details, details)
    act.record(said(MEETING_CHANGED, changed, before=before, reason=reason))
    if meeting.state is State.HELD and changed.details.hours != meeting.details.hours:
        await _tell_marks(act, changed, reason)
    act.touch(meeting.organization_id)


async def cancel(act: Act, meeting_id: UUID, *, reason: str) -> None:
    """Cancel a meeting, planned or entered by mistake; what it said stays readable.

    Whoever entered it takes it back for some days, whatever he may do now.
    """
    meeting = await _found(act, meeting_id)
    slip = Slip(subject=("OrganizationLifeMeeting", meeting_id), happened=ENTERED, among=AFTER)
    await slips.require(act, actions.HOLD, meeting.path, None, slip, seen_by=actions.READ)
    refuse(
        [
            *rules.cancellation_refusals(meeting, reason),
            *await _appraisal_refusals(act, meeting),
        ]
    )
    values = {"state": State.CANCELLED, "code_digest": None, "code_until": None}
    await store.change(act.session, act.tenant_id, {meeting_id: values})
    act.record(said(MEETING_CANCELLED, meeting, reason=reason))
    act.touch(meeting.organization_id)


async def meeting_for(act: Act, meeting_id: UUID, action: Any) -> Meeting:
    """The meeting, held until the act is over, by whoever may do this where it is held."""
    meeting = await _found(act, meeting_id)
    act.require(action, meeting.path, seen_by=actions.READ)
    return meeting


async def unknown_people(act: Act, details: Details) -> list[LecturerUnknown]:
    """Whoever chairs or lectures must be a member that the caller sees."""
    named = {"chair": details.chair_id, "lecturer": details.lecturer_id}
    ids = {id for id in named.values() if id is not None}
    known = await members_by_id(act, ids) if ids else {}
    return [
        LecturerUnknown(path=(argument,))
        for argument, id in named.items()
        if id is not None and (id not in known or not act.may(MEMBER_READ, known[id].path, id))
    ]


def meeting_row(act: Act, id: UUID, draft: Draft, state: State) -> dict[str, Any]:
    """A meeting's columns as it is first written."""
    on = draft.details.held_on
    return {
        "id": id,
        "organization_id": draft.organization_id,
        "code": draft.code or f"{on:%Y%m%d}-{id.hex[-6:]}",
        "kind": draft.kind,
        **store.columns_of(draft.details),
        "state": state,
        "late_reason": draft.late_reason,
        "code_digest": None,
        "code_until": None,
        "recorded_by": act.caller.account_id,
        "recorded_at": act.now,
        "version": 1,
    }


async def write(act: Act, rows: list[tuple[Unit, dict[str, Any]]]) -> list[Meeting]:
    """Insert meetings that were judged before, invite, and say so."""
    await store.add(act.session, act.tenant_id, [row for _, row in rows])
    codes = [row["code"] for _, row in rows]
    found = await store.meetings_by_code(act.session, act.tenant_id, codes)
    meetings = [found[code] for code in codes]
    for meeting in meetings:
        held = meeting.state is State.HELD
        act.record(
            said(MEETING_HELD if held else MEETING_PLANNED, meeting, reason=meeting.late_reason)
        )
        await invite(act, meeting)
    act.touch(*{unit.id for unit, _ in rows})
    return meetings


async def _enter(act: Act, draft: Draft, state: State) -> UUID:
    unit = await organization_of(act, draft.organization_id)
    act.require(actions.HOLD, unit.path)
    id = new_id()
    row = meeting_row(act, id, draft, state)
    taken = await store.meetings_by_code(act.session, act.tenant_id, [row["code"]])
    refuse(
        [
            *rules.draft_refusals(
                draft,
                unit_kind=unit.kind,
                held=state is State.HELD,
                today=act.today,
                rules=amounts.rules_of(act, draft.details.held_on, unit.path),
            ),
            *await unknown_people(act, draft.details),
            *([CodeTaken(path=("code",), code=row["code"])] if taken else []),
        ]
    )
    await write(act, [(unit, row)])
    return id


async def _found(act: Act, meeting_id: UUID) -> Meeting:
    meeting = await store.meeting_of(act.session, act.tenant_id, meeting_id, hold=True)
    if meeting is None:
        raise NotFound()
    return meeting


async def _appraisal_refusals(act: Act, meeting: Meeting) -> list[AppraisalAtMeeting]:
    """A meeting at which members are appraised is not cancelled before the appraisal."""
    if meeting.kind is not Kind.LIFE_MEETING:
        return []
    found = await appraisals.at_meeting(act.session, act.tenant_id, meeting.id)
    return [AppraisalAtMeeting(path=("meeting",), year=found.year)] if found else []


async def _tell_marks(act: Act, meeting: Meeting, reason: str | None) -> None:
    """Tell every mark anew: what it is worth has changed."""
    places = await place_store.places_of(act.session, act.tenant_id, [meeting.id])
    for place in places.values():
        if place.presence is not Presence.INVITED:
            facts = {"before": place.presence, "presence": place.presence, "reason": reason}
            act.record(said(ATTENDANCE_CORRECTED, meeting, place.member_id, **facts))


def _fields(details: Details) -> dict[str, Any]:
    return {name: getattr(details, name) for name in Details.__dataclass_fields__}


def _shown(before: Details, after: Details) -> str:
    """What a change took away, in words: the names of people stay out of it."""
    names = ("title", "held_on", "begins", "place", "hours")
    return "；".join(
        str(getattr(before, name))
        for name in names
        if getattr(before, name) is not None and getattr(before, name) != getattr(after, name)
    )
