"""Variables of an operation: checked quickly where they are right, by graphql-core where not."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    get_variable_values,
    type_from_ast,
    value_from_ast,
)

Coercion = Callable[[Any], Any]


class VariablesUnfit(GraphQLError):
    """Everything that is wrong with the variables; by itself it reads like the first fault."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        first = errors[0]
        super().__init__(first.message, first.nodes, original_error=first.original_error)
        self.errors = errors


class _Doubtful(Exception):
    """Not plainly right: graphql-core shall say what it is."""


class Variables:
    """What one operation accepts as variables."""

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        *,
        hide_suggestions: bool = False,
    ) -> None:
        self._schema = schema
        self._hide_suggestions = hide_suggestions
        self._definitions = operation.variable_definitions or ()
        self._fast: list[tuple[str, Coercion, Any]] = []
        for definition in self._definitions:
            kind: Any = type_from_ast(schema, definition.type)
            default = value_from_ast(definition.default_value, kind)
            self._fast.append((definition.variable.name.value, _coercion(kind), default))

    def coerced(self, given: Mapping[str, Any] | None) -> dict[str, Any]:
        """The values by name; one that is absent and has no default is missing.

        Raises `GraphQLError`, the first that graphql-core finds.
        """
        given = given or {}
        values = {}
        try:
            for name, coerce, default in self._fast:
                if name in given:
                    values[name] = coerce(given[name])
                elif default is not Undefined:
                    values[name] = default
                else:
                    coerce(None)  # refuses where a value is required
            return values
        except _Doubtful:
            found = get_variable_values(
                self._schema,
                self._definitions,
                dict(given),
                hide_suggestions=self._hide_suggestions,
            )
            if isinstance(found, list):
                raise VariablesUnfit(found) from None
            return dict(found.coerced)


def _coercion(kind: Any) -> Coercion:
    if isinstance(kind, GraphQLNonNull):
        inner = _coercion(kind.of_type)

        def required(value: Any) -> Any:
            if value is None:
                raise _Doubtful
            return inner(value)

        return required
    coerce = _nullable(kind)
    return lambda value: None if value is None else coerce(value)


def _nullable(kind: Any) -> Coercion:
    if isinstance(kind, GraphQLScalarType) and kind.name in _PLAIN:
        return _PLAIN[kind.name]
    if isinstance(kind, GraphQLEnumType):
        members = {name: kind.coerce_input_value(name) for name in kind.values}
        return lambda value: _found(members, value)
    if isinstance(kind, GraphQLList):
        inner = _coercion(kind.of_type)
        return lambda values: [inner(value) for value in _of(values, list)]
    if isinstance(kind, GraphQLInputObjectType) and not kind.is_one_of:
        return _object(kind)
    return _doubt


def _object(kind: GraphQLInputObjectType) -> Coercion:
    coercions: dict[str, Coercion] = {}  # filled on first use: input types may refer to themselves

    def coerce(value: Any) -> Any:
        if not coercions:
            coercions.update((name, _coercion(field.type)) for name, field in kind.fields.items())
        found = {}
        for name, item in _of(value, dict).items():
            found[name] = _found(coercions, name)(item)
        for name, field in kind.fields.items():
            if name not in found:
                if field.default_value is not Undefined:
                    found[name] = field.default_value
                else:
                    coercions[name](None)
        return found

    return coerce


def _of(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise _Doubtful
    return value


def _found(table: Mapping[str, Any], name: Any) -> Any:
    if type(name) is not str or name not in table:
        raise _Doubtful
    return table[name]


def _doubt(value: Any) -> Any:
    raise _Doubtful


def _int(value: Any) -> Any:
    if type(value) is not int or not -(2**31) <= value < 2**31:
        raise _Doubtful
    return value


_PLAIN: dict[str, Coercion] = {
    "ID": lambda value: _of(value, str),
    "String": lambda value: _of(value, str),
    "Boolean": lambda value: _of(value, bool),
    "Int": _int,
}
