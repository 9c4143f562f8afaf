"""Declarations of fields: what stands on the right of a field in a Strawberry type."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import strawberry
from sqlalchemy import ColumnElement, FromClause, Table
from strawberry.types.field import StrawberryField

from zhibu.reading import meanings
from zhibu.reading.errors import ReadingFault
from zhibu.reading.meanings import KEY, Entity, Meaning, Permission

Kind = TypeVar("Kind", bound=type)
Place = str | Callable[[Any], ColumnElement[Any]]


def entity(
    table: FromClause,
    *,
    permission: Permission,
    path: Place = "path",
    owner: Place | None = None,
    seen: Callable[[Any, Any], ColumnElement[bool]] | None = None,
) -> Callable[[Kind], Kind]:
    """Say that the objects of a Strawberry type are rows of `table` (`Model.__table__`).

    Every read of the type returns only rows where the caller may do `permission`, or where
    `seen(row, env)` holds if it is given: a condition made with `env.may`, for rows that more than
    one permission opens. Whoever may do `permission` nowhere sees none of them all the same. Fields
    without a declaration are columns of their own name.
    """
    assert isinstance(table, Table)
    facts = Entity(table=table, permission=permission, path=path, owner=owner, seen=seen)

    def decorate(kind: Kind) -> Kind:
        kind.__zhibu_entity__ = facts  # type: ignore[attr-defined]
        return kind

    return decorate


def public(reason: str) -> Callable[[Kind], Kind]:
    """Say that a type's fields need no permission of their own, and why."""

    def decorate(kind: Kind) -> Kind:
        kind.__zhibu_public__ = reason  # type: ignore[attr-defined]
        return kind

    return decorate


def declared(meaning: Meaning, resolver: Any = None, **options: Any) -> Any:
    """A Strawberry field with a meaning.

    Raises `ReadingFault` where a declaration uses a name that an earlier field of the same class
    has taken: in a class body the field hides the function.
    """
    given = vars(meaning).values()
    if any(isinstance(value, StrawberryField) for value in (*given, *_needs(meaning))):
        raise ReadingFault(field=repr(meaning), fault="a field is used where a function is meant")
    return strawberry.field(resolver, metadata={KEY: meaning}, **options)


def _needs(meaning: Meaning) -> Iterable[Any]:
    return meaning.needs.values() if isinstance(meaning, meanings.Computed) else ()


def column(
    name: str | None = None,
    *,
    kind: str | None = None,
    permission: Permission | None = None,
    description: str | None = None,
    deprecation_reason: str | None = None,
) -> Any:
    """A column of the row. An `ID` that points to another type names that type as `kind`."""
    return declared(
        meanings.Column(name=name, kind=kind, permission=permission),
        description=description,
        deprecation_reason=deprecation_reason,
    )


def expression(
    sql: Callable[[Any, Any], Any],
    *,
    kind: str | None = None,
    permission: Permission | None = None,
    description: str | None = None,
    deprecation_reason: str | None = None,
) -> Any:
    """`sql(row, env)` is an SQL expression over the parent's row, or over its namespace."""
    return declared(
        meanings.Expression(sql=sql, kind=kind, permission=permission),
        description=description,
        deprecation_reason=deprecation_reason,
    )


def computed(
    values: Callable[[list[dict[str, Any]], Any], Any],
    *,
    needs: Mapping[str, str | Callable[[Any, Any], Any]],
    permission: Permission | None = None,
    description: str | None = None,
    deprecation_reason: str | None = None,
) -> Any:
    """`values(rows, env)` answers one value per row, for all rows of the request at once.

    Each row is a dict with the names in `needs`, whose values are columns or SQL expressions and
    arrive as Python values (UUID, date, Decimal). May be async. Costs no statement.
    """
    return declared(
        meanings.Computed(values=values, needs=dict(needs), permission=permission),
        description=description,
        deprecation_reason=deprecation_reason,
    )


def to_one(
    on: Callable[..., Any],
    *,
    shown_with_parent: str | None = None,
    permission: Permission | None = None,
    description: str | None = None,
    deprecation_reason: str | None = None,
) -> Any:
    """The row of another entity where `on(row, target)` holds (`on(row, target, env)` as well).

    A target that the caller may not see is null, so the field is nullable; unless
    `shown_with_parent` gives the reason why whoever sees the parent sees this too.
    """
    return declared(
        meanings.ToOne(on=on, shown_with_parent=shown_with_parent, permission=permission),
        description=description,
        deprecation_reason=deprecation_reason,
    )


def to_many(
    on: Callable[..., Any],
    *,
    order_by: Callable[[Any], Any],
    limit: int = 100,
    shown_with_parent: str | None = None,
    permission: Permission | None = None,
    description: str | None = None,
    deprecation_reason: str | None = None,
) -> Any:
    """At most `limit` rows of another entity, within the same statement.

    `order_by(target)` returns a column or a list of columns.
    """
    return declared(
        meanings.ToMany(
            on=on,
            order_by=order_by,
            limit=limit,
            shown_with_parent=shown_with_parent,
            permission=permission,
        ),
        description=description,
        deprecation_reason=deprecation_reason,
    )


def part(
    namespace: Callable[[Any, Any, Any], Any],
    *,
    permission: Permission | None = None,
    deprecation_reason: str | None = None,
) -> Callable[[Callable[..., Any]], Any]:
    """Decorates a function that declares the GraphQL arguments and the type; it is never run.

    `namespace(row, args, env)` returns any object; the fields of the type are expressions over it,
    or attributes of it that are columns. If it has `joins`, a list of `(table, on)`, they are
    joined (outer) once all fields are known.
    """

    def decorate(function: Callable[..., Any]) -> Any:
        return declared(
            meanings.Part(namespace=namespace, permission=permission),
            function,
            description=function.__doc__,
            deprecation_reason=deprecation_reason,
        )

    return decorate
