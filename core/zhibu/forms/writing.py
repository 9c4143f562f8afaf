"""Writing workbooks: exports with the columns as shown."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

from zhibu.forms.brush import Brush, Mark, marked, put_headings, put_title, set_up_page, sheet_name
from zhibu.forms.columns import Column
from zhibu.forms.layouts import Paper
from zhibu.forms.papers import put_papers
from zhibu.forms.rows import Record

_IN_MEMORY_ROWS = 5000


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list with a worksheet of its own, and a line below it, to be signed."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Record]
    below: str


def write(
    rows: Iterable[Record],
    columns: Sequence[Column],
    title: str,
    *,
    mark: Mark | None = None,
    paper: Paper | None = None,
) -> bytes:
    """A workbook of `rows`, ready to print and to be imported again, or as `paper` to be signed.

    Up to 5,000 rows never touch a disk. More are streamed through a private folder, in memory
    where the system offers one (`/dev/shm`), that is removed before this returns.
    """
    waiting = iter(rows)
    head = list(islice(waiting, _IN_MEMORY_ROWS + 1))
    output = BytesIO()
    with streamed(len(head) > _IN_MEMORY_ROWS, constant=paper is None) as options:
        book = xlsxwriter.Workbook(output, options)
        try:
            if paper is None:
                _put_list(book, chain(head, waiting), columns, title, mark)
            else:
                put_papers(book, chain(head, waiting), columns, title, paper, mark=mark)
        finally:
            book.close()
    return output.getvalue()


def write_listings(listings: Iterable[Listing], *, mark: Mark, at: datetime) -> bytes:
    """Short lists in one workbook, which is as old as `at`: the same lists make the same bytes."""
    output = BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True})
    book.set_properties({"created": at.astimezone(UTC)})
    for each in listings:
        sheet, last = _put_list(book, each.rows, each.columns, each.title, mark)
        sheet.write_string(last + 2, 0, each.below)
    book.close()
    return output.getvalue()


def _put_list(
    book: Any, rows: Iterable[Record], columns: Sequence[Column], title: str, mark: Mark | None
) -> tuple[Any, int]:
    """The worksheet, and the number of its last row."""
    sheet = book.add_worksheet(sheet_name(title))
    brush = Brush(book)
    put_title(sheet, brush, title, len(columns))
    put_headings(sheet, brush, columns)
    last = 1
    for last, row in enumerate(rows, 2):
        for place, column in enumerate(columns):
            brush.put(sheet, last, place, column, column.show(row[column.key]))
    sheet.autofilter(1, 0, last, len(columns) - 1)
    set_up_page(sheet, heading_row=1, foot=marked(mark, columns) if mark else "")
    return sheet, last


@contextmanager
def streamed(large: bool, *, constant: bool = True) -> Iterator[dict[str, Any]]:
    """Options of a workbook: small ones stay in memory, large ones go through a private folder.

    With `constant` memory each worksheet holds a file open to the end.
    """
    if not large:
        yield {"in_memory": True}
        return
    memory = Path("/dev/shm")  # noqa: S108  # nosec B108  # the folder made in it is private
    place = memory if memory.is_dir() else None
    with TemporaryDirectory(prefix=f"zhibu-{os.getpid()}-", dir=place) as folder:
        yield {"constant_memory": constant, "tmpdir": folder}
