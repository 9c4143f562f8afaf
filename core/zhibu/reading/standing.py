"""A select made over a table, made to stand on a part of that table."""

from typing import Any, cast

from sqlalchemy import FromClause, Select, Subquery
from sqlalchemy.sql.elements import ColumnClause
from sqlalchemy.sql.visitors import replacement_traverse


def standing_on(part: Subquery, whole: FromClause, statement: Select[Any]) -> Select[Any]:
    """The statement with `part`, which has all columns of `whole`, in the place of `whole`."""

    def instead(element: Any, **given: Any) -> Any:
        if element is whole:
            return part
        if isinstance(element, ColumnClause) and element.table is whole:
            return part.c[element.key]
        return None

    moved = replacement_traverse(statement, {"stop_on": [part]}, instead)
    return cast(Select[Any], moved)
