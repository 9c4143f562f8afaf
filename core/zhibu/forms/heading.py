"""Finding the heading row of a form below its titles, whatever was merged above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhibu.forms import words
from zhibu.forms.cells import Cell, cleaned, is_blank
from zhibu.forms.columns import Column, Headings, heading_key
from zhibu.forms.errors import FormHeadingsMissing, FormHeadingsRepeated

HEADING_ROWS = 20


@dataclass(frozen=True)
class Heading:
    """Where the heading stands and which cell of a row belongs to which column.

    `places` maps the place of a column in the form to the place of its cell in a row; `titles`
    holds the found headings by place, normalised. `explanation` is the place of the
    cells of 错误说明 in a workbook that was given back once. `row` is the number Excel shows.
    """

    row: int
    places: Mapping[int, int]
    titles: Mapping[int, str]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]
    explanation: int | None = None

    def missing(self, columns: Sequence[Column]) -> list[str]:
        """Titles of the required columns without a heading."""
        return [
            column.title
            for place, column in enumerate(columns)
            if column.required and place not in self.places
        ]

    def refuse(self, columns: Sequence[Column], sheet: str) -> None:
        """Raise when a column is required but absent, or stands there twice."""
        if self.repeated:
            raise FormHeadingsRepeated(columns="、".join(self.repeated), sheet=sheet, row=self.row)
        if missing := self.missing(columns):
            raise FormHeadingsMissing(columns="、".join(missing), sheet=sheet, row=self.row)


def find_heading(rows: Sequence[Sequence[Cell]], columns: Sequence[Column]) -> Heading | None:
    """The row among the first ones that names most columns; None when none names any.

    A heading cell merged over two rows stands in the upper one, so a blank cell takes the text
    above it. Of equal rows the first wins: an empty row below the heading looks the same.
    """
    headings = Headings(columns)
    best: Heading | None = None
    above: Sequence[Cell] = ()
    for number, row in enumerate(rows, 1):
        merged = [
            above[place] if is_blank(cell) and place < len(above) else cell
            for place, cell in enumerate(row)
        ]
        found = _heading(number, merged, headings, columns)
        if found.places and (best is None or len(found.places) > len(best.places)):
            best = found
        above = row
    return best


def _heading(
    number: int, cells: Sequence[Cell], headings: Headings, columns: Sequence[Column]
) -> Heading:
    places: dict[int, int] = {}
    titles: dict[int, str] = {}
    unknown: list[str] = []
    repeated: list[str] = []
    explanation: int | None = None
    for cell_place, cell in enumerate(cells):
        if not isinstance(cell, str) or is_blank(cell):
            continue
        place = headings.column(cell)
        if place is None and heading_key(cell) == words.FAULTS_HEADING:
            explanation = cell_place
        elif place is None:
            unknown.append(cleaned(cell))
        elif place in places:
            repeated.append(columns[place].title)
        else:
            places[place], titles[place] = cell_place, heading_key(cell)
    return Heading(number, places, titles, tuple(unknown), tuple(repeated), explanation)
