"""Whether the plugin's part of the schema is named, described and guarded."""

import re
from collections.abc import Iterator, Mapping

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
)

from zhibu import core
from zhibu.contributions import Graph
from zhibu.errors import PluginError
from zhibu.graph.compose import EXTENSIBLE, Parts, ZhibuSchema
from zhibu.plugins import Plugins
from zhibu.reading import fields_without_permission
from zhibu.testing.contract.subject import Subject
from zhibu.testing.contract.texts import CHINESE

ROOTS = ("Query", "Mutation", "Subscription")
# Arguments that mean the same everywhere; docs/plugin-guide.md says what.
KNOWN_ARGUMENTS = {
    "after",
    "asOf",
    "filter",
    "first",
    "id",
    "idempotencyKey",
    "input",
    "member",
    "offset",
    "on",
    "orderBy",
    "organization",
    "reason",
    "under",
    "version",
    "year",
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Types = dict[str, GraphQLNamedType]
_composed: dict[frozenset[tuple[str, int]], tuple[ZhibuSchema, Mapping[str, Graph]]] = {}


def faults(subject: Subject, plugins: Plugins) -> Iterator[str]:
    graphs = plugins.graphs()
    if subject.name not in graphs:
        return
    others = {name: graph for name, graph in graphs.items() if name != subject.name}
    try:
        before = composed(others)
        schema = composed(graphs)
    except PluginError as error:
        yield f"the schema cannot be composed: {error.facts}"
        return
    missing = set(fields_without_permission(schema)) - set(fields_without_permission(before))
    yield from (f"{field} names no permission" for field in sorted(missing))
    known, types = before._schema.type_map, schema._schema.type_map
    yield from _names(subject, known, types)
    for name, kind in types.items():
        if name not in known and _is_own(kind) and not _is_page(kind):
            yield from _descriptions(kind)
        elif name in (*ROOTS, *EXTENSIBLE):
            yield from _added(name, known.get(name), kind)


def composed(graphs: Mapping[str, Graph]) -> ZhibuSchema:
    """The schema of the core and of these plugins, kept: each plugin is held against it."""
    which = frozenset((name, id(graph)) for name, graph in graphs.items())
    if which not in _composed:  # with the parts, so that none of the ids is given to another
        _composed[which] = Parts(core.graph(), graphs).compose(frozenset(graphs)), graphs
    return _composed[which][0]


def _names(subject: Subject, known: Types, types: Types) -> Iterator[str]:
    noun = subject.noun
    title = noun[0].upper() + noun[1:]
    beginnings = (title, *(f"{extended}{title}" for extended in EXTENSIBLE))
    for name, kind in types.items():
        if name not in known and _is_own(kind) and not name.startswith(beginnings):
            yield f"the type {name} does not begin with {title}"
        if name in ROOTS:
            for field in _new_fields(known.get(name), kind):
                if not field.startswith(noun):
                    yield f"{name}.{field} does not begin with {noun}"


def _added(name: str, before: GraphQLNamedType | None, kind: GraphQLNamedType) -> Iterator[str]:
    """What stands new on a type that was there before."""
    for field, found in _new_fields(before, kind).items():
        yield from _of_field(f"{name}.{field}", found)
        if name == "Mutation" and list(found.args) != ["input"]:
            yield f"Mutation.{field} takes {', '.join(found.args) or 'nothing'}, not one input"


def _new_fields(before: GraphQLNamedType | None, kind: GraphQLNamedType) -> dict[str, GraphQLField]:
    known = before.fields if isinstance(before, GraphQLObjectType) else {}
    assert isinstance(kind, GraphQLObjectType)
    return {name: field for name, field in kind.fields.items() if name not in known}


def _descriptions(kind: GraphQLNamedType) -> Iterator[str]:
    if not _is_chinese(kind.description):
        yield f"the type {kind.name} has no description in Chinese"
    match kind:
        case GraphQLObjectType() | GraphQLInterfaceType():
            inherited = {name for face in kind.interfaces for name in face.fields}
            for name, field in kind.fields.items():
                if name not in inherited:
                    yield from _of_field(f"{kind.name}.{name}", field)
        case GraphQLInputObjectType():
            for name, given in kind.fields.items():
                if name not in KNOWN_ARGUMENTS and not _is_chinese(given.description):
                    yield f"{kind.name}.{name} has no description in Chinese"
        case GraphQLEnumType():
            pass  # the values are the words of the rules, explained by the type


def _of_field(place: str, field: GraphQLField) -> Iterator[str]:
    if not _is_chinese(field.description):
        yield f"{place} has no description in Chinese"
    if field.deprecation_reason and not _DAY.search(field.deprecation_reason):
        yield f"{place} is deprecated without the day it will go"
    for name, argument in field.args.items():
        if name not in KNOWN_ARGUMENTS and not _is_chinese(argument.description):
            yield f"{place}({name}:) has no description in Chinese"


def _is_chinese(text: str | None) -> bool:
    return bool(text and CHINESE.search(text))


def _is_own(kind: GraphQLNamedType) -> bool:
    """Not a root, nor a scalar, which comes with the library as soon as it is used."""
    return kind.name not in ROOTS and not isinstance(kind, GraphQLScalarType)


def _is_page(kind: GraphQLNamedType) -> bool:
    """Connections and edges are the core's own types, filled in."""
    return kind.name.endswith(("Connection", "Edge")) and isinstance(kind, GraphQLObjectType)
