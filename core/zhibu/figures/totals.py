"""Adding up kept figures over a subtree, as expressions for whoever reads."""

from typing import Any

from sqlalchemy import ColumnElement, func, literal, select

from zhibu.figures.tables import KeptFigure

_KEPT: Any = KeptFigure.__table__


def subtree_total(name: str, organization: Any) -> ColumnElement[int]:
    """The figure of an organization and all below it; `organization` is the table or an alias."""
    kept = _KEPT.alias()
    path = organization.c.path
    return (
        select(_sum(kept))
        .where(
            kept.c.tenant_id == organization.c.tenant_id,
            kept.c.name == name,
            kept.c.path >= path,
            kept.c.path < _beyond(path),
        )
        .correlate(organization)
        .scalar_subquery()
    )


def own(name: str, organization: Any) -> ColumnElement[int]:
    """The figure of an organization itself, without what is below it."""
    kept = _KEPT.alias()
    query = select(_sum(kept)).where(
        kept.c.tenant_id == organization.c.tenant_id,
        kept.c.name == name,
        kept.c.organization_id == organization.c.id,
    )
    return query.correlate(organization).scalar_subquery()


def figure_of(name: str, path: Any, tenant_id: Any = None) -> ColumnElement[int]:
    """The figure of the subtree at `path`, a text or a bound one.

    Inside the reading planner the tenant is added by itself; anywhere else give `tenant_id`.
    """
    kept = _KEPT.alias()
    where = [kept.c.name == name]
    if tenant_id is not None:
        where.append(kept.c.tenant_id == tenant_id)
    if isinstance(path, str):
        where += [kept.c.path >= path, kept.c.path < path[:-1] + "/"] if path else []
    else:
        where += [kept.c.path >= path, kept.c.path < _beyond(path)]
    return select(_sum(kept)).where(*where).scalar_subquery()


def _sum(kept: Any) -> Any:
    # PostgreSQL adds up bigint as numeric, which would reach JSON as a decimal.
    return func.coalesce(func.sum(kept.c.value), 0).cast(KeptFigure.value.type)


def _beyond(path: Any) -> Any:
    """The first text after everything below `path`: "/" follows "." in bytes."""
    return func.substr(path, 1, func.length(path) - 1).concat(literal("/"))
