"""Who attended, who lectured, and what is offered to whom."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    extract,
    func,
    literal,
    or_,
    select,
)

from zhibu.organizations.reads import below, path_of
from zhibu.organizations.tables import Organization
from zhibu_education.reads.rows import ATTENDANCE, POST, SESSION
from zhibu_education.rules.catalogues import LEADING_POSTS, LECTURES, Presence, SessionState


def lectures_given(member: Any, year: Any) -> ColumnElement[int]:
    """Party lectures and reports the member gave in the year (S2-04)."""
    session = SESSION.alias()
    return (
        select(func.count())
        .select_from(session)
        .where(
            session.c.lecturer_id == member.c.id,
            session.c.state == SessionState.HELD,
            session.c.form.in_(sorted(LECTURES)),
            _year_of(session.c.held_on, year),
        )
        .scalar_subquery()
    )


def leads(member: Any, year: Any, organization: Any = None) -> Any:
    """Whether the member holds a leading post in the year, at or below `organization` if given.

    A post counts for the year if it lasted for a day of it.
    """
    post, unit = POST.alias(), Organization.__table__.alias()
    where = [
        post.c.member_id == member.c.id,
        post.c.kind.in_(sorted(LEADING_POSTS)),
        extract("year", post.c.since) <= year,
        or_(post.c.until.is_(None), extract("year", post.c.until) >= year),
    ]
    if organization is not None:
        where += [
            unit.c.id == post.c.organization_id,
            below(unit.c.path, path_of(organization)),
        ]
        return select(literal(1)).select_from(post, unit).where(*where).exists()
    return select(literal(1)).select_from(post).where(*where).exists()


def leading(member: Any, args: Any, env: Any) -> Any:
    """`educationLeaders`: living members who lead at or below an organization."""
    year = args.bind("year")
    found = and_(
        member.c.left_on.is_(None), leads(member, year, args.row("organization", "Organization"))
    )
    if args.given("lectures_below"):
        found = and_(found, lectures_given(member, year) < args.bind("lectures_below"))
    return found


def offered(namespace: Any, session: Any, env: Any) -> Any:
    """Planned sessions still to come of the member's branch and of every unit above it."""
    unit = Organization.__table__.alias()
    above = select(unit.c.id).where(
        namespace.member.c.path >= unit.c.path,
        func.substr(namespace.member.c.path, 1, func.length(unit.c.path)) == unit.c.path,
    )
    return and_(
        session.c.state == SessionState.PLANNED,
        session.c.held_on >= env.today,
        session.c.organization_id.in_(above.correlate(namespace.member)),
    )


def collective_sessions(namespace: Any, *, attended: bool) -> ColumnElement[int]:
    """Sessions of the year the member was marked for, or was present at (S2-05)."""
    session, attendance = SESSION.alias(), ATTENDANCE.alias()
    states = [Presence.PRESENT]
    if not attended:
        states += [Presence.ON_LEAVE, Presence.ABSENT]
    return (
        select(func.count())
        .select_from(attendance)
        .join(
            session,
            and_(
                session.c.tenant_id == attendance.c.tenant_id,
                session.c.id == attendance.c.session_id,
            ),
        )
        .where(
            attendance.c.member_id == namespace.member.c.id,
            attendance.c.state.in_(states),
            session.c.state == SessionState.HELD,
            _year_of(session.c.held_on, namespace.year),
        )
        .scalar_subquery()
    )


def attended(row: Any, presence: Presence) -> ColumnElement[int]:
    """How many are marked so at the session of this row."""
    attendance = ATTENDANCE.alias()
    return (
        select(func.count())
        .select_from(attendance)
        .where(attendance.c.session_id == row.c.id, attendance.c.state == presence)
        .scalar_subquery()
    )


def _year_of(day: Any, year: Any) -> Any:
    return extract("year", day) == year
