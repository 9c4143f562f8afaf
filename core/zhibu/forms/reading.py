"""Opening a workbook somebody filled in and finding the form in it: xlsx, xls or ods."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from zhibu.forms import words
from zhibu.forms.cells import Cell, cleaned, is_blank
from zhibu.forms.columns import Column, heading_key
from zhibu.forms.compound import is_encrypted, measure_compound
from zhibu.forms.errors import (
    FormEmpty,
    FormFileBroken,
    FormFileEncrypted,
    FormFileTooLarge,
    FormFileUnknown,
    FormSheetMissing,
)
from zhibu.forms.faults import Fault, Severity
from zhibu.forms.heading import HEADING_ROWS, Heading, find_heading
from zhibu.forms.limits import LIMITS, Limits, measure_archive, within

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it stands in the file: the cells of the form's columns, in their order."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Reading:
    """A form found in a workbook. Lines are read when asked for, and may be read again."""

    columns: tuple[Column, ...]
    sheet: str
    heading: Heading
    source: CalamineSheet

    @property
    def present(self) -> frozenset[str]:
        """The keys of the columns that the file has."""
        return frozenset(self.columns[place].key for place in self.heading.places)

    @property
    def warnings(self) -> list[Fault]:
        """Headings that mean no column of this form: their cells are not read."""
        row = self.heading.row
        return [
            Fault(row, title, "core.form_heading_unknown", {}, Severity.WARNING)
            for title in self.heading.unknown
        ]

    def lines(self, skipped: list[Fault] | None = None) -> Iterator[Line]:
        """Every filled row below the heading; what was passed over is added to `skipped`."""
        places = [self.heading.places.get(place) for place in range(len(self.columns))]
        for number, cells in numbered(self.source, start=self.heading.row + 1):
            if all(map(is_blank, cells)):
                continue
            found = tuple(None if place is None else cells[place] for place in places)
            if reason := self._passed_over(cells, found):
                if skipped is not None:
                    skipped.append(Fault(number, None, reason, {}, Severity.WARNING))
                continue
            yield Line(number, found)

    def _passed_over(self, cells: Sequence[Cell], found: tuple[Cell, ...]) -> str | None:
        """Totals, signatures and repeated headings: only where the row could not be a record."""
        first = next(cell for cell in cells if not is_blank(cell))
        if not isinstance(first, str):
            return None
        required = [cell for cell, c in zip(found, self.columns, strict=True) if c.required]
        if required and not any(map(is_blank, required)):
            return "core.form_row_heading" if self._repeats_heading(found) else None
        text = cleaned(first).replace(" ", "")
        if words.TOTALS.fullmatch(text):
            return "core.form_row_total"
        return "core.form_row_signature" if words.SIGNATURES.match(text) else None

    def _repeats_heading(self, found: tuple[Cell, ...]) -> bool:
        titles = self.heading.titles
        return all(
            isinstance(cell, str) and heading_key(cell) == titles[place]
            for place, cell in enumerate(found)
            if place in titles
        )


def read(
    source: bytes | Path,
    columns: Sequence[Column],
    *,
    sheet: str | None = None,
    limits: Limits = LIMITS,
) -> Reading:
    """Find the form of `columns` in a workbook, on its named or its first fitting visible sheet.

    Raises an error of `zhibu.forms.errors`. Nothing is written to disk.
    """
    with opened(source, limits) as workbook:
        best: tuple[str, CalamineSheet, Heading] | None = None
        for name in _visible(workbook, sheet):
            loaded = loaded_sheet(workbook, name, limits)
            top = [cells for _, cells in islice(numbered(loaded), HEADING_ROWS)]
            heading = find_heading(top, columns)
            if heading and (best is None or len(heading.places) > len(best[2].places)):
                best = name, loaded, heading
            if heading and not heading.missing(columns):
                break
    if best is None:
        raise FormEmpty(columns="、".join(c.title for c in columns if c.required))
    name, loaded, heading = best
    heading.refuse(columns, name)
    return Reading(tuple(columns), name, heading, loaded)


@contextmanager
def opened(source: bytes | Path, limits: Limits = LIMITS) -> Iterator[CalamineWorkbook]:
    """The workbook, after its kind and size were checked by its content, not by its name."""
    content = _content(source, limits)
    try:
        if content.startswith(_ZIP):
            measure_archive(content, limits)
        elif content.startswith(_COMPOUND):
            if is_encrypted(content):
                raise FormFileEncrypted()
            measure_compound(content, limits)
        else:
            raise FormFileUnknown()
        with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
            yield workbook
    except PasswordError as error:
        raise FormFileEncrypted() from error
    except CalamineError as error:
        raise FormFileBroken() from error


def loaded_sheet(workbook: CalamineWorkbook, name: str, limits: Limits) -> CalamineSheet:
    """A sheet whose rectangle is within the limits; it stays readable when the book is closed."""
    sheet = workbook.get_sheet_by_name(name)
    within(sheet.total_height, sheet.total_width, limits)
    return sheet


def numbered(sheet: CalamineSheet, start: int = 1) -> Iterator[tuple[int, list[Cell]]]:
    """Rows with the numbers Excel shows, from `start`; their cells begin at the first column."""
    if sheet.start is None:
        return
    margin: list[Cell] = [None] * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number >= start:
            yield number, [*margin, *cells]


def _content(source: bytes | Path, limits: Limits) -> bytes:
    if isinstance(source, Path):
        size = source.stat().st_size
        content = source.read_bytes() if size <= limits.file else b""
    else:
        size, content = len(source), source
    if size > limits.file:
        raise FormFileTooLarge(what="bytes", limit=limits.file)
    return content


def _visible(workbook: CalamineWorkbook, wanted: str | None) -> list[str]:
    names = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    if wanted is None:
        return names
    if wanted not in names:
        raise FormSheetMissing(sheet=wanted, sheets="、".join(names))
    return [wanted]
