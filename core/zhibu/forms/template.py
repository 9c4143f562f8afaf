"""An empty form to download, and its sheet of instructions."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from zhibu.forms import words
from zhibu.forms.brush import Brush, put_headings, put_title, set_up_page, sheet_name
from zhibu.forms.columns import Column

_FIRST, _LAST = 2, 5001  # the rows that offer lists to choose from
_INLINE = 255  # characters of a list that Excel accepts without a range
_CHOICES_SHEET = "选项"


def template(columns: Sequence[Column], title: str) -> bytes:
    """A workbook without rows: required headings marked, notes, lists, and how to fill it in.

    Cells are text except numbers, so that Excel changes neither `2008.10` nor an identity number.
    The example stands on a sheet of its own: nobody imports it by mistake.
    """
    output = BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True})
    brush = Brush(book)
    form = book.add_worksheet(sheet_name(title))
    instructions = book.add_worksheet(words.INSTRUCTIONS_SHEET)
    put_title(form, brush, title, len(columns))
    put_headings(form, brush, columns, mark_required=True)
    choices = _Choices(book)
    for place, column in enumerate(columns):
        numbers = "@" if column.kind.as_text else column.kind.number_format
        if column.kind.number_format.startswith("yyyy"):
            numbers = "@"
        form.set_column(place, place, column.shown_width, brush.format(num_format=numbers))
        if note := _note(column):
            form.write_comment(1, place, note, {"x_scale": 2})
        if column.kind.labels:
            form.data_validation(_FIRST, place, _LAST, place, choices.rule(column))
    set_up_page(form, heading_row=1)
    _explain(instructions, brush, columns)
    book.close()
    return output.getvalue()


class _Choices:
    """Lists too long for a validation rule, kept on a hidden sheet."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._sheet: Any = None
        self._used = 0

    def rule(self, column: Column) -> dict[str, Any]:
        labels = list(column.kind.labels)
        source: Any = labels
        if len(",".join(labels)) > _INLINE or any("," in label for label in labels):
            source = self._range(labels)
        # The reader accepts other spellings, so a value outside the list only gets a warning.
        return {"validate": "list", "source": source, "error_type": "warning"}

    def _range(self, labels: list[str]) -> str:
        if self._sheet is None:
            self._sheet = self._book.add_worksheet(_CHOICES_SHEET)
            self._sheet.hide()
        place = self._used
        self._used += 1
        for row, label in enumerate(labels):
            self._sheet.write_string(row, place, label)
        letter = xlsxwriter.utility.xl_col_to_name(place, col_abs=True)
        return f"='{_CHOICES_SHEET}'!{letter}$1:{letter}${len(labels)}"


def _note(column: Column) -> str:
    return "\n".join(filter(None, (column.kind.guidance, column.note)))


def _explain(sheet: Any, brush: Brush, columns: Sequence[Column]) -> None:
    cell = brush.format(border=1, text_wrap=True, valign="top", num_format="@")
    for place, heading in enumerate(words.INSTRUCTIONS_HEADINGS):
        sheet.write_string(0, place, heading, brush.heading())
    sheet.set_column(0, 1, 14)
    sheet.set_column(2, 5, 34)
    for row, column in enumerate(columns, 1):
        example = column.show(column.example)
        texts = (
            column.title,
            words.REQUIRED if column.required else words.OPTIONAL,
            column.kind.guidance,
            "、".join(column.kind.labels),
            "" if example is None else str(example),
            column.note,
        )
        for place, text in enumerate(texts):
            sheet.write_string(row, place, text, cell)
    sheet.freeze_panes(1, 0)
