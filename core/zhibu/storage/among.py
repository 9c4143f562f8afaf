"""`column IN (…)` for a list that is one value, so that the statement is the same however long."""

from collections.abc import Collection
from typing import Any

import orjson
from sqlalchemy import ARRAY, Boolean, ColumnElement, LargeBinary, Text, TypeDecorator, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import coercions, roles
from sqlalchemy.sql.visitors import InternalTraversal


class Among(ColumnElement[bool]):
    """A column is one of the values bound as `name`."""

    inherit_cache = True
    type = Boolean()
    _is_implicitly_boolean = True  # or SQLite would be asked whether it `= 1`, and use no index
    _traverse_internals = [  # noqa: RUF012 - the library's own way to say what makes it different
        ("column", InternalTraversal.dp_clauseelement),
        ("values", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, column: Any, name: str) -> None:
        self.column = coercions.expect(roles.ExpressionElementRole, column)
        assert not isinstance(self.column.type, LargeBinary), "JSON holds no bytes"
        self.values = bindparam(name, type_=Many(self.column.type), required=True)

    @property
    def _from_objects(self) -> Any:
        return self.column._from_objects


class Many(TypeDecorator[Collection[Any]]):
    """Several values of a type as one: an array, or JSON where the database knows none."""

    impl = Text
    cache_ok = True

    def __init__(self, item: Any) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Any) -> Any:
        kind = ARRAY(self.item) if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        if dialect.name == "postgresql":
            return list(value)
        process = self.item.dialect_impl(dialect).bind_processor(dialect)
        return orjson.dumps([process(each) if process else each for each in value]).decode()


def among(column: Any, name: str) -> ColumnElement[bool]:
    """That the column is one of a list, to be given under this name."""
    return Among(column, name)


@compiles(Among, "postgresql")
def _any(element: Among, compiler: Any, **options: Any) -> str:
    column, values = (
        compiler.process(part, **options) for part in (element.column, element.values)
    )
    return f"{column} = ANY ({values})"


@compiles(Among, "sqlite")
def _each(element: Among, compiler: Any, **options: Any) -> str:
    column, values = (
        compiler.process(part, **options) for part in (element.column, element.values)
    )
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608  # nosec B608  # compiled
