"""Giving a workbook back to whoever sent it, with what is wrong beside each row."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import xlsxwriter

from zhibu.forms import words
from zhibu.forms.brush import Brush
from zhibu.forms.cells import Cell
from zhibu.forms.faults import Fault
from zhibu.forms.reading import Reading, numbered
from zhibu.forms.writing import streamed

Explain = Callable[[Fault], str]

_RED, _YELLOW = "#FFC7CE", "#FFEB9C"
_TEXT_LIMIT = 1000


def returned(
    reading: Reading,
    faults: Iterable[Fault],
    explain: Explain,
    *,
    only_faulty: bool = False,
) -> bytes:
    """The sheet that was read, with a column 错误说明 and its faulty cells coloured.

    Everything above and beside the form is kept as values; fonts and formulas are not. With
    `only_faulty`, just the rows to correct follow the heading, so that they can be sent again.
    `explain` gives the text of a fault in the reader's language.
    """
    by_row: dict[int, list[Fault]] = defaultdict(list)
    for fault in faults:
        by_row[fault.row or reading.heading.row].append(fault)
    output = BytesIO()
    sheet = reading.source
    with streamed(sheet.total_height * sheet.total_width > 100_000) as options:
        book = xlsxwriter.Workbook(output, options)
        copy = _Copy(book, reading, by_row, explain)
        for number, cells in numbered(sheet):
            if number <= reading.heading.row or not only_faulty or number in by_row:
                copy.add(number, cells)
        copy.finish()
        book.close()
    return output.getvalue()


class _Copy:
    def __init__(
        self, book: Any, reading: Reading, by_row: Mapping[int, list[Fault]], explain: Explain
    ) -> None:
        self._sheet = book.add_worksheet(reading.sheet)
        self._brush = Brush(book)
        self._heading = reading.heading
        self._by_row = by_row
        self._explain = explain
        self._place_of = {
            column.title: reading.heading.places[place]
            for place, column in enumerate(reading.columns)
            if place in reading.heading.places
        }
        # A workbook that came back once and is sent again has the column already.
        self._place = reading.heading.explanation
        self._next = 0
        self._widths: dict[int, int] = {}

    def add(self, number: int, cells: Sequence[Cell]) -> None:
        faults = self._by_row.get(number, [])
        colours = self._colours(faults)
        width = len(cells) if self._place is None else self._place
        for place, cell in enumerate(cells):
            if place != width or number < self._heading.row:
                self._put(place, cell, colours.get(place))
        if number == self._heading.row:
            self._sheet.write_string(self._next, width, words.FAULTS_HEADING, self._brush.heading())
            self._sheet.set_column(width, width, 60)
        if faults and number > self._heading.row:
            text = "；".join(dict.fromkeys(map(self._text, faults)))[:_TEXT_LIMIT]
            red = self._brush.format(font_color="#9C0006", text_wrap=True)
            self._sheet.write_string(self._next, width, text, red)
        self._next += 1

    def finish(self) -> None:
        for place, width in self._widths.items():
            self._sheet.set_column(place, place, min(max(width * 1.2, 8), 40))
        self._sheet.freeze_panes(self._heading.row, 0)

    def _text(self, fault: Fault) -> str:
        text = self._explain(fault)
        return f"【{fault.column}】{text}" if fault.column else text

    def _colours(self, faults: Iterable[Fault]) -> dict[int, str]:
        found: dict[int, str] = {}
        for fault in sorted(faults, key=lambda fault: fault.is_error):
            if fault.column in self._place_of:
                found[self._place_of[fault.column]] = _RED if fault.is_error else _YELLOW
        return found

    def _put(self, place: int, cell: Cell, colour: str | None) -> None:
        look: dict[str, Any] = {"bg_color": colour} if colour else {}
        sheet, row = self._sheet, self._next
        if isinstance(cell, str):
            if cell:
                sheet.write_string(row, place, cell, self._brush.format(num_format="@", **look))
            elif colour:
                sheet.write_blank(row, place, None, self._brush.format(**look))
        elif isinstance(cell, bool):
            sheet.write_boolean(row, place, cell, self._brush.format(**look))
        elif isinstance(cell, int | float):
            sheet.write_number(row, place, cell, self._brush.format(num_format="General", **look))
        elif isinstance(cell, datetime | date | time | timedelta):
            form = self._brush.format(num_format=_format_of(cell), **look)
            sheet.write_datetime(row, place, cell, form)
        if cell not in (None, ""):
            self._widths[place] = max(self._widths.get(place, 0), len(str(cell)))


def _format_of(cell: datetime | date | time | timedelta) -> str:
    if isinstance(cell, datetime):
        return "yyyy-mm-dd hh:mm"
    return "yyyy-mm-dd" if isinstance(cell, date) else "[h]:mm"
