"""Who may see what: the scopes of rows, fields and parts as conditions in the statement."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, false

from zhibu.actions import Action
from zhibu.reading.errors import ReadingFault
from zhibu.reading.meanings import Entity, Permission, Public
from zhibu.reading.unit import Unit


@dataclass(frozen=True)
class Place:
    """Where the objects of a selection stand: an entity's row, or a path of their own.

    `permission` is what the rows were already narrowed by, or `seen` in its place. `outer` says
    that the row may be absent, being the target of an outer join.
    """

    path: ColumnElement[Any] | None
    owner: ColumnElement[Any] | None
    permission: Permission | None
    outer: bool = False
    seen: Callable[[Any], ColumnElement[bool]] | None = None


def place_of(entity: Entity, row: Any, *, outer: bool = False) -> Place:
    def column(named: Any) -> Any:
        return row.c[named] if isinstance(named, str) else named(row)

    named = isinstance(entity.path, str)
    if named and isinstance(entity.permission, Public) and entity.path not in row.c:
        return Place(None, None, entity.permission, outer)
    owner = None if entity.owner is None else column(entity.owner)
    seen = None if entity.seen is None else partial(entity.seen, row)
    return Place(column(entity.path), owner, entity.permission, outer, seen)


def nothing(unit: Unit, permission: Permission | None) -> Action | str | None:
    """The action that the caller may do nowhere, or None."""
    if permission is None or isinstance(permission, Public):
        return None
    return permission if unit.facts.nothing(permission) else None


def narrowed(unit: Unit, place: Place, permission: Permission | None) -> ColumnElement[bool] | None:
    """The condition under which the caller may do `permission` at the row; None for always."""
    if permission is None or isinstance(permission, Public):
        return None
    if unit.facts.nothing(permission):
        return false()
    if place.seen is not None and permission == place.permission:
        return place.seen(unit.env)
    if unit.facts.everything(permission):
        return None
    if place.path is None:
        raise ReadingFault(fault=f"{permission} has no organization path to be asked at")
    return unit.env.may(permission, place.path, place.owner)


def guarded(unit: Unit, place: Place, permission: Permission | None) -> ColumnElement[bool] | None:
    """As `narrowed`, for a field of a row that is visible already."""
    if permission is None or isinstance(permission, Public):
        return None
    seen = place.permission
    if seen is not None and not isinstance(seen, Public) and unit.facts.same_rows(permission, seen):
        return None
    return narrowed(unit, place, permission)
