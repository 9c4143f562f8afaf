"""Who sees notes, and how many somebody keeps contact with."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from zhibu.members.reads import members_inside, path_of_member
from zhibu.members.tables import Member
from zhibu.organizations.reads import organizations_inside
from zhibu.organizations.tables import Organization
from zhibu_flow_members.reads.cases import ARRIVAL_READ, READ
from zhibu_flow_members.tables import Card, CardReview, Liaison, Note

CARD: Any = Card.__table__
REVIEW: Any = CardReview.__table__
NOTE: Any = Note.__table__
LIAISON: Any = Liaison.__table__


def note_seen(row: Any, env: Any) -> ColumnElement[bool]:
    """His branch sees all, he his own, and the host what the host noted."""
    unit = Organization.__table__.alias()
    path = select(unit.c.path).where(unit.c.id == row.c.host_id).correlate(row).scalar_subquery()
    return or_(
        env.may(READ, path_of_member(row), row.c.member_id),
        and_(row.c.host_id.is_not(None), env.may(ARRIVAL_READ, path)),
    )


def noted_inside(row: Any, organization: Any) -> ColumnElement[bool]:
    """Whether he belongs there, or it was noted there."""
    return or_(
        members_inside(row.c.member_id, organization),
        organizations_inside(row.c.host_id, organization),
    )


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
