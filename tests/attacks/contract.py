"""What every answer of the API keeps to, whatever was asked and by whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    is_abstract_type,
)

from zhibu.graph.errors import CODES

# Of a document that is posted as it should be; the rest of the table in `endpoint` is about bodies.
STATUSES = frozenset({200, 400, 401, 403, 429, 503})
KNOWN = CODES - {"INTERNAL"}
STATEMENTS = 30
CALLS = 150_000  # which are about 50 ms of a processor
INSIDE = (
    *("Traceback", "sqlalchemy", "sqlite3", "psycopg", "graphql-core", "site-packages", "zhibu/"),
    *("Error(", "Error:", "Exception", "SELECT ", "INSERT ", "UPDATE ", "core_member", ".py"),
)


@dataclass(frozen=True)
class Answered:
    """An answer, and what it took."""

    status: int
    request_id: str
    body: bytes
    statements: int
    calls: int


def breaches(
    answered: Answered, document: DocumentNode, schema: GraphQLSchema, secrets: tuple[str, ...] = ()
) -> Iterator[str]:
    """Whatever in the answer is against the contract."""
    if answered.status not in STATUSES:
        yield f"status {answered.status}"
    if answered.statements > STATEMENTS:
        yield f"{answered.statements} statements"
    if answered.calls > CALLS:
        yield f"{answered.calls} calls"
    said = answered.body.decode()
    yield from (f"{word!r} is of the inside" for word in INSIDE if word in said)
    try:
        answer = orjson.loads(said)
    except orjson.JSONDecodeError:
        yield "no JSON"
        return
    if not set(answer) <= {"data", "errors"} or not answer:
        yield f"members {sorted(answer)}"
    errors = answer.get("errors")
    told = orjson.dumps(errors).decode()
    yield from (f"{word!r} is told in an error" for word in secrets if word in told)
    for error in errors if isinstance(errors, list) else ():
        yield from _of_error(error, answered.request_id)
    if errors is not None and not errors:
        yield "errors without an error"
    if (data := answer.get("data")) is not None:
        if answered.status != 200:
            yield f"data with status {answered.status}"
        yield from Shape(schema, document).misfits(data)
    elif not errors:
        yield "neither data nor errors"


def _of_error(error: Mapping[str, Any], request_id: str) -> Iterator[str]:
    extensions = error.get("extensions") or {}
    if extensions.get("code") not in KNOWN:
        yield f"code {extensions.get('code')}"
    if not extensions.get("error"):
        yield f"error {extensions.get('error')}"
    if extensions.get("requestId") != request_id:
        yield f"request id {extensions.get('requestId')}"
    if not error.get("message"):
        yield "no message"
    if not set(error) <= {"message", "extensions", "path", "locations"}:
        yield f"an error with {sorted(error)}"


class Shape:
    """The shape that the data of a document has by the schema."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self.schema = schema
        self._fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        (self._operation,) = (
            node for node in document.definitions if isinstance(node, OperationDefinitionNode)
        )

    def misfits(self, data: Any) -> Iterator[str]:
        """Where the data is not as the schema says."""
        kind = self.schema.get_root_type(self._operation.operation)
        assert kind is not None
        yield from self._object(kind, [self._operation.selection_set], data, "")

    def _value(self, kind: Any, nodes: list[FieldNode], value: Any, at: str) -> Iterator[str]:
        if isinstance(kind, GraphQLNonNull):
            kind = kind.of_type
            if value is None:
                yield f"{at} is null"
        if value is None:
            return
        if isinstance(kind, GraphQLList):
            if isinstance(value, list):
                for number, each in enumerate(value):
                    yield from self._value(kind.of_type, nodes, each, f"{at}.{number}")
            else:
                yield f"{at} is no list"
        elif isinstance(kind, GraphQLEnumType):
            if value not in kind.values:
                yield f"{at} is {value!r}"
        elif below := [node.selection_set for node in nodes if node.selection_set]:
            if is_abstract_type(kind):
                kind = self.schema.type_map.get(value.get("__typename"))
            if kind is None:
                yield f"{at} is of no type"
            else:
                yield from self._object(kind, below, value, at)
        elif not _fits(get_named_type(kind).name, value):
            yield f"{at} is {value!r}"

    def _object(
        self, kind: GraphQLObjectType, sets: list[SelectionSetNode], value: Any, at: str
    ) -> Iterator[str]:
        fields: dict[str, list[FieldNode]] = {}
        for each in sets:
            for node in self._fields(kind, each):
                fields.setdefault((node.alias or node.name).value, []).append(node)
        if not isinstance(value, dict) or set(value) != set(fields):
            yield f"{at} has other fields"
            return
        for key, nodes in fields.items():
            name = nodes[0].name.value
            if name != "__typename" and name not in kind.fields:
                yield f"{at}.{key} is no field"
            elif name == "__typename":
                if value[key] != kind.name:
                    yield f"{at}.{key} is {value[key]!r}"
            else:
                yield from self._value(kind.fields[name].type, nodes, value[key], f"{at}.{key}")

    def _fields(self, kind: GraphQLObjectType, selected: SelectionSetNode) -> Iterator[FieldNode]:
        for node in selected.selections:
            if isinstance(node, FieldNode):
                yield node
                continue
            if isinstance(node, FragmentSpreadNode):
                inside: Any = self._fragments[node.name.value]
            else:
                assert isinstance(node, InlineFragmentNode)
                inside = node
            on = inside.type_condition and self.schema.type_map[inside.type_condition.name.value]
            if on in (None, kind) or (is_abstract_type(on) and self.schema.is_sub_type(on, kind)):
                yield from self._fields(kind, inside.selection_set)


def _fits(kind: str, value: Any) -> bool:
    """Whether the value is written as one of this scalar is."""
    try:
        match kind:
            case "Int":
                return type(value) is int and abs(value) < 2**31
            case "Boolean":
                return type(value) is bool
            case "Date":
                return date.fromisoformat(value).isoformat() == value
            case "DateTime":
                return datetime.fromisoformat(value).tzinfo is not None
            case "Decimal":
                return Decimal(value).is_finite()
            case "JSON":
                return True
    except (ValueError, TypeError, InvalidOperation):
        return False
    return isinstance(value, str)
