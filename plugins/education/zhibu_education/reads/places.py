"""Where the rows of education belong, for whoever may see them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, case, select

from zhibu.accounts.tables import Account
from zhibu.members.tables import Member
from zhibu.organizations.reads import below, path_of
from zhibu.organizations.tables import Organization
from zhibu_education.reads.rows import PLAN


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


def path_of_plan(row: Any) -> ColumnElement[str]:
    """The path of the organization whose plan an item belongs to."""
    from_plan = PLAN.alias()
    unit = Organization.__table__.alias()
    return (
        select(unit.c.path)
        .where(
            from_plan.c.id == row.c.plan_id,
            unit.c.tenant_id == from_plan.c.tenant_id,
            unit.c.id == from_plan.c.organization_id,
        )
        .correlate(row)
        .scalar_subquery()
    )


def shown_title(row: Any) -> ColumnElement[str]:
    """By what plans are ordered: a cursor repeats it, so it is nothing once it is withdrawn."""
    return case((row.c.withdrawn_on.is_(None), row.c.title), else_="")


def plan_withdrawn_on(row: Any) -> ColumnElement[Any]:
    """The day the plan was withdrawn whose item a row is."""
    plan = PLAN.alias()
    return (
        select(plan.c.withdrawn_on)
        .where(plan.c.id == row.c.plan_id)
        .correlate(row)
        .scalar_subquery()
    )


def members_inside(column: Any, organization: Any) -> Any:
    """Whether the member named by `column` belongs at or below an organization."""
    member = Member.__table__.alias()
    return column.in_(select(member.c.id).where(below(member.c.path, path_of(organization))))


def organizations_inside(column: Any, organization: Any) -> Any:
    """Whether the organization named by `column` lies at or below another."""
    unit = Organization.__table__.alias()
    return column.in_(select(unit.c.id).where(below(unit.c.path, path_of(organization))))


def name_of(column: str) -> Callable[[Any, Any], Any]:
    """The name of the account in a column, as people know it."""

    def expression(row: Any, env: Any) -> Any:
        account = Account.__table__.alias()
        return select(account.c.name).where(account.c.id == row.c[column]).scalar_subquery()

    return expression
