"""A walk over a schema that finds the fields whose permission nobody has named."""

from collections.abc import Iterator

from graphql import GraphQLObjectType, GraphQLSchema
from strawberry import Schema

from zhibu.reading.meanings import KEY, definition_of, entity_of, meaning_of, public_reason


def fields_without_permission(schema: Schema | GraphQLSchema) -> list[str]:
    """Every field, as `Type.field`, that neither belongs to an entity nor names its permission.

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
            if meaning is not None and meaning.permission is not None:
                named = True
            if not named:
                yield f"{kind.name}.{name}"
