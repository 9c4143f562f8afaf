"""The notary: an Ed25519 key that signs how far a ledger was."""

import os
from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Self
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from zhibu.events.entries import moment
from zhibu.events.notes import Note

SECRET, PUBLIC = "ledger.key", "ledger.pub"


class Notary:
    """Signs notes; whoever has the public key can tell that it did."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = key.public_key()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The notary of this folder; its key is made the first time, readable by its owner only."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / SECRET
        if not file.exists():
            key = Ed25519PrivateKey.generate()
            _written_once(file, b64encode(key.private_bytes_raw()))
        found = cls(Ed25519PrivateKey.from_private_bytes(b64decode(file.read_text("ascii"))))
        publish(found.public, folder)
        return found

    def sign(
        self, tenant_id: UUID, seq: int, hash: bytes, at: datetime, *, restored: bool = False
    ) -> Note:
        note = Note(
            tenant=tenant_id.hex,
            seq=seq,
            hash=hash,
            at=moment(at),
            restored=restored,
            key=self.public,
        )
        return replace(note, signature=self._key.sign(note.text))


def publish(key: Ed25519PublicKey, folder: Path) -> None:
    """Leave the public key where notes are kept, for whoever verifies there."""
    if not (folder / PUBLIC).exists():
        _written_once(folder / PUBLIC, b64encode(key.public_bytes_raw()))


def public_key(file: Path) -> Ed25519PublicKey:
    """The public key of a file that `publish` wrote."""
    return Ed25519PublicKey.from_public_bytes(b64decode(file.read_text("ascii")))


def _written_once(file: Path, content: bytes) -> None:
    """A file that is there whole or not at all, and whose first writer wins."""
    draft = file.with_name(f"{file.name}.{uuid4().hex}.part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
