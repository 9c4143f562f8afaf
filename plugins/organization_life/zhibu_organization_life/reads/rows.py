"""Where the rows of organization life belong, and what is counted of them."""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from zhibu.organizations.reads import below, path_of
from zhibu.organizations.tables import Organization
from zhibu_organization_life.rules.catalogues import Presence
from zhibu_organization_life.tables import Accommodation, Attendance, Meeting, Minutes

ACCOMMODATION: Any = Accommodation.__table__
ATTENDANCE: Any = Attendance.__table__
MEETING: Any = Meeting.__table__
MINUTES: Any = Minutes.__table__


def path_of_meeting(row: Any) -> ColumnElement[str]:
    """The path of the unit that holds the meeting which a row belongs to.

    Whoever answers for a meeting sees its list, wherever those who attended belong today.
    """
    meeting, unit = MEETING.alias(), Organization.__table__.alias()
    return (
        select(unit.c.path)
        .where(
            meeting.c.id == row.c.meeting_id,
            unit.c.tenant_id == meeting.c.tenant_id,
            unit.c.id == meeting.c.organization_id,
        )
        .correlate(row)
        .scalar_subquery()
    )


def marked(row: Any, *states: Presence, expected: bool | None = None) -> ColumnElement[int]:
    """How many are marked so at the meeting of this row; of those who should attend, if asked."""
    place = ATTENDANCE.alias()
    found = (
        select(func.count()).select_from(place).where(place.c.meeting_id == row.c.id).correlate(row)
    )
    if states:
        found = found.where(place.c.state.in_(states))
    if expected is not None:
        found = found.where(place.c.expected.is_(expected))
    return found.scalar_subquery()


def held_inside(row: Any, organization: Any) -> ColumnElement[bool]:
    """Whether the meeting of this row is held at or below an organization."""
    unit = Organization.__table__.alias()
    inside = select(unit.c.id).where(below(unit.c.path, path_of(organization)))
    found: ColumnElement[bool] = row.c.organization_id.in_(inside)
    return found


def at_meeting_inside(row: Any, organization: Any) -> ColumnElement[bool]:
    """Whether a row belongs to a meeting that is held at or below an organization."""
    meeting = MEETING.alias()
    inside = select(meeting.c.id).where(held_inside(meeting, organization))
    found: ColumnElement[bool] = row.c.meeting_id.in_(inside)
    return found
