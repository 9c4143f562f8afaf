"""Lookahead: within ordinary execution an SQL field fetches its whole selection at once."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any
from uuid import UUID

from graphql import (
    FieldNode,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    get_named_type,
)
from sqlalchemy import Dialect
from strawberry import Info

from zhibu.reading.errors import ReadingFault
from zhibu.reading.facts import Facts, Plans
from zhibu.reading.request import Run
from zhibu.reading.roots import root, single
from zhibu.reading.selection import Selected, Selections
from zhibu.reading.statements import Settled, Statement
from zhibu.reading.unit import Unit

Compiled = Statement | Settled
Nodes = list[FieldNode]
_KEPT = 1000
EXTENSION = "zhibu.reading"


class Selection(dict[str, Any]):
    """The objects that a payload field holds, by the response keys it was asked under."""


class Lookahead:
    """Compiles fields of running operations, once per field of a document."""

    def __init__(self, schema: GraphQLSchema, dialect: Dialect, secret: bytes) -> None:
        self._schema = schema
        self._dialect = dialect
        self._secret = secret
        # By identity of the syntax nodes; they are kept, so that no identity is used again.
        self._plans: OrderedDict[tuple[int, ...], tuple[Nodes, Plans[Compiled]]] = OrderedDict()

    async def field(self, info: GraphQLResolveInfo[Any]) -> Any:
        """The value of a root field, children as dicts by response key."""
        nodes = info.field_nodes
        field = info.parent_type.fields[info.field_name]
        selected = Selected(str(info.path.key), nodes, info.field_name, field)
        return await self._read(info, nodes, {}, lambda unit: root(unit, selected, self._secret))

    async def row(self, info: GraphQLResolveInfo[Any], kind: GraphQLObjectType, row: UUID) -> Any:
        """The row as the fields of type `kind` below this one select it; None if invisible."""
        payload = get_named_type(info.return_type)
        assert isinstance(payload, GraphQLObjectType)
        found = Selection()
        facts = Facts(info.variable_values.coerced, info.context)
        for selected in Selections(self._schema, info.fragments, facts).of(
            info.field_nodes, payload
        ):
            field = selected.field
            if field is None or get_named_type(field.type) is not kind:
                continue
            nodes = selected.nodes
            found[selected.key] = await self._read(
                info, nodes, {"\0row": row}, _single(nodes, field, kind)
            )
        return found

    async def _read(
        self,
        info: GraphQLResolveInfo[Any],
        nodes: Nodes,
        extra: dict[str, Any],
        compile_field: Callable[[Unit], Compiled],
    ) -> Any:
        reader = info.context
        values = {**info.variable_values.coerced, **extra}

        def compiled(facts: Facts) -> Compiled:
            selections = Selections(self._schema, info.fragments, facts)
            return compile_field(Unit(self._schema, self._dialect, facts, selections, python=True))

        plan = self._known(nodes).find(values, reader, compiled)
        if isinstance(plan, Settled):
            if plan.refusal is not None:
                raise plan.refusal()
            return plan.value
        run = Run(values, reader)
        (rows,) = await reader.fetch([plan.bound(run)])
        return await plan.shaped(rows, run, reader)

    def _known(self, nodes: Nodes) -> Plans[Compiled]:
        key = tuple(map(id, nodes))
        found = self._plans.get(key)
        if found is None:
            found = self._plans[key] = (nodes, Plans())
            if len(self._plans) > _KEPT:
                self._plans.popitem(last=False)
        return found[1]


def _single(
    nodes: list[FieldNode], field: Any, kind: GraphQLObjectType
) -> Callable[[Unit], Compiled]:
    return lambda unit: single(unit, nodes, field, kind)


def lookahead_of(info: GraphQLResolveInfo[Any]) -> Lookahead:
    """The lookahead of the engine that runs the operation; it is the operation's root value."""
    if isinstance(info.root_value, Lookahead):
        return info.root_value
    found: Lookahead = info.schema.extensions[EXTENSION]
    return found


async def row(info: Info[Any, Any], kind: type, row: UUID) -> Any:
    """For the payload of a mutation: the row after writing, as the caller selected it.

    Returns what to put into the payload's field of that type, whatever its aliases; one statement
    for each. The context's `fetch` must read through the act's own session.
    """
    raw = info._raw_info
    name = kind.__strawberry_definition__.name  # type: ignore[attr-defined]
    found = raw.schema.type_map.get(name)
    if not isinstance(found, GraphQLObjectType):
        raise ReadingFault(field=name, fault="is not an object type of this schema")
    return await lookahead_of(raw).row(raw, found, row)
