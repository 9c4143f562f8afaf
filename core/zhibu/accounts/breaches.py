"""Passwords that are known from breaches elsewhere, in a list that lies beside the installation.

Asking a service would tell it what is chosen here.
"""

import os
import re
from hashlib import sha1
from pathlib import Path
from typing import BinaryIO

from zhibu.errors import Unavailable

DIGEST = re.compile(rb"[0-9A-Fa-f]{40}(:|\s|$)")
LAST = b"~"  # after every digit
SAMPLES = 1000
DIGITS = 40  # hexadecimal digits of a SHA-1; what follows on its line is how often it was seen


class BreachesUnreadable(Unavailable):
    """The list of the settings cannot be read. Facts: `file`, `fault`."""

    code = "core.breaches_unreadable"


class Breaches:
    """A file with a SHA-1 at the beginning of each line, in order; without one nothing is known."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file

    def hold(self, password: str) -> bool:
        """Whether the password is in the list. Raises `BreachesUnreadable`."""
        if self._file is None:
            return False
        wanted = sha1(password.encode(), usedforsecurity=False).hexdigest().encode()
        try:
            with self._file.open("rb") as listed:
                return _first_from(listed, wanted)[:DIGITS].lower() == wanted
        except (OSError, ValueError) as error:
            raise self._unreadable(error) from error

    def examine(self) -> None:
        """Look at a thousand lines from first to last. Raises `BreachesUnreadable`."""
        assert self._file is not None
        try:
            with self._file.open("rb") as listed:
                size = listed.seek(0, os.SEEK_END)
                lines = [_line_from(listed, size * each // SAMPLES) for each in range(SAMPLES)]
        except (OSError, ValueError) as error:
            raise self._unreadable(error) from error
        found = [line[:DIGITS].lower() for line in lines]
        if found != sorted(found):
            raise self._unreadable(ValueError("not in order"))

    def _unreadable(self, error: OSError | ValueError) -> BreachesUnreadable:
        fault = (error.strerror if isinstance(error, OSError) else str(error)) or "unreadable"
        return BreachesUnreadable(file=str(self._file), fault=fault)


def _first_from(listed: BinaryIO, wanted: bytes) -> bytes:
    """The first line that is not before `wanted`; nothing if all are."""
    low, high = 0, listed.seek(0, os.SEEK_END)  # a line that begins below `low` is before it
    while low < high:
        middle = (low + high) // 2
        if _line_from(listed, middle)[:DIGITS].lower() < wanted:
            low = middle + 1
        else:
            high = middle
    return _line_from(listed, low)


def _line_from(listed: BinaryIO, at: int) -> bytes:
    """The first line that begins at `at` or later; after the last one, what is after all.

    Raises `ValueError` for a line that is none of the list.
    """
    listed.seek(max(0, at - 1))
    if at:
        listed.readline()
    line = listed.readline() or LAST
    if line is not LAST and not DIGEST.match(line):
        raise ValueError(f"no SHA-1 at byte {listed.tell() - len(line)}")
    return line
