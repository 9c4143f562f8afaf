"""Values of computed fields on their way out, and the plain objects they may consist of."""

from collections.abc import Callable, Iterable
from typing import Any

from graphql import (
    FieldNode,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    is_leaf_type,
)

from zhibu.reading.errors import NotCompiled
from zhibu.reading.leaves import serialized
from zhibu.reading.meanings import definition_of, meaning_of
from zhibu.reading.unit import Unit

Shown = Callable[[Any], Any]


def shown_by(unit: Unit, kind: GraphQLOutputType, nodes: Iterable[FieldNode]) -> Shown:
    """How the API shows a Python value of this type, as far as the document selects of it."""
    if is_leaf_type(kind):
        return serialized(kind)
    if isinstance(kind, GraphQLNonNull):
        return shown_by(unit, kind.of_type, nodes)
    if isinstance(kind, GraphQLList):
        each = shown_by(unit, kind.of_type, nodes)
        return lambda values: None if values is None else [each(value) for value in values]
    if isinstance(kind, GraphQLObjectType):
        return _object(unit, kind, nodes)
    raise NotCompiled(str(kind))


def _object(unit: Unit, kind: GraphQLObjectType, nodes: Iterable[FieldNode]) -> Shown:
    fields: list[tuple[str, str, Shown]] = []
    for selected in unit.selections.of(nodes, kind):
        if selected.field is None:
            fields.append((selected.key, "", lambda value: kind.name))
            continue
        definition = definition_of(selected.field)
        if definition is None or definition.base_resolver or meaning_of(selected.field):
            raise NotCompiled(f"{kind.name}.{selected.name}")
        shown = shown_by(unit, selected.field.type, selected.nodes)
        fields.append((selected.key, definition.python_name, shown))

    def show(value: Any) -> Any:
        if value is None:
            return None
        return {key: shown(getattr(value, name) if name else None) for key, name, shown in fields}

    return show
