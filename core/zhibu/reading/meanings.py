"""How a field is read: the values that field declarations leave behind for the compiler."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLField, GraphQLNamedType
from sqlalchemy import ColumnElement, Table
from strawberry.types.field import StrawberryField

from zhibu.actions import Action

KEY = "zhibu.reading"


@dataclass(frozen=True)
class Public:
    """Says of a type or a field that everyone signed in may read it, and why."""

    reason: str


Permission = Action | str | Public


@dataclass(frozen=True, kw_only=True)
class Entity:
    """A type whose objects are rows of `table`; `permission` narrows every read of it.

    `path` and `owner` are a column's name or a function of the row (an alias of the table):
    the organization a row belongs to, and the member whose own row it is. `seen(row, env)` is a
    condition of its own, made with `env.may`, for rows that more than one permission opens.
    """

    table: Table
    permission: Permission
    path: str | Callable[[Any], ColumnElement[Any]]
    owner: str | Callable[[Any], ColumnElement[Any]] | None = None
    seen: Callable[[Any, Any], ColumnElement[bool]] | None = None


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """`permission` is None where the type's own suffices."""

    permission: Permission | None = None


@dataclass(frozen=True, kw_only=True)
class Column(Meaning):
    """A column of the row (None: named like the field); `kind` is the type whose id it holds."""

    name: str | None = None
    kind: str | None = None


@dataclass(frozen=True, kw_only=True)
class Expression(Meaning):
    sql: Callable[..., Any]
    kind: str | None = None


@dataclass(frozen=True, kw_only=True)
class Computed(Meaning):
    values: Callable[..., Any]
    needs: Mapping[str, str | Callable[..., Any]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ToOne(Meaning):
    """`shown_with_parent` says why whoever sees the parent may see the target."""

    on: Callable[..., Any]
    shown_with_parent: str | None = None


@dataclass(frozen=True, kw_only=True)
class ToMany(Meaning):
    on: Callable[..., Any]
    order_by: Callable[..., Any]
    limit: int
    shown_with_parent: str | None = None


@dataclass(frozen=True, kw_only=True)
class Part(Meaning):
    namespace: Callable[..., Any]


@dataclass(frozen=True, kw_only=True)
class Page(Meaning):
    """A field of a connection, an edge or a page info; the compiler knows it by its name."""


@dataclass(frozen=True, kw_only=True)
class Root(Meaning):
    """A field of `Query` that is one statement of its own.

    As a field of `Subscription` it is asked again after events whose names begin with one of `on`.
    """

    on: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class One(Root):
    where: Callable[..., Any]


@dataclass(frozen=True, kw_only=True)
class Node(Root):
    """The row behind a global id, whatever its type."""


@dataclass(frozen=True, kw_only=True)
class Listing(Root):
    where: Callable[..., Any] | None
    order_by: Callable[..., Any]
    limit: int


@dataclass(frozen=True, kw_only=True)
class Connected(Root):
    where: Callable[..., Any] | None
    order: Callable[..., Any]
    orders: Mapping[Any, Callable[..., Any]]
    filters: Mapping[str, Callable[..., Any]]


@dataclass(frozen=True, kw_only=True)
class Figures(Root):
    namespace: Callable[..., Any]


def definition_of(graphql_field: GraphQLField) -> StrawberryField | None:
    found = graphql_field.extensions.get("strawberry-definition")
    return found if isinstance(found, StrawberryField) else None


def meaning_of(graphql_field: GraphQLField) -> Meaning | None:
    definition = definition_of(graphql_field)
    found = definition.metadata.get(KEY) if definition and definition.metadata else None
    return found if isinstance(found, Meaning) else None


def read_as(graphql_field: GraphQLField) -> Meaning | None:
    """A field without a declaration and without a resolver is a column of its own name."""
    meaning = meaning_of(graphql_field)
    definition = definition_of(graphql_field)
    if meaning is None and definition is not None and not definition.base_resolver:
        return Column()
    return meaning


def class_of(kind: GraphQLNamedType) -> Any:
    """The Python class behind a GraphQL type, or None."""
    return getattr(kind.extensions.get("strawberry-definition"), "origin", None)


def entity_of(kind: GraphQLNamedType) -> Entity | None:
    found = getattr(class_of(kind), "__zhibu_entity__", None)
    return found if isinstance(found, Entity) else None


def public_reason(kind: GraphQLNamedType) -> str | None:
    return getattr(class_of(kind), "__zhibu_public__", None)
