"""One level of a result: the columns a SELECT returns, and how generated code refers to them."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Dialect,
    FromClause,
    Select,
    Text,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.schema import Column
from sqlalchemy.types import JSON, LargeBinary, Numeric, Uuid

from zhibu.storage.tables import Exact

_DASH: ColumnElement[str] = literal_column("'-'")
_EMPTY: ColumnElement[str] = literal_column("''")


class Level:
    """A row of the driver (`r`), or an array within a JSON value (`x1`) with its own tables.

    Inside JSON, and for ids everywhere, values are selected in a form that is the same on every
    driver; `place` answers the code of the value in that form.
    """

    def __init__(self, row: str, dialect: Dialect, *, json: bool = False) -> None:
        self.row = row
        self.json = json
        self.postgres = dialect.name == "postgresql"
        self.joins: list[tuple[FromClause, ColumnElement[bool], bool]] = []
        self.columns: list[ColumnElement[Any]] = []
        self._places: dict[int, tuple[int, ColumnElement[Any]]] = {}

    def place(self, wanted: ColumnElement[Any]) -> str:
        """Select an expression, once for equal columns, and answer how code refers to it."""
        found = self._places.get(id(wanted))
        if found is None:
            found = self._places[id(wanted)] = (len(self.columns), wanted)
            self.columns.append(self._carried(wanted))
        return f"{self.row}[{found[0]}]"

    def place_json(self, array: ColumnElement[Any]) -> str:
        """Select a JSON array; the code answers the list it holds."""
        if self.json:
            self.columns.append(array if self.postgres else func.json(array))
            return f"{self.row}[{len(self.columns) - 1}]"
        self.columns.append(cast(array, Text) if self.postgres else array)
        return f"loads({self.row}[{len(self.columns) - 1}])"

    def holds_only(self, row: FromClause) -> bool:
        """Whether the level is nothing but columns of one table."""
        bare = (
            isinstance(found, Column) and found.table is row for _, found in self._places.values()
        )
        return not self.joins and len(self._places) == len(self.columns) and all(bare)

    def joined(self, statement: Select[Any]) -> Select[Any]:
        for target, on, outer in self.joins:
            statement = statement.join(target, on, isouter=outer)
        return statement

    def labelled(self) -> list[ColumnElement[Any]]:
        """The columns as a SELECT returns them; it may be that only its row matters."""
        columns = self.columns or [literal_column("1")]
        return [column.label(f"c{number}") for number, column in enumerate(columns)]

    def array(self) -> ColumnElement[Any]:
        """All columns as one JSON array."""
        build = func.json_build_array if self.postgres else func.json_array
        return build(*self.columns)

    def aggregated(self, rows: Select[Any]) -> ColumnElement[Any]:
        """The arrays `j` of a correlated, ordered and limited select, as one JSON array."""
        inner = rows.subquery()
        if self.postgres:
            found = func.json_agg(inner.c.j)
            collected: ColumnElement[Any] = func.coalesce(found, func.json_build_array())
        else:
            collected = func.json_group_array(func.json(inner.c.j))
        return select(collected).select_from(inner).scalar_subquery()

    def _carried(self, wanted: ColumnElement[Any]) -> ColumnElement[Any]:
        kind = wanted.type
        if isinstance(kind, Uuid):
            return func.replace(cast(wanted, Text), _DASH, _EMPTY) if self.postgres else wanted
        if isinstance(kind, JSON):
            if self.json:
                return wanted if self.postgres else func.json(wanted)
            return cast(wanted, Text) if self.postgres else wanted
        if isinstance(kind, LargeBinary) and self.json:
            return func.encode(wanted, "hex") if self.postgres else func.hex(wanted)
        if isinstance(kind, Numeric) and not isinstance(kind, Exact) and kind.asdecimal:
            return cast(wanted, Text) if self.json or not self.postgres else wanted
        return wanted
