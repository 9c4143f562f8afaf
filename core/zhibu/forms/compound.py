"""Looking into an OLE compound file (xls, or an encrypted xlsx) before a reader opens it."""

import struct
from collections.abc import Iterator

from zhibu.forms.errors import FormFileBroken
from zhibu.forms.limits import Limits, within

_END = 0xFFFFFFFA  # and above: not the number of a sector
_ENCRYPTED = "EncryptedPackage"
_BOOKS = ("Workbook", "Book")
_STREAM, _ROOT = 2, 5
# Record types of BIFF whose body begins with a row and a column number.
_CELLS = frozenset({0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00BD, 0x0006, 0x0406, 0x00D6})
_FILEPASS = 0x002F


def is_encrypted(content: bytes) -> bool:
    """Whether a password is needed: a wrapped xlsx, or an xls with an encrypted stream."""
    streams = _Compound(content).streams
    if _ENCRYPTED in streams:
        return True
    return any(kind == _FILEPASS for kind, _ in _records(content))


def measure_compound(content: bytes, limits: Limits) -> None:
    """Raise `FormFileTooLarge` when a cell of an xls file lies outside the limits."""
    rows = columns = 0
    for kind, body in _records(content):
        if kind in _CELLS and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            if kind == 0x00BD:  # several numbers in a row; the last column is at the end
                column = struct.unpack_from("<H", body, len(body) - 2)[0]
            if row >= rows or column >= columns:
                rows, columns = max(rows, row + 1), max(columns, column + 1)
                within(rows, columns, limits)


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    compound = _Compound(content)
    book = next((compound.stream(name) for name in _BOOKS if name in compound.streams), b"")
    place = 0
    while place + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, place)
        yield kind, book[place + 4 : place + 4 + length]
        place += 4 + length


class _Compound:
    """The streams of a compound file. Raises `FormFileBroken` when its chains make no sense."""

    def __init__(self, content: bytes) -> None:
        if len(content) < 512:
            raise FormFileBroken()
        self._content = content
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        if not 7 <= shift <= 16 or not 4 <= small_shift <= shift:
            raise FormFileBroken()
        self._size, self._small_size = 1 << shift, 1 << small_shift
        first_directory, self._cutoff, first_small, _, first_extra, _ = struct.unpack_from(
            "<I4xIIIII", content, 48
        )
        self._fat = self._table(self._fat_sectors(first_extra))
        self._small_fat = self._table(self._chain(first_small, self._fat))
        self.streams: dict[str, tuple[int, int]] = {}
        self._small = b""
        self._read_directory(self._joined(first_directory))

    def stream(self, name: str) -> bytes:
        start, size = self.streams[name]
        if size >= self._cutoff:
            return self._joined(start)[:size]
        parts = (n * self._small_size for n in self._chain(start, self._small_fat))
        return b"".join(self._small[at : at + self._small_size] for at in parts)[:size]

    def _read_directory(self, directory: bytes) -> None:
        for place in range(0, len(directory) - 127, 128):
            length, kind = struct.unpack_from("<HB", directory, place + 64)
            start, size = struct.unpack_from("<II", directory, place + 116)
            name = directory[place : place + max(min(length, 64) - 2, 0)].decode(
                "utf-16-le", "replace"
            )
            if kind == _ROOT:
                self._small = self._joined(start)
            elif kind == _STREAM:
                self.streams[name] = start, size

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._content[at : at + self._size]

    def _joined(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._chain(start, self._fat)))

    def _chain(self, start: int, table: tuple[int, ...]) -> list[int]:
        chain: list[int] = []
        while start < _END:
            if start >= len(table) or len(chain) > len(table):
                raise FormFileBroken()
            chain.append(start)
            start = table[start]
        return chain

    def _fat_sectors(self, extra: int) -> list[int]:
        numbers = list(struct.unpack_from("<109I", self._content, 76))
        seen = 0
        while extra < _END:
            block = self._sector(extra)
            seen += 1
            if len(block) < self._size or seen > len(self._content) // self._size:
                raise FormFileBroken()
            *more, extra = struct.unpack(f"<{self._size // 4}I", block)
            numbers += more
        return [number for number in numbers if number < _END]

    def _table(self, sectors: list[int]) -> tuple[int, ...]:
        packed = b"".join(map(self._sector, sectors))
        return struct.unpack(f"<{len(packed) // 4}I", packed[: len(packed) // 4 * 4])
