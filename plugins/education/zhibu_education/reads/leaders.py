"""Who leads in a year, who of them gave the yearly lecture (S2-04), and who joins study (S2-05)."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Text,
    and_,
    distinct,
    extract,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy import cast as sql_cast

from zhibu.members.tables import Member
from zhibu.organizations.reads import path_of
from zhibu.organizations.tables import Organization
from zhibu.reading import chosen_at, parameter_at
from zhibu_education.reads.here import Here
from zhibu_education.reads.rows import POST, SESSION
from zhibu_education.reads.sessions import placed
from zhibu_education.reads.years import AskedYear, asked_year
from zhibu_education.rules.catalogues import COLLECTIVE, LECTURES, Presence, SessionState

EXCUSED = (Presence.PRESENT, Presence.ON_LEAVE)


def leads(member: Any, year: AskedYear, here: Here | None = None) -> Any:
    """Whether the member held a leading post for a day of the year, `here` if that is given."""
    post, unit = POST.alias(), Organization.__table__.alias()
    where = [post.c.member_id == member.c.id, _leading(post, unit, year)]
    if here is not None:
        where.append(here.unit(unit.c.path))
    return select(literal(1)).select_from(post).join(unit, _at(post, unit)).where(*where).exists()


def lectures_given(member: Any, year: AskedYear) -> ColumnElement[int]:
    """Party lectures and reports the member gave in the year."""
    session = SESSION.alias()
    return (
        select(func.count())
        .select_from(session)
        .where(
            session.c.lecturer_id == member.c.id,
            session.c.form.in_(sorted(LECTURES)),
            _held_in(session, year),
        )
        .scalar_subquery()
    )


def lacks_lecture(member: Any, year: AskedYear) -> ColumnElement[bool]:
    """Whether fewer were given than the rule at the member's branch asks for."""
    name = "education.lectures_of_leaders"
    due = parameter_at(year.env, name, member.c.path, year.last_day)
    return lectures_given(member, year) < func.coalesce(sql_cast(due, Integer()), 0)


def study(
    member: Any, year: AskedYear, *marked: Presence, here: Here | None = None
) -> ColumnElement[int]:
    """Collective sessions of the units that the member led on the day, or those marked so."""
    post, unit, session = POST.alias(), Organization.__table__.alias(), SESSION.alias()
    where = [post.c.member_id == member.c.id, _led_study(post, unit, session, year)]
    if marked:
        where.append(placed(session, post, post.c.member_id, marked))
    if here is not None:
        where.append(here.unit(unit.c.path))
    return (
        select(func.count(distinct(session.c.id)))
        .select_from(post)
        .join(unit, _at(post, unit))
        .join(session, _of_unit(post, session))
        .where(*where)
        .scalar_subquery()
    )


def missed(member: Any, session: Any, year: AskedYear) -> Any:
    """Whether the member led the unit of this session that day and was not there, nor on leave."""
    post, unit = POST.alias(), Organization.__table__.alias()
    return (
        select(literal(1))
        .select_from(post)
        .join(unit, _at(post, unit))
        .where(
            post.c.member_id == member.c.id,
            post.c.organization_id == session.c.organization_id,
            _led_study(post, unit, session, year),
            ~placed(session, post, post.c.member_id, EXCUSED),
        )
        .correlate(member, session)
        .exists()
    )


def leading(member: Any, args: Any, env: Any) -> Any:
    """`educationLeaders`: living members who lead at or below an organization."""
    year = asked_year(args, env)
    here = Here(path_of(args.row("organization", "Organization")), env)
    found = [member.c.left_on.is_(None), leads(member, year, here)]
    if args.given("lectures_below"):
        found.append(lectures_given(member, year) < args.bind("lectures_below"))
    if args.given("missing"):
        missing = args.exact("missing")
        if getattr(missing, "value", missing) == "lecture":
            found.append(lacks_lecture(member, year))
        else:
            excused = study(member, year, *EXCUSED, here=here)
            found.append(study(member, year, here=here) > excused)
    return and_(*found)


def leaders(here: Here, year: AskedYear, *, lectured: bool = False) -> ColumnElement[int]:
    """How many living members lead here, or those who gave their lectures."""
    post, unit, member = POST.alias(), Organization.__table__.alias(), Member.__table__.alias()
    where = [
        here.unit(unit.c.path),
        here.shows(member),
        _leading(post, unit, year),
        member.c.left_on.is_(None),
    ]
    if lectured:
        where.append(~lacks_lecture(member, year))
    return (
        select(func.count(distinct(member.c.id)))
        .select_from(post)
        .join(unit, _at(post, unit))
        .join(member, _of_member(post, member))
        .where(*where)
        .scalar_subquery()
    )


def places_in_study(here: Here, year: AskedYear, *, joined: bool) -> ColumnElement[int]:
    """Leaders times collective sessions of their units here; or those joined."""
    post, unit, session = POST.alias(), Organization.__table__.alias(), SESSION.alias()
    member = Member.__table__.alias()
    where = [
        here.unit(unit.c.path),
        here.shows(member),
        _led_study(post, unit, session, year),
        member.c.left_on.is_(None),
    ]
    if joined:
        where.append(placed(session, post, post.c.member_id, (Presence.PRESENT,)))
    place = sql_cast(post.c.member_id, Text()) + sql_cast(session.c.id, Text())
    return (
        select(func.count(distinct(place)))
        .select_from(post)
        .join(unit, _at(post, unit))
        .join(member, _of_member(post, member))
        .join(session, _of_unit(post, session))
        .where(*where)
        .scalar_subquery()
    )


def _leading(post: Any, unit: Any, year: AskedYear) -> ColumnElement[bool]:
    name = "education.leading_posts"
    return and_(
        chosen_at(year.env, name, post.c.kind, unit.c.path, year.last_day),
        extract("year", post.c.since) <= year.number,
        or_(post.c.until.is_(None), extract("year", post.c.until) >= year.number),
    )


def _led_study(post: Any, unit: Any, session: Any, year: AskedYear) -> ColumnElement[bool]:
    """A collective session that was held while the post lasted."""
    return and_(
        _leading(post, unit, year),
        session.c.form.in_(sorted(COLLECTIVE)),
        _held_in(session, year),
        post.c.since <= session.c.held_on,
        or_(post.c.until.is_(None), post.c.until > session.c.held_on),
    )


def _held_in(session: Any, year: AskedYear) -> ColumnElement[bool]:
    return and_(
        session.c.state == SessionState.HELD,
        extract("year", session.c.held_on) == year.number,
    )


def _at(post: Any, unit: Any) -> ColumnElement[bool]:
    return and_(unit.c.tenant_id == post.c.tenant_id, unit.c.id == post.c.organization_id)


def _of_member(post: Any, member: Any) -> ColumnElement[bool]:
    return and_(member.c.tenant_id == post.c.tenant_id, member.c.id == post.c.member_id)


def _of_unit(post: Any, session: Any) -> ColumnElement[bool]:
    return and_(
        session.c.tenant_id == post.c.tenant_id,
        session.c.organization_id == post.c.organization_id,
    )
