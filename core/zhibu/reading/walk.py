"""A walk over a schema that finds the fields whose permission nobody has named."""

from collections.abc import Iterator

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, get_named_type
from strawberry import Schema

from zhibu.reading.meanings import (
    KEY,
    Figures,
    Meaning,
    Node,
    Root,
    definition_of,
    entity_of,
    meaning_of,
    public_reason,
)


def fields_without_permission(schema: Schema | GraphQLSchema) -> list[str]:
    """Every field, as `Type.field`, of which nobody says who may read it.

    A field of an entity, or a root field that answers entities, is read by the entity's permission;
    any other names its own.

    An ordinary resolver names it with `metadata=permitted(…)`; a type that is public is marked so.
    """
    graphql = schema if isinstance(schema, GraphQLSchema) else schema._schema
    return sorted(_unnamed(graphql))


def permitted(permission: object) -> dict[str, object]:
    """Metadata for an ordinary Strawberry field: what its resolver asks the policy for."""
    return {f"{KEY}.permission": permission}


def _unnamed(schema: GraphQLSchema) -> Iterator[str]:
    for kind in schema.type_map.values():
        if not isinstance(kind, GraphQLObjectType) or kind.name.startswith("__"):
            continue
        if entity_of(kind) is not None or public_reason(kind):
            continue
        for name, field in kind.fields.items():
            meaning = meaning_of(field)
            definition = definition_of(field)
            named = bool(definition and definition.metadata.get(f"{KEY}.permission"))
            if meaning is not None and (meaning.permission or _narrowed(meaning, field)):
                named = True
            if not named:
                yield f"{kind.name}.{name}"


def _narrowed(meaning: Meaning, field: GraphQLField) -> bool:
    """Whether a root field answers rows of entities only: those have a permission of their own."""
    if not isinstance(meaning, Root) or isinstance(meaning, Figures):
        return False
    kind = get_named_type(field.type)
    if isinstance(kind, GraphQLObjectType) and "nodes" in kind.fields:
        kind = get_named_type(kind.fields["nodes"].type)
    return isinstance(meaning, Node) or entity_of(kind) is not None
