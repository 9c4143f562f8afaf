"""Sealing, opening and finding, by the master keys of one installation."""

import os
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Self
from uuid import UUID

from zhibu.errors import Conflict, Unavailable
from zhibu.storage.ciphers import CIPHERS, AesGcm, Cipher, require_known
from zhibu.storage.encryption import files
from zhibu.storage.encryption.files import Keys, KeysMissing

LOOK_EVERY = 5.0  # seconds after which a key that another process added is sealed with
_FORMAT = 1
_HEADER = 3


class SealBroken(Unavailable):
    """A sealed value was altered, moved here from elsewhere, or its key is gone.

    Facts: `table`, `column`.
    """

    code = "core.seal_broken"


class KeyUnknown(Conflict):
    """There is no such old key: the current one is never taken away. Facts: `number`, `known`."""

    code = "core.key_unknown"


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
    """The master keys of one installation; each tenant's own keys are derived from them.

    Other processes may add keys while this one runs: the file is looked at again before sealing,
    and at once when a value names a key that is not known here.
    """

    def __init__(self, path: Path, keys: Keys, stamp: tuple[int, int]) -> None:
        self._path = path
        self._keys = keys
        self._lasting = CIPHERS[keys.cipher]
        self._derived = lru_cache(maxsize=4096)(self._derive)
        self._stamp = stamp
        self._looked = monotonic()

    @classmethod
    def create(cls, path: Path, cipher: str = AesGcm.name) -> Self:
        """Write a new key file. Raises `FileExistsError`: keys are never overwritten."""
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write(path, files.fresh(cipher), anew=True)
        return cls.load(path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the key file. Raises `KeysMissing`, also when others may read it."""
        stamp = _stamp(path)
        return cls(path, files.read(path), stamp)

    @classmethod
    def add(cls, path: Path, cipher: str | None = None) -> Self:
        """Add a master key that waits, for as long as the file takes to reach every machine.

        It may be of another family than those before. Raises `CipherUnknown`.
        """
        if cipher is not None:
            require_known(cipher)
        with files.changing(path) as keys:
            files.write(path, files.with_another(keys, cipher), anew=False)
        return cls.load(path)

    @classmethod
    def rotate(cls, path: Path, now: datetime | None = None) -> Self:
        """Seal from now on with the master key that waits, or with a new one; the old ones open.

        Values sealed under an old key say so (`is_current`) and are sealed anew by `zhibu.sealing`.
        """
        with files.changing(path) as keys:
            files.write(path, files.using_newest(keys, now or datetime.now(UTC)), anew=False)
        return cls.load(path)

    @classmethod
    def retire(cls, path: Path, number: int) -> Self:
        """Take an old key away for good. Raises `KeyUnknown`, also for the current one."""
        with files.changing(path) as keys:
            if number >= keys.current or number not in keys.masters:
                known = [each for each in sorted(keys.masters) if each < keys.current]
                raise KeyUnknown(number=number, known=known)
            files.write(path, files.without(keys, number), anew=False)
        return cls.load(path)

    @property
    def cipher(self) -> Cipher:
        """The algorithms that are sealed with now."""
        return self._keys.family(self.current)

    @property
    def ciphers(self) -> dict[int, str]:
        """The family of every master key."""
        return {number: self._keys.family(number).name for number in sorted(self._keys.masters)}

    def cipher_named(self, name: str) -> Cipher:
        """A family that a content names; the installation's first one where it names none."""
        return CIPHERS[name] if name else self._lasting

    @property
    def current(self) -> int:
        """The number of the key that is sealed with."""
        return self._keys.current

    @property
    def numbers(self) -> dict[int, datetime | None]:
        """Every master key, and since when it has been sealed with if that is known."""
        return {number: self._keys.since.get(number) for number in sorted(self._keys.masters)}

    @property
    def header(self) -> bytes:
        """What every value begins with that is sealed now."""
        return _header(self.current)

    @property
    def fingerprint(self) -> str:
        """What tells this keyring from others, before and after a rotation; nothing opens by it."""
        return sha256(b"zhibu.keyring\0" + self._keys.index).hexdigest()

    def look(self) -> None:
        """Take up what was added to the file, or taken away from it, since it was read.

        A file that cannot be read at the moment changes nothing: what is known still serves.
        """
        self._looked = monotonic()
        with suppress(KeysMissing):
            if (stamp := _stamp(self._path)) != self._stamp:
                self._keys = files.read(self._path)
                self._derived.cache_clear()
                self._stamp = stamp

    def secret(self, use: str) -> bytes:
        """A secret for one use: the same for every process that has these keys, also rotated."""
        return self._lasting.derive(self._keys.index, b"secret|" + use.encode())

    def seal(self, place: Place, text: str) -> bytes:
        if monotonic() - self._looked > LOOK_EVERY:
            self.look()
        number = self.current  # read once: another thread may take up a new one meanwhile
        family, key = self._derived(number, place.tenant_id)
        header = _header(number)
        return header + family.seal(key, text.encode(), header + place.bytes())

    def open(self, place: Place, sealed: bytes) -> str:
        """Raises `SealBroken`."""
        header, number = sealed[:_HEADER], self.key_of(sealed)
        if number not in self._keys.masters:
            self.look()
        try:
            if sealed[:1] != bytes([_FORMAT]) or number not in self._keys.masters:
                raise ValueError("of another keyring")
            family, key = self._derived(number, place.tenant_id)
            return family.open(key, sealed[_HEADER:], header + place.bytes()).decode()
        except (KeyError, ValueError) as error:  # also where it was taken away at this moment
            raise SealBroken(table=place.table, column=place.column) from error

    def index(self, tenant_id: UUID, column: str, text: str) -> bytes:
        """16 bytes that are equal for equal texts of one tenant and column, and say nothing else.

        Width, case and surrounding space are not told apart: an identity number ends in x or X.
        `column` is the table's and the column's name (`"core_member.identity_number"`).
        """
        _, key = self._derived(0, tenant_id)
        plain = unicodedata.normalize("NFKC", text).strip().upper()
        return self._lasting.digest(key, column.encode() + b"\0" + plain.encode())[:16]

    def is_current(self, sealed: bytes) -> bool:
        """Whether it was sealed under the newest key."""
        return self.key_of(sealed) == self.current

    @staticmethod
    def key_of(sealed: bytes) -> int:
        """The number of the master key that a value was sealed under."""
        return int.from_bytes(sealed[1:_HEADER], "big")

    def _derive(self, number: int, tenant_id: UUID) -> tuple[Cipher, bytes]:
        """A tenant's own key and its family; 0 is that of its blind index, which never rotates."""
        keys = self._keys
        if number == 0:
            return self._lasting, self._lasting.derive(keys.index, b"index|" + tenant_id.bytes)
        master, family = keys.masters[number], keys.family(number)
        return family, family.derive(master, b"field|" + tenant_id.bytes)


def _header(number: int) -> bytes:
    return bytes([_FORMAT]) + number.to_bytes(2, "big")


def _stamp(path: Path) -> tuple[int, int]:
    """What changes whenever the file is replaced. Raises `KeysMissing`."""
    try:
        found = os.stat(path)
    except OSError as error:
        raise KeysMissing(file=str(path), fault=f"{type(error).__name__}: {error}") from error
    return found.st_ino, found.st_mtime_ns
