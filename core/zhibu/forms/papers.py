"""Workbooks that are forms: a worksheet for each unit, with lines to sign and a place to seal."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from xlsxwriter.utility import xl_range

from zhibu.forms import words
from zhibu.forms.brush import Brush, Mark, marked, put_headings, put_title, set_up_page, sheet_name
from zhibu.forms.columns import Column
from zhibu.forms.layouts import Paper
from zhibu.forms.rows import Record

HEADINGS = 2  # the row they stand in, below title and unit


def put_papers(
    book: Any,
    rows: Iterable[Record],
    columns: Sequence[Column],
    title: str,
    paper: Paper,
    *,
    mark: Mark | None = None,
) -> None:
    """A worksheet for each run of rows with the same unit; one without rows where there is none."""
    brush, foot = Brush(book), marked(mark, columns) if mark else ""
    shown = [column for column in columns if column.key not in paper.by]
    count = 0
    for key, run in groupby(rows, key=lambda row: tuple(row[name] for name in paper.by)):
        count += 1
        values = dict(zip(paper.by, key, strict=True))
        sheet = book.add_worksheet(sheet_name(f"{count} {key[0]}"))
        _put(sheet, brush, shown, title, paper, values, list(run))
        set_up_page(sheet, heading_row=HEADINGS, foot=foot, upright=True)
    if not count:
        sheet = book.add_worksheet(sheet_name(title))
        _put(sheet, brush, shown, title, paper, {}, [])
        set_up_page(sheet, heading_row=HEADINGS, foot=foot, upright=True)


def _put(
    sheet: Any,
    brush: Brush,
    columns: Sequence[Column],
    title: str,
    paper: Paper,
    values: Mapping[str, Any],
    rows: Sequence[Record],
) -> None:
    put_title(sheet, brush, title, len(columns))
    above = "　　".join(f"{values[name]}{paper.after.get(name, '')}" for name in values)
    sheet.write_string(1, 0, f"{words.UNIT}{above}", brush.format())
    put_headings(sheet, brush, columns, row=HEADINGS)
    at = HEADINGS
    for at, row in enumerate(rows, HEADINGS + 1):
        for place, column in enumerate(columns):
            brush.put(sheet, at, place, column, column.show(row[column.key]))
    if paper.totals and rows:
        at += 1
        _put_totals(sheet, brush, columns, paper, rows, at)
    half = max(1, len(columns) // 2)
    for number, signer in enumerate(paper.signers):
        line = at + 2 + number // 2
        sheet.write_string(line, half * (number % 2), f"{signer}{words.SIGNED}", brush.format())
    sealed = at + 4 + (len(paper.signers) - 1) // 2
    sheet.write_string(
        sealed, half, f"{next(iter(values.values()), '')}{words.SEALED}", brush.format()
    )
    sheet.write_string(sealed + 1, half, words.DATED, brush.format())


def _put_totals(
    sheet: Any,
    brush: Brush,
    columns: Sequence[Column],
    paper: Paper,
    rows: Sequence[Record],
    at: int,
) -> None:
    """What each column adds up to: the formula, and its value for whoever does not compute."""
    first = next(place for place, column in enumerate(columns) if column.key in paper.totals)
    for place, column in enumerate(columns):
        look = {"border": 1, "bold": True}
        if column.key in paper.totals:
            total = sum(row[column.key] or 0 for row in rows)
            sheet.write_formula(
                at,
                place,
                f"=SUM({xl_range(HEADINGS + 1, place, at - 1, place)})",
                brush.format(num_format=column.kind.number_format, **look),
                float(total),
            )
        elif place == max(0, first - 1):
            sheet.write_string(at, place, words.TOTAL.format(len(rows)), brush.format(**look))
        else:
            sheet.write_blank(at, place, None, brush.format(**look))
