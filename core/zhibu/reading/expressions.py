"""Small questions about what declarations return: expressions, columns by name, orders."""

from typing import Any

from sqlalchemy import ColumnElement, Select, literal

from zhibu.reading.errors import ReadingFault


def expressed(sql: Any) -> ColumnElement[Any]:
    """What a declaration returned as one SQL expression; a select is its single value."""
    if isinstance(sql, Select):
        return sql.scalar_subquery()
    found: ColumnElement[Any] = sql if isinstance(sql, ColumnElement) else literal(sql)
    return found


def column_of(row: Any, name: str) -> ColumnElement[Any]:
    """A column of an alias, or a column that a namespace has as an attribute."""
    columns = getattr(row, "c", None)
    found = columns.get(name) if columns is not None else None
    if found is None:
        found = getattr(row, name, None)
    if not isinstance(found, ColumnElement | Select):
        raise ReadingFault(field=name, fault=f"no such column in {type(row).__name__}")
    return expressed(found)


def ordered(order: Any) -> list[Any]:
    return list(order) if isinstance(order, list | tuple) else [order]
