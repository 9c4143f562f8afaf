"""Orders of a list: their columns, their direction, and what comes after a given row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, and_, asc, desc, or_, tuple_
from sqlalchemy.schema import Column
from sqlalchemy.sql import operators

from zhibu.reading.errors import ReadingFault


@dataclass(frozen=True)
class Key:
    """One column of an order."""

    sql: ColumnElement[Any]
    descending: bool

    def by(self, sql: ColumnElement[Any]) -> ColumnElement[Any]:
        found: ColumnElement[Any] = desc(sql) if self.descending else asc(sql)
        return found


def keys_of(columns: Sequence[Any], row: Any) -> list[Key]:
    """The keys of an order, ending in the id so that no two rows are equal in it."""
    keys = [_key(column) for column in columns]
    if all(key.sql is not row.c.id for key in keys):
        keys.append(Key(row.c.id, bool(keys) and keys[-1].descending))
    for key in keys:
        if isinstance(key.sql, Column) and key.sql.nullable:
            raise ReadingFault(field=key.sql.name, fault="an order by a column that may be null")
    return keys


def beyond(keys: Sequence[Key], bounds: Sequence[ColumnElement[Any]]) -> ColumnElement[bool]:
    """The rows after the one with these keys.

    One direction is compared as a row of values, which an index answers as one range.
    """
    columns = [key.sql for key in keys]
    if not any(key.descending for key in keys):
        return tuple_(*columns) > tuple_(*bounds)
    if all(key.descending for key in keys):
        return tuple_(*columns) < tuple_(*bounds)
    return or_(
        *(
            and_(
                *(columns[i] == bounds[i] for i in range(n)),
                columns[n] < bounds[n] if key.descending else columns[n] > bounds[n],
            )
            for n, key in enumerate(keys)
        )
    )


def _key(column: ColumnElement[Any]) -> Key:
    if isinstance(column, UnaryExpression) and column.modifier in (
        operators.desc_op,
        operators.asc_op,
    ):
        return Key(column.element, column.modifier is operators.desc_op)
    return Key(column, False)
