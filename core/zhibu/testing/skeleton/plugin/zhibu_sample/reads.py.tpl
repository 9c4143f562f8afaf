"""How the fields are read: SQL expressions, of which a whole request makes one statement.

The tenant's criterion is added to every table by the core; nothing here may name it.
"""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from zhibu.members.tables import Member
from zhibu.organizations.reads import below, path_of
from zhibu_sample.tables import Record

RECORDS: Any = Record.__table__


class OfMember:
    """`member { sample }`: what is recorded of the member of this row."""

    def __init__(self, row: Any, args: Any, env: Any) -> None:
        self.member_id = row.c.id


def count(part: OfMember, env: Any) -> ColumnElement[int]:
    record = RECORDS.alias()
    return (
        select(func.count())
        .select_from(record)
        .where(record.c.member_id == part.member_id)
        .scalar_subquery()
    )


def latest(part: OfMember, env: Any) -> ColumnElement[Any]:
    record = RECORDS.alias()
    return (
        select(func.max(record.c.happened_on))
        .where(record.c.member_id == part.member_id)
        .scalar_subquery()
    )


def path_of_member(row: Any) -> ColumnElement[str]:
    """Where a record belongs: to the branch that its member belongs to now."""
    member = Member.__table__.alias()
    return (
        select(member.c.path).where(member.c.id == row.c.member_id).correlate(row).scalar_subquery()
    )


def inside(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """Whether the member belongs to the organization asked for, or below it."""
    member = Member.__table__.alias()
    top = path_of(args.row("organization", "Organization"))
    found: ColumnElement[bool] = row.c.member_id.in_(
        select(member.c.id).where(below(member.c.path, top))
    )
    return found
