"""ZIP archives that are handed on while they are written: the same files make the same bytes."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo


class Archive:
    """An archive of files that are as old as `at`; what was not taken yet is in memory.

    Nothing is compressed: workbooks are already.
    """

    def __init__(self, at: datetime) -> None:
        self._window = _Window()
        self._zip = ZipFile(self._window, "w")
        self._at = at.timetuple()[:6]

    def add(self, name: str, content: bytes) -> None:
        self._zip.writestr(ZipInfo(name, self._at), content)

    def copy(self, archive: BinaryIO) -> None:
        """Add what is in another archive, one file after the other."""
        with ZipFile(archive) as other:
            for entry in other.infolist():
                self._zip.writestr(entry, other.read(entry))

    def take(self) -> bytes:
        """What was written since the last time; it is not written to any more."""
        return self._window.take()

    def end(self) -> bytes:
        """What is left, with the list of all files."""
        self._zip.close()
        return self.take()


def packed(files: Mapping[str, bytes], at: datetime) -> bytes:
    """These files, by their names, as one archive."""
    archive = Archive(at)
    for name, content in files.items():
        archive.add(name, content)
    return archive.end()


class _Window(io.BytesIO):
    """A file of which only the end is there: a ZIP goes back no further than its last entry."""

    def __init__(self) -> None:
        super().__init__()
        self._before = 0

    def tell(self) -> int:
        return self._before + super().tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        assert whence == io.SEEK_SET, "a ZIP counts from its beginning"
        return self._before + super().seek(offset - self._before)

    def take(self) -> bytes:
        taken = self.getvalue()
        super().seek(0)
        self.truncate()
        self._before += len(taken)
        return taken
