"""What differs from place to place, as expressions over a path."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, false, func, literal, select, true

from zhibu.organizations.tables import Organization
from zhibu.parameters.book import Value
from zhibu.policy import Switches
from zhibu.policy.paths import edges


def by_region(values: Sequence[Value], path: Any, meant: Callable[[Value], Any]) -> Any:
    """What `meant` makes of the value in force at a row's path.

    `values` are those of `Book.regions`: the deepest place first, the national value last.
    """
    *own, national = values
    if not own:
        return meant(national)
    return case(*((under(path, value.path), meant(value)) for value in own), else_=meant(national))


def under(path: Any, place: str) -> ColumnElement[bool]:
    """Whether a path is that place, or lies below it."""
    first, beyond = edges(place)
    return and_(path >= first, path < beyond)


def edges_of(tenant_id: UUID, organization_id: UUID) -> tuple[Any, Any]:
    """Between which paths all lie that are an organization of the tenant, or below it."""
    top = Organization.__table__.alias()
    found = (
        select(top.c.path)
        .where(top.c.tenant_id == tenant_id, top.c.id == organization_id)
        .scalar_subquery()
    )
    return found, func.substr(found, 1, func.length(found) - 1) + "/"


def by_switch(switches: Switches, plugin: str, path: Any) -> ColumnElement[bool]:
    """Whether the plugin is on at a row's path."""
    if plugin == "core":
        return true()
    places = sorted(switches.paths(plugin), key=lambda place: (-len(place), place))
    if not places:
        return false()
    on = ((under(path, place), literal(switches.enabled(plugin, place))) for place in places)
    return case(*on, else_=literal(False)).is_(True)
