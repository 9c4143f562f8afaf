"""How our workbooks look: fonts, borders, page set-up, and who took the data out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zhibu.forms import words
from zhibu.forms.columns import Column
from zhibu.forms.kinds.kind import Shown

_A4 = 9
_FONT = "宋体"
# A text that a program might run when it is typed again, or opened as comma-separated values.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Who took the data out, when and what for: printed at the foot of every page."""

    account: str
    at: datetime
    purpose: str

    def __str__(self) -> str:
        return f"{self.account} · {self.at:%Y-%m-%d %H:%M} · {self.purpose}"


class Brush:
    """Cell formats of one workbook, made once each."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **properties: Any) -> Any:
        slot = tuple(properties.items())
        if slot not in self._made:
            self._made[slot] = self._book.add_format({"font_name": _FONT, **properties})
        return self._made[slot]

    def heading(self, **properties: Any) -> Any:
        return self.format(
            **{"bold": True, "border": 1, "align": "center", "valign": "vcenter"},
            **{"bg_color": "#EDEDED", "text_wrap": True, **properties},
        )

    def put(
        self, sheet: Any, row: int, place: int, column: Column, shown: Shown, **properties: Any
    ) -> None:
        """Write what a kind shows: texts as texts, whatever they begin with."""
        properties = {"border": 1, "valign": "vcenter", **properties}
        if shown is None or shown == "":
            sheet.write_blank(row, place, None, self.format(**properties))
        elif isinstance(shown, str):
            if shown.startswith(_FORMULA):
                properties["quote_prefix"] = True
            numbers = "@" if column.kind.as_text else "General"
            sheet.write_string(row, place, shown, self.format(num_format=numbers, **properties))
        elif isinstance(shown, date):
            numbers = column.kind.number_format
            sheet.write_datetime(row, place, shown, self.format(num_format=numbers, **properties))
        else:
            self._put_number(sheet, row, place, column, shown, properties)

    def _put_number(
        self,
        sheet: Any,
        row: int,
        place: int,
        column: Column,
        shown: int | float | Decimal,
        properties: dict[str, Any],
    ) -> None:
        numbers = column.kind.number_format
        sheet.write_number(row, place, shown, self.format(num_format=numbers, **properties))


def sheet_name(title: str) -> str:
    """A title without what Excel forbids in the name of a sheet, at most 31 characters."""
    kept = "".join(character for character in title if character not in r"[]:*?/\\'")
    return kept[:31] or "Sheet1"


def marked(mark: Mark, columns: Sequence[Column]) -> str:
    """What stands at the foot of every page: the label of what is on it, and who took it out."""
    return f"{words.LABELS[max(column.kind.tells for column in columns)]} · {mark}"


def set_up_page(sheet: Any, *, heading_row: int, foot: str = "", upright: bool = False) -> None:
    """A4, one page wide, by default landscape; headings on every page and in sight."""
    sheet.set_paper(_A4)
    if not upright:
        sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, heading_row)
    sheet.freeze_panes(heading_row + 1, 0)
    # An ampersand begins a code in page footers.
    text = foot.replace("&", "&&")[:180]
    sheet.set_footer(f"&L{text}&R{words.PAGE}")


def put_title(sheet: Any, brush: Brush, title: str, width: int) -> None:
    """The title over all columns, in the first row."""
    big = brush.format(bold=True, font_size=16, align="center", valign="vcenter")
    if width > 1:
        sheet.merge_range(0, 0, 0, width - 1, title, big)
    else:
        sheet.write_string(0, 0, title, big)
    sheet.set_row(0, 32)


def put_headings(
    sheet: Any,
    brush: Brush,
    columns: Sequence[Column],
    *,
    row: int = 1,
    mark_required: bool = False,
) -> None:
    """The headings, by default in the second row, and the width of their columns."""
    for place, column in enumerate(columns):
        required = mark_required and column.required
        sheet.set_column(place, place, column.shown_width)
        sheet.write_string(
            row,
            place,
            f"{column.title}*" if required else column.title,
            brush.heading(font_color="#C00000" if required else "#000000"),
        )
