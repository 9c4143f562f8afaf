"""The first pass over a form: every cell, every row, then the records already kept."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from zhibu.forms.cells import Doubtful, Unreadable
from zhibu.forms.columns import Column
from zhibu.forms.faults import Fault, Severity
from zhibu.forms.reading import Line, Reading
from zhibu.forms.rows import Layout, Row

_REMEMBERED = 2000  # texts of one column
RowCheck = Callable[[Row], Iterable[Fault]]
BatchCheck = Callable[[Sequence[Row]], Awaitable[Iterable[Fault]]]


class Mode(StrEnum):
    """What is written when some rows are faulty: nothing, or the others."""

    ALL_OR_NOTHING = "all_or_nothing"
    GOOD_ROWS = "good_rows"


@dataclass(frozen=True)
class Checked:
    """What the first pass found. `rows` counts the filled rows, `good` holds those without error,
    `bad` the others.

    `faults` are ordered by row, then by column as in the form; those of the file come first.
    """

    rows: int
    good: list[Row]
    faults: list[Fault]
    bad: list[Row] = field(default_factory=list)

    @property
    def errors(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.is_error]

    @property
    def warnings(self) -> list[Fault]:
        return [fault for fault in self.faults if not fault.is_error]

    @property
    def bad_rows(self) -> int:
        return self.rows - len(self.good)

    def to_write(self, mode: Mode) -> list[Row]:
        """The rows that the second pass may write."""
        if mode is Mode.ALL_OR_NOTHING and any(fault.is_error for fault in self.faults):
            return []
        return self.good


async def check(
    reading: Reading,
    *,
    on: date,
    key: Sequence[str] = (),
    row_check: RowCheck | None = None,
    batch_check: BatchCheck | None = None,
) -> Checked:
    """Read and judge every row; nothing is written and no fault is left out.

    `on` is today in the tenant's zone. `key` names the columns that together may stand only once
    in the file. `row_check` sees rows whose cells are all readable, `batch_check` is called once
    with every row that is good so far, to compare them with what is recorded.
    """
    checked = check_rows(reading, on=on, key=key, row_check=row_check)
    if batch_check is not None and checked.good:
        checked = compared(checked, await batch_check(checked.good), reading.columns)
    return checked


def check_rows(
    reading: Reading,
    *,
    on: date,
    key: Sequence[str] = (),
    row_check: RowCheck | None = None,
    partial: bool = False,
) -> Checked:
    """What the file says by itself, without the records: seconds for 100,000 rows.

    With `partial`, `row_check` sees rows with unreadable cells too.
    """
    gatherer = _Gatherer(reading, on, tuple(key), row_check, partial)
    skipped: list[Fault] = []
    for line in reading.lines(skipped):
        gatherer.take(line)
    if not gatherer.rows:
        nothing = "core.form_rows_missing"
        skipped.append(Fault(reading.heading.row, None, nothing, {}, Severity.WARNING))
    faults = _ordered([*reading.warnings, *skipped, *gatherer.faults], reading.columns)
    return Checked(gatherer.rows, gatherer.good, faults, gatherer.bad)


def compared(checked: Checked, found: Iterable[Fault], columns: Sequence[Column]) -> Checked:
    """The same with what comparing the rows with the records found."""
    found = list(found)
    refused = {fault.row for fault in found if fault.is_error}
    good = [row for row in checked.good if row.number not in refused]
    bad = sorted(
        [*checked.bad, *(row for row in checked.good if row.number in refused)],
        key=lambda row: row.number,
    )
    return Checked(checked.rows, good, _ordered([*checked.faults, *found], columns), bad)


def _ordered(faults: Iterable[Fault], columns: Sequence[Column]) -> list[Fault]:
    places = {column.title: place for place, column in enumerate(columns)}
    return sorted(faults, key=lambda fault: (fault.row or 0, places.get(fault.column or "", -1)))


class _Gatherer:
    def __init__(
        self,
        reading: Reading,
        on: date,
        key: tuple[str, ...],
        row_check: RowCheck | None,
        partial: bool,
    ) -> None:
        self._columns = reading.columns
        self._layout = Layout(reading.columns, reading.present)
        self._on = on
        self._key = key if all(part in reading.present for part in key) else ()
        self._row_check = row_check
        self._partial = partial
        self._seen: dict[Any, int] = {}
        self._read: list[dict[Any, Any]] = [{} for _ in self._columns]
        self.rows = 0
        self.good: list[Row] = []
        self.bad: list[Row] = []
        self.faults: list[Fault] = []

    def take(self, line: Line) -> None:
        self.rows += 1
        before = len(self.faults)
        unread: set[str] = set()
        values = tuple(self._values(line, unread))
        row = Row(line.number, values, self._layout, frozenset(unread))
        self._look_for_twin(row)
        if self._row_check is not None and (self._partial or not unread):
            self.faults.extend(self._row_check(row))
        faulty = any(fault.is_error for fault in self.faults[before:])
        row.faulty = faulty
        (self.bad if faulty else self.good).append(row)

    def _values(self, line: Line, unread: set[str]) -> Iterable[Any]:
        """Repeated texts and dates are read once, and all rows share one value of them."""
        for column, raw, read in zip(self._columns, line.cells, self._read, strict=True):
            # Numbers are left out: 1, 1.0 and True would be the same key.
            remember = isinstance(raw, str | date)
            if remember and raw in read:
                yield read[raw]
                continue
            try:
                value = column.read(raw, self._on)
            except Unreadable as error:
                self._add(line, column.title, error, Severity.ERROR)
                unread.add(column.key)
                value = None
            if isinstance(value, Doubtful):
                self._add(line, column.title, value, Severity.WARNING)
                value = value.value
                remember = False
            if remember and value is not None and len(read) < _REMEMBERED:
                read[raw] = value
            yield value

    def _add(
        self, line: Line, title: str, found: Unreadable | Doubtful, severity: Severity
    ) -> None:
        self.faults.append(Fault(line.number, title, found.code, found.facts, severity))

    def _look_for_twin(self, row: Row) -> None:
        if not self._key:
            return
        values = tuple(row[part] for part in self._key)
        if any(value is None for value in values):
            return
        first = self._seen.setdefault(values if len(values) > 1 else values[0], row.number)
        if first != row.number:
            self.faults.append(row.fault("core.form_row_repeated", self._key[0], first=first))
