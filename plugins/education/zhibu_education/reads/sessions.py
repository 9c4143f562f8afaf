"""Who attended, and what is offered to whom."""

from typing import Any

from sqlalchemy import ColumnElement, and_, extract, func, literal, select

from zhibu.organizations.tables import Organization
from zhibu_education.reads.rows import ATTENDANCE, SESSION
from zhibu_education.rules.catalogues import Presence, SessionState


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
        session.c.withdrawn_on.is_(None),
        session.c.organization_id.in_(above.correlate(namespace.member)),
    )


DUE = (Presence.PRESENT, Presence.ON_LEAVE, Presence.ABSENT)


def marked(namespace: Any, session: Any, *states: Presence) -> Any:
    """Sessions of the year that were held and at which the member is marked so."""
    return and_(
        session.c.state == SessionState.HELD,
        _year_of(session.c.held_on, namespace.year),
        placed(session, namespace.member, namespace.member.c.id, states),
    )


def enrolled_in(namespace: Any, session: Any) -> Any:
    """Planned sessions of the year in which the member has a place."""
    return and_(
        session.c.state == SessionState.PLANNED,
        _year_of(session.c.held_on, namespace.year),
        placed(session, namespace.member, namespace.member.c.id, (Presence.ENROLLED,)),
    )


def collective_sessions(namespace: Any, *, attended: bool) -> ColumnElement[int]:
    """Sessions of the year the member was marked for, or was present at."""
    session, attendance = SESSION.alias(), ATTENDANCE.alias()
    states = (Presence.PRESENT,) if attended else DUE
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


def placed(session: Any, holder: Any, member_id: Any, states: tuple[Presence, ...]) -> Any:
    """Whether that member, of the row `holder`, is marked so at the session."""
    attendance = ATTENDANCE.alias()
    return (
        select(literal(1))
        .select_from(attendance)
        .where(
            attendance.c.session_id == session.c.id,
            attendance.c.member_id == member_id,
            attendance.c.state.in_(states),
        )
        .correlate(session, holder)
        .exists()
    )


def _year_of(day: Any, year: Any) -> Any:
    return extract("year", day) == year
