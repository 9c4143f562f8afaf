"""The arguments of one field while its plan is made: known by name, bound by value."""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    FieldNode,
    GraphQLArgument,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLNonNull,
    ObjectValueNode,
    Undefined,
    VariableNode,
    get_named_type,
    get_nullable_type,
    value_from_ast,
)
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    Float,
    Text,
    Uuid,
    any_,
    column,
    false,
    func,
    null,
    select,
)
from sqlalchemy.types import TypeEngine
from strawberry.utils.str_converters import to_camel_case

from zhibu.identifiers import row_of
from zhibu.reading.binds import Binds
from zhibu.reading.facts import Facts, at
from zhibu.reading.origins import ABSENT, Asking, Literal, Origin, Variable, as_json, plain
from zhibu.reading.request import Run
from zhibu.storage.tables import Exact, Moment

Convert = Callable[[Any], Any]
_TYPES: dict[str, TypeEngine[Any]] = {
    "Int": BigInteger(),
    "Float": Float(),
    "Boolean": Boolean(),
    "Date": Date(),
    "DateTime": Moment(),
    "Decimal": Exact(),
    "UUID": Uuid(),
}


class Arguments:
    """Arguments are named by their path: `"organization"`, `"filter.stage"`."""

    def __init__(
        self,
        declared: Mapping[str, GraphQLArgument],
        node: FieldNode,
        facts: Facts,
        binds: Binds,
        postgres: bool,
    ) -> None:
        self._declared = declared
        self._nodes = {argument.name.value: argument.value for argument in node.arguments or ()}
        self._facts = facts
        self._binds = binds
        self._postgres = postgres

    def declares(self, name: str) -> bool:
        """Whether the field has such an argument at all."""
        return to_camel_case(name) in self._declared

    def given(self, path: str) -> bool:
        """Whether the argument has a value other than null."""
        origin, _ = self.origin(path)
        if isinstance(origin, Literal):
            return origin.value is not None
        return self._facts.given(origin.path)

    def exact(self, path: str) -> Any:
        """The value itself, which makes a plan for each: only for enums and switches."""
        origin, _ = self.origin(path)
        return origin.value if isinstance(origin, Literal) else self._facts.exact(origin.path)

    def bind(
        self, path: str, convert: Convert | None = None, type_: TypeEngine[Any] | None = None
    ) -> ColumnElement[Any]:
        """The value as a bind parameter; SQL's null when it is not given.

        Without a type it is that of the GraphQL argument: enums are their stored values, decimals
        are exact. A `ZhibuError` raised by `convert` reaches the caller.
        """
        origin, kind = self.origin(path)
        if not self.given(path):
            return null()
        value = self.reading(origin, lambda found: (convert or plain)(found))
        return self._binds.fresh(type_ or _TYPES.get(get_named_type(kind).name, Text()), value)

    def value(self, path: str, convert: Convert) -> Callable[[Run], Any]:
        """A function of the run that answers the converted value, for what is decided in Python."""
        origin, _ = self.origin(path)
        return self.reading(origin, convert)

    def row(self, path: str, kind: str) -> ColumnElement[Any]:
        """The row behind a global id of `kind`. At run time raises `GlobalIdInvalid`."""
        place = tuple(path.split("."))
        return self.bind(path, lambda text: row_of(text, kind, path=place), Uuid())

    def among(
        self, compared: ColumnElement[Any], path: str, convert: Convert | None = None
    ) -> ColumnElement[bool]:
        """Whether a column is among the values of a list; an empty list holds nothing."""
        origin, _ = self.origin(path)
        if not self.given(path):
            return false()
        each = convert or plain
        if self._postgres:
            values = self.reading(origin, lambda found: [each(item) for item in found])
            return compared == any_(self._binds.fresh(ARRAY(compared.type), values))
        values = self.reading(origin, lambda found: as_json(each(item) for item in found))
        listed = func.json_each(self._binds.fresh(Text(), values)).table_valued(column("value"))
        return compared.in_(select(listed.c.value))

    def reading(self, origin: Origin, convert: Convert) -> Callable[[Run], Any]:
        """A function of the run that answers the converted value."""
        if isinstance(origin, Literal):
            value = origin.value
            return lambda run: convert(value)
        if len(origin.path) == 1:
            name = origin.path[0]
            return lambda run: convert(run.values.get(name))
        path = origin.path
        return lambda run: convert(at(run.values, path))

    def origin(self, path: str) -> tuple[Origin, GraphQLInputType]:
        """Where the value of an argument stands: in the document or in a variable."""
        first, *rest = [to_camel_case(name) for name in path.split(".")]
        declared: GraphQLArgument | GraphQLInputField = self._declared[first]
        node: Any = self._nodes.get(first)
        while True:
            if isinstance(node, VariableNode):
                name = node.name.value
                # Without a default it makes no difference whether a variable is null or absent.
                if declared.default_value in (Undefined, None) or self._facts.present(name):
                    return Variable((name, *rest)), self._below(declared, rest)
                node = None
            if node is None:
                default = declared.default_value
                found = None if default is Undefined else default
                for name in rest:
                    found = found.get(name) if isinstance(found, dict) else None
                return Literal(found), self._below(declared, rest)
            if not rest:
                # A variable inside a literal list would make its value a part of the plan.
                found = value_from_ast(node, declared.type, Asking(self._facts))
                return Literal(None if found is Undefined else found), declared.type
            if not isinstance(node, ObjectValueNode):
                return ABSENT, self._below(declared, rest)
            kind = get_nullable_type(declared.type)
            assert isinstance(kind, GraphQLInputObjectType)
            name = rest.pop(0)
            declared = kind.fields[name]
            node = next((field.value for field in node.fields if field.name.value == name), None)

    def _below(
        self, declared: GraphQLArgument | GraphQLInputField, path: list[str]
    ) -> GraphQLInputType:
        kind = declared.type
        for name in path:
            while isinstance(kind, GraphQLNonNull):
                kind = kind.of_type
            assert isinstance(kind, GraphQLInputObjectType)
            kind = kind.fields[name].type
        return kind
