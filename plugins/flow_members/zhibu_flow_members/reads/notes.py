"""Who sees notes, and how many somebody keeps contact with."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from zhibu.members.reads import members_inside, path_of_member
from zhibu.members.tables import Member
from zhibu.organizations.reads import organizations_inside
from zhibu_flow_members.reads.cases import ARRIVAL_READ, CASE, READ, path_of_host
from zhibu_flow_members.rules.notes import Side
from zhibu_flow_members.tables import Card, CardReview, Liaison, Note

CARD: Any = Card.__table__
REVIEW: Any = CardReview.__table__
NOTE: Any = Note.__table__
LIAISON: Any = Liaison.__table__


def note_seen(row: Any, env: Any) -> ColumnElement[bool]:
    """His branch sees all, he his own, and the host what the host noted."""
    case = CASE.alias()
    path = (
        select(path_of_host(case))
        .where(case.c.id == row.c.case_id)
        .correlate(row)
        .scalar_subquery()
    )
    return or_(
        env.may(READ, path_of_member(row), row.c.member_id),
        and_(row.c.side == Side.HOST, env.may(ARRIVAL_READ, path)),
    )


def noted_inside(row: Any, organization: Any) -> ColumnElement[bool]:
    """Whether he belongs there, or is taken in there."""
    case = CASE.alias()
    taken = select(case.c.id).where(organizations_inside(case.c.host_id, organization))
    return or_(members_inside(row.c.member_id, organization), row.c.case_id.in_(taken))


def name_of_liaison(row: Any, env: Any) -> ColumnElement[str]:
    """The name of who keeps contact, for whoever sees the row."""
    member = Member.__table__.alias()
    return (
        select(member.c.name)
        .where(member.c.id == row.c.liaison_id)
        .correlate(row)
        .scalar_subquery()
    )


def load(row: Any, env: Any) -> ColumnElement[int]:
    """With how many he keeps contact now."""
    other = LIAISON.alias()
    return (
        select(func.count())
        .select_from(other)
        .where(other.c.liaison_id == row.c.liaison_id, other.c.once.is_not(None))
        .correlate(row)
        .scalar_subquery()
    )
