"""Who sees what was found of a member's file, and which files lack something."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from zhibu.organizations.reads import ORGANIZATIONS, below, path_of_organization
from zhibu_discipline.reads.cases import OfMember, OfOrganization
from zhibu_discipline.rules.files import FileState
from zhibu_discipline.tables import DisciplineFileCheck, DisciplineFileDocument

CHECK: Any = DisciplineFileCheck.__table__
DOCUMENT: Any = DisciplineFileDocument.__table__
READ = "discipline:file:read"


def seen(row: Any, env: Any) -> ColumnElement[bool]:
    """Whoever may read files of the branch; and the member his own."""
    found: ColumnElement[bool] = env.may(READ, path_of_organization(row), row.c.member_id)
    return found


def counts(row: Any) -> ColumnElement[bool]:
    """Whether the check is the one that counts."""
    found: ColumnElement[bool] = row.c.state == FileState.STANDING
    return found


def is_incomplete(row: Any) -> ColumnElement[bool]:
    """Whether something of the file lacks, is doubted or is kept by nobody."""
    return and_(counts(row), row.c.completed_on.is_(None))


def is_doubtful(row: Any) -> ColumnElement[bool]:
    return and_(counts(row), row.c.doubtful > 0)


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


def _count(of: OfOrganization, condition: Any) -> ColumnElement[int]:
    row, unit = CHECK.alias(), ORGANIZATIONS.alias()
    return (
        select(func.count())
        .select_from(row.join(unit, unit.c.id == row.c.organization_id))
        .where(
            below(unit.c.path, of.organization.c.path),
            seen(row, of.env),
            condition(row),
        )
        .scalar_subquery()
    )
