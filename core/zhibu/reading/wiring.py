"""Wiring: what a schema's own resolvers become, so that both ways of running it agree."""

from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLScalarType,
    GraphQLSchema,
    get_named_type,
)

from zhibu.reading import meanings
from zhibu.reading.errors import ReadingFault
from zhibu.reading.lookahead import EXTENSION, Lookahead, Selection, lookahead_of
from zhibu.reading.meanings import Meaning, Public, definition_of, entity_of, meaning_of
from zhibu.reading.objects import KIND, ROW
from zhibu.reading.values import decimal_text, printed

_SHOWN: dict[str, Callable[[Any], str]] = {"DateTime": printed, "Decimal": decimal_text}


def wire(schema: GraphQLSchema, lookahead: Lookahead) -> None:
    """Give declared fields resolvers that read, and check how they are declared.

    A schema is wired once, however many engines (one for each kind of database) read it.
    Raises `ReadingFault` for a field that could not be null where it may not be seen.
    """
    if EXTENSION in schema.extensions:
        return
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLScalarType) and kind.name in _SHOWN:
            kind.coerce_output_value = _SHOWN[kind.name]
            kind.serialize = _SHOWN[kind.name]  # type: ignore[assignment]
        elif isinstance(kind, GraphQLInterfaceType):
            kind.resolve_type = _typed(kind.resolve_type)
        elif isinstance(kind, GraphQLObjectType):
            kind.is_type_of = _is_type(kind.name, kind.is_type_of)
            for name, field in kind.fields.items():
                _wire_field(kind, name, field)
    schema.extensions[EXTENSION] = lookahead


def dict_or_attribute(source: Any, name: str) -> Any:
    """The value of a field without a resolver, of a read row or of any other object."""
    return source[name] if isinstance(source, dict) else getattr(source, name)


def row_values(source: Any) -> dict[str, Any]:
    """For ordinary resolvers on an entity: every column of the row, as Python values by name."""
    found: dict[str, Any] = source[ROW]
    return found


def _wire_field(kind: GraphQLObjectType, name: str, field: GraphQLField) -> None:
    meaning = meaning_of(field)
    if meaning is None:
        definition = definition_of(field)
        if entity_of(kind) is not None and definition and not definition.base_resolver:
            field.resolve = _by_key(field.resolve)
        elif field.resolve is not None and entity_of(get_named_type(field.type)) is not None:
            field.resolve = _picking(field.resolve)
        elif field.resolve is not None and definition and not definition.base_resolver:
            field.resolve = _by_key(field.resolve)
        return
    _check(f"{kind.name}.{name}", field, meaning)
    if isinstance(meaning, meanings.Root):
        field.resolve = _reading(meaning.on)
    else:
        field.resolve = _by_key(field.resolve)


def _check(name: str, field: GraphQLField, meaning: Meaning) -> None:
    if not isinstance(field.type, GraphQLNonNull):
        return
    if isinstance(meaning, meanings.Root | meanings.ToMany):
        guarded = isinstance(meaning, meanings.ToMany) and _narrows(meaning.permission)
    else:
        guarded = _narrows(meaning.permission)
    if guarded:
        raise ReadingFault(field=name, fault="a field with its own permission must be nullable")
    if isinstance(meaning, meanings.ToOne) and not meaning.shown_with_parent:
        entity = entity_of(get_named_type(field.type))
        if entity is not None and _narrows(entity.permission):
            raise ReadingFault(
                field=name,
                fault="its target may be invisible: make it nullable, or say `shown_with_parent`",
            )


def _narrows(permission: meanings.Permission | None) -> bool:
    return permission is not None and not isinstance(permission, Public)


def _reading(on: tuple[str, ...]) -> Callable[..., Any]:
    def resolve(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        if on:
            info.context.wait(on)
        return lookahead_of(info).field(info)

    return resolve


def _by_key(ordinary: Any) -> Callable[..., Any]:
    """Rows that were read hold values by response key; anything else is asked as before."""

    def resolve(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        if type(source) is dict and KIND in source:
            return source[info.path.key]
        return _picked(ordinary(source, info, **arguments), info)

    return resolve


def _picking(ordinary: Any) -> Callable[..., Any]:
    def resolve(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        return _picked(ordinary(source, info, **arguments), info)

    return resolve


def _picked(value: Any, info: GraphQLResolveInfo[Any]) -> Any:
    return value.get(str(info.path.key)) if isinstance(value, Selection) else value


def _typed(ordinary: Any) -> Any:
    def resolve_type(value: Any, info: GraphQLResolveInfo[Any], kind: Any) -> Any:
        if type(value) is dict:
            return value[KIND]
        return ordinary(value, info, kind)

    return resolve_type


def _is_type(name: str, ordinary: Any) -> Any:
    def is_type_of(value: Any, info: GraphQLResolveInfo[Any]) -> Any:
        if type(value) is dict and KIND in value:
            return value[KIND] == name
        return True if ordinary is None else ordinary(value, info)

    return is_type_of
