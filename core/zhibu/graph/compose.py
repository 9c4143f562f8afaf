"""One GraphQL schema out of the core's parts and those of a set of plugins."""

import copy
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, Generic, TypeVar

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.types.base import get_object_definition
from strawberry.types.field import StrawberryField

from zhibu.contributions import Graph
from zhibu.errors import PluginError
from zhibu.graph.words import describe
from zhibu.reading import dict_or_attribute

EXTENSIBLE = ("Member", "Organization")


class Parts:
    """What every schema is made of: the core's graph and each plugin's, checked once at start."""

    def __init__(self, core: Graph, plugins: Mapping[str, Graph]) -> None:
        self.core = core
        self.plugins = dict(plugins)
        for name, graph in self.plugins.items():
            for field, owner in (("member", graph.member), ("organization", graph.organization)):
                if owner is not None and (found := _names(owner)) != [name]:
                    raise PluginError(plugin=name, part=field, fields=found, fault="one field")

    def compose(self, enabled: frozenset[str]) -> "ZhibuSchema":
        """The schema of a tenant in which exactly these plugins are on somewhere."""
        graphs = [self.core, *(self.plugins[name] for name in sorted(enabled & set(self.plugins)))]
        mutations = [graph.mutation for graph in graphs if graph.mutation]
        subscriptions = [graph.subscription for graph in graphs if graph.subscription]
        added = {
            "Member": [graph.member for graph in graphs if graph.member],
            "Organization": [graph.organization for graph in graphs if graph.organization],
        }
        return ZhibuSchema(
            query=_merged("Query", [graph.query for graph in graphs if graph.query]),
            mutation=_merged("Mutation", mutations) if mutations else None,
            subscription=_merged("Subscription", subscriptions) if subscriptions else None,
            types=[kind for graph in graphs for kind in graph.types],
            added=added,
            config=StrawberryConfig(
                default_resolver=dict_or_attribute, disable_field_suggestions=True
            ),
        )


def joined(*graphs: Graph) -> Graph:
    """Several graphs of the core as one."""
    return Graph(
        query=_merged("Query", [graph.query for graph in graphs if graph.query]),
        mutation=_merged("Mutation", [graph.mutation for graph in graphs if graph.mutation]),
        subscription=_merged(
            "Subscription", [graph.subscription for graph in graphs if graph.subscription]
        ),
        types=tuple(kind for graph in graphs for kind in graph.types),
    )


class ZhibuSchema(strawberry.Schema):
    """A Strawberry schema in which plugins add one field each to the core's own types."""

    def __init__(self, *, added: Mapping[str, Iterable[type]], **arguments: Any) -> None:
        self._added = {
            name: [
                field for part in parts for field in get_object_definition(part, strict=True).fields
            ]
            for name, parts in added.items()
        }
        try:
            super().__init__(**arguments)
        except TypeError as error:  # the library's own, around what `get_fields` found
            raise error.__cause__ if isinstance(error.__cause__, PluginError) else error from error
        describe(self._schema)

    def get_fields(self, type_definition: Any) -> list[StrawberryField]:
        # Copies: building a schema changes the fields, and the classes serve many schemas.
        added = (
            self._added.get(type_definition.name, []) if type_definition.name in EXTENSIBLE else []
        )
        own = {field.name for field in type_definition.fields}
        if taken := [field.name for field in added if field.name in own]:
            raise PluginError(type=type_definition.name, fields=taken, fault="the core has them")
        return [copy.copy(field) for field in (*type_definition.fields, *added)]

    def process_errors(self, errors: Any, execution_context: Any = None) -> None:
        """Nothing: a failing document's text may hold an identity number and must not be logged."""


Key = TypeVar("Key", bound=Hashable)
Built = TypeVar("Built")


class Schemas(Generic[Key, Built]):
    """What is expensive to build and asked for often; the `most` recently used stay built."""

    def __init__(self, most: int = 32) -> None:
        self._most = most
        self._built: OrderedDict[Key, Built] = OrderedDict()
        self._lock = threading.Lock()
        self.count = 0  # of those ever built

    def of(self, key: Key, build: Callable[[], Built]) -> Built:
        """What was built under this key, or is now."""
        found = self._built.get(key)
        if found is not None and len(self._built) < self._most:
            return found  # which was used last matters once something must go
        with self._lock:
            if key not in self._built:
                self._built[key] = build()
                self.count += 1
                while len(self._built) > self._most:
                    self._built.popitem(last=False)
            self._built.move_to_end(key)
            return self._built[key]


def _merged(name: str, parts: list[type]) -> type:
    """Strawberry only warns when two parts share a field; here that is an error."""
    owners: dict[str, str] = {}
    for part in parts:
        for field in _names(part):
            if field in owners:
                raise PluginError(type=name, field=field, parts=[owners[field], part.__name__])
            owners[field] = part.__name__
    return strawberry.type(type(name, tuple(parts), {}))


def _names(part: type) -> list[str]:
    return [field.name for field in get_object_definition(part, strict=True).fields]
