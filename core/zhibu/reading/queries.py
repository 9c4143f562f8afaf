"""Declarations of root fields: decorators of functions that only name arguments and a type."""

from collections.abc import Callable, Mapping
from typing import Any

from zhibu.reading import meanings
from zhibu.reading.fields import declared
from zhibu.reading.meanings import Meaning, Permission

Declaration = Callable[[Callable[..., Any]], Any]


def _root(meaning: Meaning, deprecation_reason: str | None = None) -> Declaration:
    def decorate(function: Callable[..., Any]) -> Any:
        return declared(
            meaning,
            function,
            description=function.__doc__,
            deprecation_reason=deprecation_reason,
        )

    return decorate


def one(
    where: Callable[[Any, Any, Any], Any],
    *,
    permission: Permission | None = None,
    deprecation_reason: str | None = None,
) -> Declaration:
    """The row where `where(row, args, env)` holds, or null."""
    return _root(meanings.One(where=where, permission=permission), deprecation_reason)


def node() -> Declaration:
    """The object behind a global id; null for what is absent, invisible or not of this schema."""
    return _root(meanings.Node())


def listing(
    where: Callable[[Any, Any, Any], Any] | None = None,
    *,
    order_by: Callable[[Any], Any],
    limit: int = 100,
    permission: Permission | None = None,
    deprecation_reason: str | None = None,
) -> Declaration:
    """At most `limit` rows, without pages."""
    return _root(
        meanings.Listing(where=where, order_by=order_by, limit=limit, permission=permission),
        deprecation_reason,
    )


def connection(
    where: Callable[[Any, Any, Any], Any] | None = None,
    *,
    order: Callable[[Any], Any],
    orders: Mapping[Any, Callable[[Any], Any]] | None = None,
    filters: Mapping[str, Callable[[Any, Any, Any], Any]] | None = None,
    permission: Permission | None = None,
    deprecation_reason: str | None = None,
) -> Declaration:
    """Pages of the rows where `where(row, args, env)` and every given filter hold.

    The function declares `first: int` and, as it likes, `after: str | None`, `offset: int | None`
    and `order_by`, whose values pick from `orders`. An order is a list of columns that are never
    null, ascending or `.desc()`; the id is added where it is missing. `filters` are by argument
    (`"filter.stage"`) and apply only when it is given.
    """
    return _root(
        meanings.Connected(
            where=where,
            order=order,
            orders=dict(orders or {}),
            filters=dict(filters or {}),
            permission=permission,
        ),
        deprecation_reason,
    )


def figures(
    namespace: Callable[[Any, Any], Any],
    *,
    permission: Permission,
    on: tuple[str, ...] = (),
    deprecation_reason: str | None = None,
) -> Declaration:
    """One row of numbers: `namespace(args, env)` has `from_` and may have `where` and `path`.

    The fields of the type are expressions over it. `path` is the column of the organization path
    that the caller's scope narrows; it is needed unless the permission is public. `from_` and
    `where` are read after the fields, so a namespace may join only what they use. In a
    `Subscription`, `on` are beginnings of the names of events after which they are asked again.
    """
    meaning = meanings.Figures(namespace=namespace, permission=permission, on=on)
    return _root(meaning, deprecation_reason)
