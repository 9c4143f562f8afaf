"""How much of a workbook is read, and measuring it before a reader allocates memory for it.

The reader lays a sheet out as a full rectangle: a file of 5 kB with one cell in the last corner
asks for 500 GB, and the process is aborted. So the corners are looked up first, in a stream.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat

from zhibu.forms.errors import FormFileBroken, FormFileEncrypted, FormFileTooLarge, FormFileUnknown

_CHUNK = 1 << 18
_MANIFEST, _ENCRYPTION = "META-INF/manifest.xml", b"encryption-data"
_SHEETS_OF_XLSX = "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bytes of the file, bytes unpacked, files within it, and the cells of one sheet."""

    file: int = 32 * 2**20
    unpacked: int = 400 * 2**20
    parts: int = 5_000
    rows: int = 200_000
    columns: int = 200
    cells: int = 8_000_000


LIMITS = Limits()


def measure_archive(content: bytes, limits: Limits) -> None:
    """Raise `FormFileTooLarge` or `FormFileBroken` before an xlsx or ods file is opened."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _measure_unpacked(archive, limits)
            if _SHEETS_OF_XLSX in archive.namelist():
                _measure_xlsx(archive, limits)
            elif "content.xml" in archive.namelist():
                if _MANIFEST in archive.namelist() and _ENCRYPTION in archive.read(_MANIFEST):
                    raise FormFileEncrypted()
                _scan(archive, archive.getinfo("content.xml"), _OdsCorner(limits).start)
            else:
                raise FormFileUnknown()
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, ValueError) as error:
        raise FormFileBroken() from error
    except (NotImplementedError, RuntimeError) as error:  # a method or cipher unknown to zipfile
        raise FormFileBroken() from error


def _measure_xlsx(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Any part may serve as a sheet, so every part that the workbook can name is measured."""

    def name_sheet(name: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if name.rpartition(":")[2] == "Relationship" and not target.lower().endswith(".xml"):
            raise FormFileUnknown()  # macros, binary sheets

    for entry in archive.infolist():
        if entry.filename == _SHEETS_OF_XLSX:
            _scan(archive, entry, name_sheet)
        elif entry.filename.lower().endswith(".xml"):
            _scan(archive, entry, _XlsxCorner(limits).start)


def within(rows: int, columns: int, limits: Limits) -> None:
    """Raise `FormFileTooLarge` when the rectangle of a sheet exceeds a limit."""
    if rows > limits.rows:
        raise FormFileTooLarge(what="rows", limit=limits.rows)
    if columns > limits.columns:
        raise FormFileTooLarge(what="columns", limit=limits.columns)
    if rows * columns > limits.cells:
        raise FormFileTooLarge(what="cells", limit=limits.cells)


def _measure_unpacked(archive: zipfile.ZipFile, limits: Limits) -> None:
    """The directory's sizes may lie, but `zipfile` stops each entry at the size stated there."""
    if len(archive.infolist()) > limits.parts:  # each is opened, however small
        raise FormFileTooLarge(what="parts", limit=limits.parts)
    if sum(entry.file_size for entry in archive.infolist()) > limits.unpacked:
        raise FormFileTooLarge(what="unpacked", limit=limits.unpacked)
    for entry in archive.infolist():
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue
        if sum(map(len, _chunks(archive, entry))) != entry.file_size:
            raise FormFileBroken()


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _scan(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, start: Callable[[str, dict[str, str]], None]
) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    for chunk in _chunks(archive, entry):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse_doctype(*_: object) -> None:
    raise FormFileBroken()  # no program writes one; it is there to define entities


class _XlsxCorner:
    """The last row and column that hold a value in a sheet of an xlsx file."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._row = self._column = 0
        self._last_row = self._last_column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            if place := attributes.get("r"):
                self._row, self._column = _place(place)
            else:
                self._column += 1
        elif name == "row":
            self._row = int(attributes.get("r") or self._row + 1)
            self._column = 0
        elif name in ("v", "is", "f") and (
            self._row > self._last_row or self._column > self._last_column
        ):
            self._last_row = max(self._row, self._last_row)
            self._last_column = max(self._column, self._last_column)
            within(self._last_row, self._last_column, self._limits)


class _OdsCorner:
    """The same for an ods file, whose rows and cells say how often they are repeated."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._row = self._column = self._repeats = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "table":
            self._row = self._repeats = 0
        elif name == "table-row":
            self._row += self._repeats
            self._repeats = int(attributes.get("table:number-rows-repeated", 1))
            self._column = 0
        elif name in ("table-cell", "covered-table-cell"):
            self._column += int(attributes.get("table:number-columns-repeated", 1))
            if "office:value-type" in attributes or "table:formula" in attributes:
                within(self._row + self._repeats, self._column, self._limits)
        elif name == "p":
            within(self._row + self._repeats, self._column, self._limits)


def _place(reference: str) -> tuple[int, int]:
    """`"C12"` → (12, 3)."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]), column
