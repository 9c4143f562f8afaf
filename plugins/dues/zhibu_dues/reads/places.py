"""Where the rows of dues belong, for whoever may see them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, select

from zhibu.accounts.tables import Account
from zhibu.members.tables import Member
from zhibu.organizations.reads import below, path_of
from zhibu.organizations.tables import Organization


def path_of_member(row: Any) -> ColumnElement[str]:
    """The path of the branch of the member that a row is about."""
    member = Member.__table__.alias()
    return (
        select(member.c.path).where(member.c.id == row.c.member_id).correlate(row).scalar_subquery()
    )


def path_of_organization(row: Any) -> ColumnElement[str]:
    """The path of the organization that a row belongs to."""
    unit = Organization.__table__.alias()
    return (
        select(unit.c.path)
        .where(unit.c.id == row.c.organization_id)
        .correlate(row)
        .scalar_subquery()
    )


def members_inside(row: Any, args: Any, env: Any) -> Any:
    """Whether the member belongs at or below the organization asked for."""
    member = Member.__table__.alias()
    top = path_of(args.row("organization", "Organization"))
    return row.c.member_id.in_(select(member.c.id).where(below(member.c.path, top)))


def organizations_inside(row: Any, args: Any, env: Any) -> Any:
    """Whether the row's organization lies at or below the one asked for."""
    unit = Organization.__table__.alias()
    top = path_of(args.row("organization", "Organization"))
    return row.c.organization_id.in_(select(unit.c.id).where(below(unit.c.path, top)))


def in_year(row: Any, args: Any, env: Any) -> Any:
    return row.c.year == args.bind("year")


def name_of(column: str) -> Callable[[Any, Any], Any]:
    """The name of the account in a column, as people know it."""

    def expression(row: Any, env: Any) -> Any:
        account = Account.__table__.alias()
        return select(account.c.name).where(account.c.id == row.c[column]).scalar_subquery()

    return expression
