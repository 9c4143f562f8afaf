"""Workbooks as an office keeps them: a merged title, a note, the headings, and hand-made dates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

Cell = str | int | float | date | None
SPELLINGS = ("{0:%Y-%m-%d}", "{0:%Y.%m.%d}", "{0:%Y%m%d}", "{0.year}年{0.month}月{0.day}日")


@dataclass(frozen=True)
class Sheet:
    """One workbook of one sheet. `spelling` is how its keeper mostly writes a date.

    The spelling is an index into `SPELLINGS`, or -1 for real Excel dates. `footer` rows follow the
    data, their cells in the first columns.
    """

    file: str
    title: str
    note: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Iterable[Sequence[Cell]]
    spelling: int = -1
    footer: tuple[tuple[str, ...], ...] = ()


def write(folder: Path, sheet: Sheet, anchor: date) -> None:
    """Write the workbook; the same sheet gives the same bytes."""
    rng = Random(f"dates:{folder.name}:{sheet.file}")
    book = xlsxwriter.Workbook(str(folder / sheet.file))
    book.set_properties(
        {
            "title": sheet.title,
            "author": "党务办公室",
            "created": datetime(anchor.year, anchor.month, anchor.day, 9),
        }
    )
    page = book.add_worksheet("Sheet1")
    style = Style(book)
    last = len(sheet.headings) - 1
    page.merge_range(0, 0, 0, last, sheet.title, style.title)
    page.set_row(0, 30)
    page.merge_range(1, 0, 1, last, sheet.note, style.note)
    page.write_row(2, 0, sheet.headings, style.heading)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.freeze_panes(3, 0)
    number = 2
    for number, row in enumerate(sheet.rows, 3):
        for column, cell in enumerate(row):
            _cell(page, style, rng, sheet.spelling, number, column, cell)
    for offset, footer in enumerate(sheet.footer, number + 1):
        page.write_row(offset, 0, footer)
    book.close()


class Style:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        border = {"border": 1, "font_name": "宋体", "font_size": 10}
        self.title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        self.note = book.add_format({"font_size": 10, "align": "left"})
        self.heading = book.add_format({**border, "bold": True, "align": "center"})
        self.text = book.add_format({**border, "num_format": "@"})
        self.number = book.add_format(border)
        self.date = book.add_format({**border, "num_format": "yyyy-mm-dd"})


def _cell(
    page: Any, style: Style, rng: Random, spelling: int, row: int, column: int, cell: Cell
) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        # One date in eight was typed by somebody else, in their own way.
        way = rng.randrange(-1, len(SPELLINGS)) if rng.random() < 0.125 else spelling
        if way < 0:
            page.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), style.date)
        else:
            page.write_string(row, column, SPELLINGS[way].format(cell), style.text)
    elif isinstance(cell, str):
        page.write_string(row, column, cell, style.text)
    else:
        page.write_number(row, column, cell, style.number)
