"""What rows and events are made of."""

from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.identifiers import new_id
from zhibu_organization_life.rules.catalogues import Presence
from zhibu_organization_life.rules.meetings import Meeting


def said(name: str, meeting: Meeting, member_id: UUID | None = None, /, **facts: Any) -> Event:
    """What happened to a meeting, or at it to a member; facts that are None are left out."""
    known = {
        "title": meeting.title,
        "kind": meeting.kind,
        "on": meeting.held_on,
        "organization": meeting.organization_id,
        "hours": meeting.details.hours,
        "lecturer": meeting.details.lecturer_id,
        **facts,
    }
    return Event(
        name=name,
        subject=("OrganizationLifeMeeting", meeting.id),
        path=meeting.path,
        member_id=member_id,
        facts=told(known),
    )


def told(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as they survive JSON, without those that are None."""
    return {
        key: value if isinstance(value, int) else str(value)
        for key, value in facts.items()
        if value is not None
    }


def invitation(meeting_id: UUID, member_id: UUID, *, expected: bool) -> dict[str, Any]:
    """A place's columns before anybody was marked."""
    return {
        "id": new_id(),
        "meeting_id": meeting_id,
        "member_id": member_id,
        "expected": expected,
        "state": Presence.INVITED,
        "reason": None,
        "via": None,
        "leave": None,
        "leave_reason": None,
        "leave_answer": None,
        "decided_by": None,
        "marked_by": None,
        "marked_at": None,
    }


def about_member(
    name: str, kind: str, id: UUID, path: str, member_id: UUID, /, **facts: Any
) -> Event:
    """What happened to a record of a member."""
    return Event(name=name, subject=(kind, id), path=path, member_id=member_id, facts=told(facts))


def marker_columns(act: Act) -> dict[str, Any]:
    return {"marked_by": act.caller.account_id, "marked_at": act.now}
