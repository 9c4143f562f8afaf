"""Where notes are kept: folders with one file per tenant, to which is only ever added."""

import fcntl
import os
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from zhibu.events.errors import CheckpointNotWritten
from zhibu.events.notary import publish
from zhibu.events.notes import Note, note_of

_TAIL = 4096  # bytes at the end of a file, which hold its last line


class Place:
    """A folder of notes. Nothing in it is ever changed: its files may be set append-only."""

    def __init__(self, folder: Path, key: Ed25519PublicKey) -> None:
        self.folder = folder
        self._key = key

    def notes(self, tenant_id: UUID) -> list[Note]:
        """Every note of a tenant, oldest first."""
        try:
            lines = self._file(tenant_id).read_bytes().splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise self._away(error) from error
        return [note_of(line, self._key) for line in lines if line]

    def last(self, tenant_id: UUID) -> Note | None:
        """The note that was written last. Raises `CheckpointNotWritten` where none can be."""
        try:
            with self._file(tenant_id).open("rb") as opened:
                opened.seek(max(0, opened.seek(0, os.SEEK_END) - _TAIL))
                lines = [line for line in opened.read().splitlines() if line]
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._away(error) from error
        return note_of(lines[-1], self._key) if lines else None

    def add(self, note: Note) -> bool:
        """Keep a note, unless one as new is kept already. Raises `CheckpointNotWritten`."""
        tenant_id = UUID(note.tenant)
        try:
            with self._file(tenant_id).open("ab+") as opened:
                fcntl.flock(opened, fcntl.LOCK_EX)  # another process may be about to do the same
                known = self.last(tenant_id)
                if known is not None and known.seq >= note.seq and not note.restored:
                    return False
                opened.write(_after_what_was_torn(opened) + note.line)
                opened.flush()
                os.fsync(opened.fileno())
            publish(self._key, self.folder)
        except OSError as error:
            raise self._away(error) from error
        return True

    def _away(self, error: OSError) -> CheckpointNotWritten:
        return CheckpointNotWritten(folder=str(self.folder), fault=error.strerror or str(error))

    def _file(self, tenant_id: UUID) -> Path:
        return self.folder / f"{tenant_id.hex}.notes"


def _after_what_was_torn(file: BinaryIO) -> bytes:
    """A new line, where a crash left half of one."""
    if not file.seek(0, os.SEEK_END):
        return b""
    file.seek(-1, os.SEEK_END)
    return b"" if file.read() == b"\n" else b"\n"
