"""Sensitive fields at rest: sealed per tenant, bound to their place, found by a blind index.

A sealed value is `0x01`, the number of its master key (2 bytes, big-endian), a nonce (12 bytes)
and the ciphertext with its tag. The master keys live in one file beside the database, readable by
its owner only. Losing that file loses the fields.
"""

import json
import os
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Self
from uuid import UUID

from zhibu.errors import Unavailable
from zhibu.storage.ciphers import CIPHERS, AesGcm, Cipher

_FORMAT = 1
_HEADER = 3


class KeysMissing(Unavailable):
    """The key file is not there, not readable, or readable by others. Facts: `file`, `fault`."""

    code = "core.keys_missing"


class SealBroken(Unavailable):
    """A sealed value was altered, moved here from elsewhere, or its key is gone.

    Facts: `table`, `column`.
    """

    code = "core.seal_broken"


@dataclass(frozen=True)
class Place:
    """Where a sealed value belongs. Anywhere else it cannot be opened."""

    tenant_id: UUID
    table: str
    column: str
    row: UUID

    def bytes(self) -> bytes:
        parts = (self.tenant_id.bytes, self.table.encode(), self.column.encode(), self.row.bytes)
        return b"".join(len(part).to_bytes(2, "big") + part for part in parts)


class Keyring:
    """The master keys of one installation; each tenant's own keys are derived from them."""

    def __init__(
        self, keys: dict[int, bytes], index_key: bytes, cipher: Cipher, current: int
    ) -> None:
        self.current = current
        self._keys = keys
        self._index_key = index_key
        self._cipher = cipher
        self._derived = lru_cache(maxsize=4096)(self._derive)

    @classmethod
    def create(cls, path: Path, cipher: str = AesGcm.name) -> Self:
        """Write a new key file. Raises `FileExistsError`: keys are never overwritten."""
        path.parent.mkdir(parents=True, exist_ok=True)
        content = {
            "cipher": cipher,
            "current": 1,
            "keys": {"1": _text(os.urandom(32))},
            "index": _text(os.urandom(32)),
        }
        _write(path, content, fresh=True)
        return cls.load(path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the key file. Raises `KeysMissing`, also when others may read it."""
        try:
            if path.stat().st_mode & 0o077:
                raise KeysMissing(file=str(path), fault="others may read it; chmod 600")
            content = json.loads(path.read_text("ascii"))
            return cls(
                {int(number): b64decode(key) for number, key in content["keys"].items()},
                b64decode(content["index"]),
                CIPHERS[content["cipher"]],
                int(content["current"]),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise KeysMissing(file=str(path), fault=f"{type(error).__name__}: {error}") from error

    @classmethod
    def rotate(cls, path: Path) -> Self:
        """Add a master key to the file and seal with it from now on; the old ones still open.

        Values sealed under an old key say so (`is_current`) and are sealed anew by their owner.
        """
        cls.load(path)
        content = json.loads(path.read_text("ascii"))
        number = max(int(each) for each in content["keys"]) + 1
        content["keys"][str(number)] = _text(os.urandom(32))
        content["current"] = number
        _write(path, content, fresh=False)
        return cls.load(path)

    @property
    def fingerprint(self) -> str:
        """What tells this keyring from others, before and after a rotation; nothing opens by it."""
        return sha256(b"zhibu.keyring\0" + self._index_key).hexdigest()

    def seal(self, place: Place, text: str) -> bytes:
        header = bytes([_FORMAT]) + self.current.to_bytes(2, "big")
        key = self._derived(self.current, place.tenant_id)
        return header + self._cipher.seal(key, text.encode(), header + place.bytes())

    def open(self, place: Place, sealed: bytes) -> str:
        """Raises `SealBroken`."""
        header, number = sealed[:_HEADER], self.key_of(sealed)
        try:
            if sealed[:1] != bytes([_FORMAT]) or number not in self._keys:
                raise ValueError("of another keyring")
            key = self._derived(number, place.tenant_id)
            return self._cipher.open(key, sealed[_HEADER:], header + place.bytes()).decode()
        except ValueError as error:
            raise SealBroken(table=place.table, column=place.column) from error

    def index(self, tenant_id: UUID, column: str, text: str) -> bytes:
        """16 bytes that are equal for equal texts of one tenant and column, and say nothing else.

        Width, case and surrounding space are not told apart: an identity number ends in x or X.
        `column` is the table's and the column's name (`"core_member.identity_number"`).
        """
        key = self._derived(0, tenant_id)
        plain = unicodedata.normalize("NFKC", text).strip().upper()
        return self._cipher.digest(key, column.encode() + b"\0" + plain.encode())[:16]

    def is_current(self, sealed: bytes) -> bool:
        """Whether it was sealed under the newest key."""
        return self.key_of(sealed) == self.current

    @staticmethod
    def key_of(sealed: bytes) -> int:
        """The number of the master key that a value was sealed under."""
        return int.from_bytes(sealed[1:_HEADER], "big")

    def _derive(self, number: int, tenant_id: UUID) -> bytes:
        """A tenant's own key; number 0 is the one of its blind index, which never rotates."""
        if number == 0:
            return self._cipher.derive(self._index_key, b"index|" + tenant_id.bytes)
        return self._cipher.derive(self._keys[number], b"field|" + tenant_id.bytes)


def _text(key: bytes) -> str:
    return b64encode(key).decode()


def _write(path: Path, content: dict[str, object], *, fresh: bool) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        json.dump(content, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    try:
        if fresh:
            os.link(draft, path)  # refuses to replace
        else:
            os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
