"""The file of the master keys: read by its owner only, and replaced as a whole."""

import fcntl
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from zhibu.errors import Unavailable
from zhibu.storage.ciphers import CIPHERS, Cipher


class KeysMissing(Unavailable):
    """The key file is not there, not readable, or readable by others. Facts: `file`, `fault`."""

    code = "core.keys_missing"


@dataclass(frozen=True, kw_only=True)
class Keys:
    """What is in the file. `since` says when a master key began to be sealed with, if known.

    `cipher` is the family of what never rotates: blind indexes, secrets; and of each master key
    that `families` does not name.
    """

    cipher: str
    current: int
    masters: Mapping[int, bytes] = field(repr=False)
    index: bytes = field(repr=False)
    since: Mapping[int, datetime] = field(default_factory=dict)
    families: Mapping[int, str] = field(default_factory=dict)

    def family(self, number: int) -> Cipher:
        """What is sealed with under a master key."""
        return CIPHERS[self.families.get(number, self.cipher)]


def fresh(cipher: str) -> Keys:
    return Keys(cipher=cipher, current=1, masters={1: os.urandom(32)}, index=os.urandom(32))


def with_another(keys: Keys, cipher: str | None = None) -> Keys:
    """One master key more, which waits: it opens, and seals nothing yet. No number comes twice.

    It is of the family of the newest one unless another is named.
    """
    newest = max(keys.masters)
    families = {**keys.families, newest + 1: cipher or keys.family(newest).name}
    masters = {**keys.masters, newest + 1: os.urandom(32)}
    return replace(keys, masters=masters, families=families)


def using_newest(keys: Keys, now: datetime) -> Keys:
    """The key that waits is the current one; if none does, there is one more."""
    if max(keys.masters) == keys.current:
        keys = with_another(keys)
    newest = max(keys.masters)
    return replace(keys, current=newest, since={**keys.since, newest: now})


def without(keys: Keys, number: int) -> Keys:
    """One master key less: what is still sealed under it opens nowhere any more."""
    left = {each: key for each, key in keys.masters.items() if each != number}
    since = {each: at for each, at in keys.since.items() if each != number}
    families = {each: name for each, name in keys.families.items() if each != number}
    return replace(keys, masters=left, since=since, families=families)


def read(path: Path) -> Keys:
    """Raises `KeysMissing`, also when others may read the file."""
    try:
        if path.stat().st_mode & 0o077:
            raise KeysMissing(file=str(path), fault="others may read it; chmod 600")
        content = json.loads(path.read_text("ascii"))
        keys = Keys(
            cipher=content["cipher"],
            current=int(content["current"]),
            masters={int(number): b64decode(key) for number, key in content["keys"].items()},
            index=b64decode(content["index"]),
            since={
                int(number): datetime.fromisoformat(at)
                for number, at in content.get("since", {}).items()
            },
            families={int(number): name for number, name in content.get("ciphers", {}).items()},
        )
        named = {keys.cipher, *keys.families.values()}
        if not named <= CIPHERS.keys() or keys.current not in keys.masters:
            raise ValueError("cipher or current key unknown")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeysMissing(file=str(path), fault=f"{type(error).__name__}: {error}") from error
    return keys


def write(path: Path, keys: Keys, *, anew: bool) -> None:
    """Write the whole file, or leave it as it was. `anew`, `FileExistsError` if there is one."""
    content = {
        "cipher": keys.cipher,
        "current": keys.current,
        "keys": {str(number): _text(key) for number, key in keys.masters.items()},
        "index": _text(keys.index),
        "since": {str(number): at.isoformat() for number, at in keys.since.items()},
        "ciphers": {str(number): name for number, name in keys.families.items()},
    }
    draft = path.with_name(f".{path.name}.{os.getpid()}")  # hidden files are in no backup
    draft.unlink(missing_ok=True)  # of a process that was killed
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        json.dump(content, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    try:
        if anew:
            os.link(draft, path)  # refuses to replace
        else:
            os.replace(draft, path)
        _settle(path.parent)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def changing(path: Path) -> Iterator[Keys]:
    """What is in the file, while nobody else changes it: a key that was lost opens nothing."""
    lock = os.open(path.with_name(f".{path.name}.lock"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield read(path)
    finally:
        os.close(lock)


def _settle(folder: Path) -> None:
    """A key that values are sealed under must be there after a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _text(key: bytes) -> str:
    return b64encode(key).decode()
