"""Where the rows of education belong, for whoever may see them."""

from typing import Any

from sqlalchemy import ColumnElement, case, select

from zhibu.organizations.tables import Organization
from zhibu_education.reads.rows import PLAN


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
