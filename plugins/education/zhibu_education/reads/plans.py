"""Which organizations owe a training plan for a year, and which published one (S2-29)."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, select

from zhibu.organizations.reads import below, path_of
from zhibu.organizations.tables import Organization
from zhibu.reading import chosen_at
from zhibu_education.reads.here import Here
from zhibu_education.reads.rows import PLAN
from zhibu_education.reads.years import AskedYear, asked_year


def plan_due(unit: Any, year: AskedYear) -> ColumnElement[bool]:
    """Whether an organization of this kind makes a plan, by the rule at its place."""
    name = "education.planning_kinds"
    return chosen_at(year.env, name, unit.c.kind, unit.c.path, year.last_day)


def plan_published(unit: Any, year: AskedYear) -> Any:
    plan = PLAN.alias()
    return (
        select(literal(1))
        .select_from(plan)
        .where(
            plan.c.organization_id == unit.c.id,
            plan.c.year == year.number,
            plan.c.published_on.is_not(None),
        )
        .exists()
    )


def without_plan(unit: Any, args: Any, env: Any) -> Any:
    """`educationPlansMissing`: living organizations that owe a plan and have published none."""
    year = asked_year(args, env)
    return and_(
        below(unit.c.path, path_of(args.row("organization", "Organization"))),
        unit.c.ended_on.is_(None),
        plan_due(unit, year),
        ~plan_published(unit, year),
    )


def plans(here: Here, year: AskedYear, *, made: bool) -> ColumnElement[int]:
    """How many organizations here owe a plan for the year, or have published it."""
    unit = Organization.__table__.alias()
    where = [here.planning(unit.c.path), unit.c.ended_on.is_(None), plan_due(unit, year)]
    if made:
        where.append(plan_published(unit, year))
    return select(func.count()).select_from(unit).where(*where).scalar_subquery()
