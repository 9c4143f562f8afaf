"""Leaf values: the code that turns a selected column into the value of a GraphQL leaf.

A value leaves in one of two forms. `wire`: ready for the encoder, as the API shows it. `python`:
what ordinary execution expects of a resolver, and what computed fields are given.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    GraphQLScalarType,
    get_nullable_type,
)
from sqlalchemy import ColumnElement
from sqlalchemy.schema import Column
from sqlalchemy.types import JSON, Boolean, Date, DateTime, Integer, Numeric, Uuid

from zhibu.reading.errors import ReadingFault
from zhibu.reading.levels import Level
from zhibu.storage.tables import Exact


class Leaves:
    """Writes the code of leaves into one shaper, whose `names` it may extend."""

    def __init__(self, names: dict[str, Any], *, python: bool) -> None:
        self._names = names
        self._python = python

    def code(
        self, level: Level, sql: ColumnElement[Any], kind: GraphQLOutputType, id_of: str
    ) -> str:
        """The code of one leaf; `id_of` is the type that an id belongs to."""
        nullable = not isinstance(kind, GraphQLNonNull)
        place = level.place(sql)
        value = self._value(level, sql, place, get_nullable_type(kind), id_of)
        return (
            f"({value} if {place} is not None else None)" if nullable and value != place else value
        )

    def native(self, level: Level, sql: ColumnElement[Any]) -> str:
        """The code of a column's Python value."""
        place = level.place(sql)
        value = _native(level, sql.type, place)
        return value if value == place else f"({value} if {place} is not None else None)"

    def whole(self, level: Level, row: Any) -> str:
        """The code of a dict of every column of a table's alias."""
        columns = getattr(row, "c", ())
        values = (f"{column.name!r}: {self.native(level, column)}" for column in columns)
        return "{" + ", ".join(values) + "}"

    def _value(
        self, level: Level, sql: ColumnElement[Any], place: str, kind: Any, id_of: str
    ) -> str:
        if isinstance(kind, GraphQLList):
            return self._list(level, sql, place, kind)
        if isinstance(kind, GraphQLEnumType):
            return f"{self._enum(kind)}[{place}]"
        assert isinstance(kind, GraphQLScalarType)
        if kind.name == "ID":
            return self._id(sql, place, id_of)
        if isinstance(sql.type, JSON):
            if level.json:
                return place
            return f"loads({place})" if self._python else f"Fragment({place})"
        if kind.name == "Decimal" and isinstance(sql.type, Integer):
            raise ReadingFault(fault=f"{sql} has lost its decimals: give it its type again")
        native = _native(level, sql.type, place)
        if kind.name == "Boolean":
            return native if native != place or level.postgres else f"({place} != 0)"
        if kind.name in ("Int", "Float"):
            return self._number(level, sql, place, kind.name)
        if self._python:
            return f"str({native})" if kind.name == "String" and native != place else native
        return self._wire(level, sql, place, native, kind)

    def _wire(
        self, level: Level, sql: ColumnElement[Any], place: str, native: str, kind: Any
    ) -> str:
        if kind.name == "String":
            # Only text is text everywhere: a date, say, is an object on one driver.
            return place if _is_text(sql.type) else f"str({native})"
        if kind.name == "Decimal":
            if isinstance(sql.type, Exact):
                return f"H[{place}]"
            return f"decimal_text({place})"
        if kind.name == "Date" and isinstance(sql.type, Date):
            return place
        if kind.name == "DateTime":
            return native
        name = self._name("S", kind, kind.coerce_output_value)
        return f"{name}({native})"

    def _id(self, sql: ColumnElement[Any], place: str, id_of: str) -> str:
        if isinstance(sql.type, Uuid):
            return f"b64(b'{id_of}:' + {place}.encode(), newline=False).decode()"
        return f"global_id({id_of!r}, {place})"

    def _number(self, level: Level, sql: ColumnElement[Any], place: str, name: str) -> str:
        if isinstance(sql.type, Exact):
            return f"float(X[{place}])" if name == "Float" else f"int(X[{place}])"
        if isinstance(sql, Column) and isinstance(sql.type, Integer) and name == "Int":
            return place
        # A sum of integers is a decimal on PostgreSQL.
        return f"{name.lower()}({place})"

    def _enum(self, kind: GraphQLEnumType) -> str:
        """The name of a table from stored values to the enum's members or names."""
        table: dict[Any, Any] = {}
        for name, value in kind.values.items():
            stored = value.value.value if isinstance(value.value, Enum) else value.value
            member = getattr(kind, "wrapped_cls", lambda found: found)(stored)
            table[stored] = member if self._python else name
        return self._name("E", kind, table)

    def _list(self, level: Level, sql: ColumnElement[Any], place: str, kind: Any) -> str:
        inner = get_nullable_type(kind.of_type)
        items = place if level.json or not isinstance(sql.type, JSON) else f"loads({place})"
        if isinstance(inner, GraphQLEnumType):
            return f"[{self._enum(inner)}[item] for item in {items}]"
        if getattr(inner, "name", "") in ("String", "Int", "Float", "Boolean", "JSON"):
            return items
        raise ReadingFault(fault=f"a list of {inner} cannot be read from a column")

    def _name(self, stem: str, kind: Any, value: Any) -> str:
        name = f"{stem}_{kind.name}"
        self._names[name] = value
        return name


def _is_text(kind: Any) -> bool:
    try:
        return kind.python_type is str
    except NotImplementedError:
        return True  # a function's value: the declaration says that it is text


def _native(level: Level, kind: Any, place: str) -> str:
    impl = getattr(kind, "impl", kind)
    if isinstance(kind, Uuid):
        return f"UUID({place})"
    if isinstance(kind, Exact):
        return f"X[{place}]"
    if isinstance(impl, DateTime):
        driver_knows = level.postgres and not level.json
        return f"{place}.astimezone(UTC)" if driver_knows else f"moment({place})"
    if isinstance(impl, Date):
        return place if level.postgres and not level.json else f"isodate({place})"
    if isinstance(impl, Boolean):
        return place if level.postgres else f"({place} != 0)"
    if isinstance(impl, JSON):
        return place if level.json else f"loads({place})"
    if isinstance(impl, Numeric) and impl.asdecimal:
        return f"Decimal({place})"
    return place


def serialized(kind: Any) -> Callable[[Any], Any]:
    """How a Python value of a leaf type, or of lists of one, is shown by the API."""
    if isinstance(kind, GraphQLNonNull):
        return serialized(kind.of_type)
    if isinstance(kind, GraphQLList):
        inner = serialized(kind.of_type)
        return lambda values: None if values is None else [inner(value) for value in values]
    show = kind.coerce_output_value
    return lambda value: None if value is None else show(value)
