"""Rows whose cells were read, and what writing them did."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from zhibu.forms.columns import Column
from zhibu.forms.faults import Fault, Severity


class Record(Protocol):
    """Anything that answers by column key: a `Row`, a mapping, a row of a database result."""

    def __getitem__(self, key: str, /) -> Any: ...


class Layout:
    """The columns of a file and which of them it has; shared by all its rows."""

    __slots__ = ("columns", "places", "present")

    def __init__(self, columns: Sequence[Column], present: frozenset[str]) -> None:
        self.columns = tuple(columns)
        self.places = {column.key: place for place, column in enumerate(columns)}
        self.present = present


class Row:
    """A row of values by column key. `number` is the row number Excel shows.

    `row["phone"]` is None both for an empty cell and for a column the file does not have;
    `"phone" in row` tells them apart, so that a missing column never erases what is recorded.
    `unread` are the columns whose cells could not be read: they are None as well. What is `faulty`
    by itself will not be written, so no other row is judged by it.
    """

    __slots__ = ("_layout", "faulty", "number", "unread", "values")

    def __init__(
        self,
        number: int,
        values: tuple[Any, ...],
        layout: Layout,
        unread: frozenset[str] = frozenset(),
    ) -> None:
        self.number = number
        self.values = values
        self.unread = unread
        self.faulty = bool(unread)
        self._layout = layout

    def __getitem__(self, key: str) -> Any:
        return self.values[self._layout.places[key]]

    def __contains__(self, key: object) -> bool:
        return key in self._layout.present

    def __iter__(self) -> Iterator[str]:
        """The keys of the columns that the file has, in the form's order."""
        return (column.key for column in self._layout.columns if column.key in self)

    def __repr__(self) -> str:
        return f"Row({self.number})"

    def tells(self, *keys: str) -> bool:
        """Whether the cells of all these columns could be read, empty ones too."""
        return self.unread.isdisjoint(keys)

    def as_dict(self) -> Mapping[str, Any]:
        """Values of the columns that the file has."""
        return {key: self[key] for key in self}

    def fault(
        self, code: str, key: str | None = None, *, warning: bool = False, **facts: Any
    ) -> Fault:
        """A fault of this row, at the column `key` or at the row as a whole."""
        column = self._layout.columns[self._layout.places[key]].title if key else None
        severity = Severity.WARNING if warning else Severity.ERROR
        return Fault(self.number, column, code, facts, severity)


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows made something new, changed something, or said what was known already."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
