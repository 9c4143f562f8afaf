"""Who sees what was found of a member's file, and which files lack something."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select

from zhibu.members.reads import MEMBERS, members_inside, path_of_member
from zhibu.organizations.reads import below
from zhibu_discipline.reads.cases import OfMember, OfOrganization
from zhibu_discipline.rules.files import FileState
from zhibu_discipline.tables import DisciplineFileCheck, DisciplineFileDocument

CHECK: Any = DisciplineFileCheck.__table__
DOCUMENT: Any = DisciplineFileDocument.__table__
READ = "discipline:file:read"


def seen(row: Any, env: Any) -> ColumnElement[bool]:
    """Whoever may read files of the branch that the member belongs to now; and he his own."""
    found: ColumnElement[bool] = env.may(READ, path_of_member(row), row.c.member_id)
    return found


def counts(row: Any) -> ColumnElement[bool]:
    """Whether the check is the one that counts."""
    found: ColumnElement[bool] = row.c.state == FileState.STANDING
    return found


def inside(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """Whether the member belongs at or below the organization asked for."""
    return members_inside(row.c.member_id, args.row("organization", "Organization"))


def is_incomplete(row: Any) -> ColumnElement[bool]:
    """Whether something of a member's file lacks, is doubted or is kept by nobody."""
    return and_(counts(row), _stayed(row), row.c.completed_on.is_(None))


def is_doubtful(row: Any) -> ColumnElement[bool]:
    return and_(counts(row), _stayed(row), row.c.doubtful > 0)


def of_member(of: OfMember, target: Any, env: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = target.c.member_id == of.member.c.id
    return found


def of_case(row: Any, target: Any) -> ColumnElement[bool]:
    """The check that counts of whom a disposition is about."""
    return and_(target.c.member_id == row.c.member_id, counts(target))


def incomplete(of: OfOrganization, env: Any) -> ColumnElement[int]:
    return _count(of, is_incomplete)


def doubtful(of: OfOrganization, env: Any) -> ColumnElement[int]:
    return _count(of, is_doubtful)


def _stayed(row: Any) -> ColumnElement[bool]:
    """Whether the member has not left: of whoever has, the branch makes nothing good any more."""
    member = MEMBERS.alias()
    return exists(
        select(member.c.id)
        .where(member.c.id == row.c.member_id, member.c.left_on.is_(None))
        .correlate(row)
    )


def _count(of: OfOrganization, condition: Any) -> ColumnElement[int]:
    row, member = CHECK.alias(), MEMBERS.alias()
    return (
        select(func.count())
        .select_from(row.join(member, member.c.id == row.c.member_id))
        .where(
            below(member.c.path, of.organization.c.path),
            seen(row, of.env),
            condition(row),
        )
        .scalar_subquery()
    )
