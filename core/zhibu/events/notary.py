"""Checkpoints: signed notes of how far the ledger was, kept where no database administrator writes.

A chain alone cannot tell that its tail was cut off or that all of it was written anew. A note says
"at entry N the hash was H", which both contradict. Copy the notes to another machine.
"""

import os
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import select

from zhibu.events.entries import moment
from zhibu.events.tables import LedgerHead
from zhibu.storage.homes import Home

_HEADS: Any = LedgerHead.__table__


@dataclass(frozen=True, kw_only=True)
class Note:
    """What was true of a tenant's ledger at a moment, and whether our own key says so."""

    tenant: str
    seq: int
    hash: bytes
    at: str
    signed: bool = True


class Notary:
    """Signs notes with an Ed25519 key and appends them to one file per tenant."""

    def __init__(self, folder: Path, key: Ed25519PrivateKey | None, public: Ed25519PublicKey):
        self._folder = folder
        self._key = key
        self._public = public

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The notary of this folder; its key is made the first time, readable by its owner only."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "ledger.key"
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            key = Ed25519PrivateKey.from_private_bytes(b64decode(file.read_text("ascii")))
        else:
            key = Ed25519PrivateKey.generate()
            with os.fdopen(descriptor, "w") as opened:
                opened.write(b64encode(key.private_bytes_raw()).decode())
            public = b64encode(key.public_key().public_bytes_raw()).decode()
            (folder / "ledger.pub").write_text(public, "ascii")
        return cls(folder, key, key.public_key())

    @classmethod
    def reading(cls, folder: Path) -> Self:
        """Whoever only verifies needs the public key alone."""
        raw = b64decode((folder / "ledger.pub").read_text("ascii"))
        return cls(folder, None, Ed25519PublicKey.from_public_bytes(raw))

    async def checkpoint(self, home: Home, tenant_id: UUID, at: datetime) -> Note | None:
        """Sign where the tenant's ledger stands; None while nothing was written since."""
        async with home.view(tenant_id) as session:
            query = select(_HEADS.c.seq, _HEADS.c.hash).where(_HEADS.c.tenant_id == tenant_id)
            head = (await session.execute(query)).one_or_none()
        known = self.notes(tenant_id)
        if head is None or (known and known[-1].seq >= head.seq):
            return None
        note = Note(tenant=tenant_id.hex, seq=head.seq, hash=head.hash, at=moment(at))
        self._append(note)
        return note

    def notes(self, tenant_id: UUID) -> list[Note]:
        """Every note kept of a tenant, oldest first; those our key did not sign say so."""
        file = self._file(tenant_id)
        if not file.exists():
            return []
        return [self._read(line) for line in file.read_bytes().splitlines() if line]

    def _append(self, note: Note) -> None:
        assert self._key is not None, "a notary without its key only reads"
        signature = b64encode(self._key.sign(_text(note))).decode()
        line = {**_words(note), "signature": signature}
        with self._file(UUID(note.tenant)).open("ab") as opened:
            opened.write(orjson.dumps(line) + b"\n")
            opened.flush()
            os.fsync(opened.fileno())

    def _read(self, line: bytes) -> Note:
        try:
            given = orjson.loads(line)
            note = Note(
                tenant=given["tenant"],
                seq=given["seq"],
                hash=b64decode(given["hash"]),
                at=given["at"],
            )
            self._public.verify(b64decode(given["signature"]), _text(note))
        except (InvalidSignature, ValueError, KeyError, TypeError):
            return Note(tenant="", seq=0, hash=b"", at="", signed=False)
        return note

    def _file(self, tenant_id: UUID) -> Path:
        return self._folder / f"{tenant_id.hex}.notes"


def _words(note: Note) -> dict[str, Any]:
    return {
        "tenant": note.tenant,
        "seq": note.seq,
        "hash": b64encode(note.hash).decode(),
        "at": note.at,
    }


def _text(note: Note) -> bytes:
    """What is signed. Its first line keeps the signature from serving for anything else."""
    return b"zhibu ledger checkpoint\n" + orjson.dumps(_words(note), option=orjson.OPT_SORT_KEYS)
