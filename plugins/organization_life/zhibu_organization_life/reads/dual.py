"""Dual organization life: who leads, and whether he joins his branch's life as a member."""

from typing import Any

from sqlalchemy import ColumnElement, and_, extract, or_, select

from zhibu.organizations.reads import below, path_of
from zhibu.organizations.tables import Organization, Post
from zhibu_organization_life.reads.rows import ATTENDANCE, MEETING
from zhibu_organization_life.rules.catalogues import LEADING, POSTS, Kind, Presence, State

POST: Any = Post.__table__
UNIT: Any = Organization.__table__


def led(member: Any, day: Any, organization: Any = None) -> ColumnElement[bool]:
    """Whether a member holds a seat of a body above branches on a day, inside an organization."""
    post, unit = POST.alias(), UNIT.alias()
    where = [
        post.c.tenant_id == member.c.tenant_id,
        post.c.member_id == member.c.id,
        post.c.kind.in_(sorted(POSTS)),
        post.c.since <= day,
        or_(post.c.until.is_(None), post.c.until > day),
        unit.c.tenant_id == post.c.tenant_id,
        unit.c.id == post.c.organization_id,
        unit.c.kind.in_(sorted(LEADING)),
    ]
    if organization is not None:
        where.append(below(unit.c.path, path_of(organization)))
    return select(post.c.id).where(*where).correlate(member).exists()


def leaders(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """Whoever leads today at or below an organization."""
    here = args.row("organization", "Organization")
    return and_(row.c.left_on.is_(None), led(row, env.today, here))


def joined(row: Any, year: Any) -> ColumnElement[bool]:
    """Whether a member was present at his branch's life in a year."""
    place, meeting = ATTENDANCE.alias(), MEETING.alias()
    return (
        select(place.c.id)
        .where(
            place.c.member_id == row.c.id,
            place.c.state == Presence.PRESENT,
            meeting.c.tenant_id == place.c.tenant_id,
            meeting.c.id == place.c.meeting_id,
            meeting.c.state == State.HELD,
            meeting.c.kind != Kind.COMMITTEE_MEETING,
            extract("year", meeting.c.held_on) == year,
        )
        .correlate(row)
        .exists()
    )
