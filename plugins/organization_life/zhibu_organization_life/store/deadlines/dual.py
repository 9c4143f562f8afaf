"""Who leads and has not joined the life of his own branch within a period (S0-07, S2-12)."""

from typing import Any

from sqlalchemy import Integer, Select, func, literal, or_, select

from zhibu.contributions import Window
from zhibu.due.declaring import all_of, by_region
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization, Post
from zhibu.parameters.book import Value
from zhibu_organization_life.rules.catalogues import LEADING, POSTS, Kind, Presence, State
from zhibu_organization_life.rules.periods import Period
from zhibu_organization_life.store.deadlines.meetings import periods_of, rows_of
from zhibu_organization_life.tables import Attendance, Meeting

MONTHS = "organization_life.dual_months"


def joining(window: Window) -> Select[Any]:
    """Done on the first day in the period on which he was present as an ordinary member.

    Committee meetings are the life of his own body, and count for nothing here.
    """
    found = (_owed(window, *each) for each in periods_of(window, MONTHS))
    return all_of(window, found, "owed")


def _owed(window: Window, values: list[Value], ends: list[tuple[int, Period]]) -> Select[Any]:
    period = rows_of(ends)
    joined = (
        select(func.min(Meeting.held_on))
        .join(
            Attendance,
            (Attendance.tenant_id == Meeting.tenant_id) & (Attendance.meeting_id == Meeting.id),
        )
        .where(
            Meeting.tenant_id == window.tenant_id,
            Meeting.state == State.HELD,
            Meeting.kind != Kind.COMMITTEE_MEETING,
            Meeting.held_on.between(period.c.starts_on, period.c.due_on),
            Attendance.member_id == Member.id,
            Attendance.state == Presence.PRESENT,
        )
        .correlate(Member, period)
        .scalar_subquery()
    )
    # Who came to a post within the period joins in the next one.
    leads = (
        select(Post.id)
        .join(
            Organization,
            (Organization.tenant_id == Post.tenant_id) & (Organization.id == Post.organization_id),
        )
        .where(
            Post.tenant_id == window.tenant_id,
            Post.member_id == Member.id,
            Post.kind.in_(sorted(POSTS)),
            Post.since <= period.c.starts_on,
            or_(Post.until.is_(None), Post.until > period.c.due_on),
            Organization.kind.in_(sorted(LEADING)),
        )
        .correlate(Member, period)
        .exists()
    )
    length = by_region(values, Member.path, lambda found: literal(found.value, Integer()))
    return (
        select(
            Member.id.label("subject_id"),
            Member.organization_id.label("organization_id"),
            Member.id.label("member_id"),
            period.c.starts_on,
            period.c.due_on,
            joined.label("done_on"),
        )
        .join(period, length == period.c.months)
        .where(
            Member.tenant_id == window.tenant_id,
            Member.stage.in_(["full", "probationary"]),
            leads,
        )
    )
