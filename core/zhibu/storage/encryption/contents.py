"""Content of any length, sealed part by part under a key of its own.

What is kept is the length of the sealed key (2 bytes), that key, sealed by the keyring at its
place, and the parts. Each part is bound to its number and to whether it is the last one: none can
be altered, moved or cut off, and one may read anywhere without reading everything before. When
master keys are rotated, only the key of the content is sealed anew, unless the family of
algorithms changes.
"""

import io
import os
from typing import BinaryIO, Self

from zhibu.storage.ciphers import Cipher
from zhibu.storage.encryption.keyring import Keyring, Place, SealBroken

PART = 64 * 1024
WHERE = ("file", "content")  # no table and column: it is on the disk
_LENGTH = 2
_KEY = 32


class Box:
    """The key of one content, and what seals by it."""

    def __init__(self, cipher: Cipher, key: bytes) -> None:
        self.cipher = cipher
        self._key = key
        self.over = len(cipher.seal(key, b"", b""))  # bytes that sealing adds to a part

    @classmethod
    def new(cls, keyring: Keyring) -> Self:
        return cls(keyring.cipher, os.urandom(_KEY))

    @classmethod
    def read(cls, keyring: Keyring, place: Place, file: BinaryIO) -> Self:
        """The box of a content that is kept. Raises `SealBroken`."""
        try:
            key, _, family = keyring.open(place, head(file)).partition(" ")
            return cls(keyring.cipher_named(family), bytes.fromhex(key))
        except (KeyError, ValueError) as error:
            raise SealBroken(table=place.table, column=place.column) from error

    def lock(self, keyring: Keyring, place: Place) -> bytes:
        """What a content begins with that belongs to this place."""
        sealed = keyring.seal(place, f"{self._key.hex()} {self.cipher.name}")
        return len(sealed).to_bytes(_LENGTH, "big") + sealed

    def seal(self, number: int, plain: bytes, *, last: bool) -> bytes:
        return self.cipher.seal(self._key, plain, _bound(number, last))

    def open(self, number: int, sealed: bytes, *, last: bool) -> bytes:
        """Raises `ValueError`."""
        return self.cipher.open(self._key, sealed, _bound(number, last))


def head(file: BinaryIO) -> bytes:
    """The sealed key of a content; the file stands at its first part then."""
    file.seek(0)
    return file.read(int.from_bytes(file.read(_LENGTH), "big"))


class Writing:
    """Seals a content into a file, which says where it belongs once it `belongs` to a place."""

    def __init__(self, file: BinaryIO, keyring: Keyring, place: Place) -> None:
        self._file, self._keyring = file, keyring
        self.box = Box.new(keyring)
        self._waiting = b""
        self._number = 0
        self._begins = len(self.box.lock(keyring, place))  # the same wherever it will belong
        file.write(bytes(self._begins))

    def write(self, content: bytes) -> None:
        whole, at = self._waiting + content, 0
        while len(whole) - at > PART:
            self._put(whole[at : at + PART], last=False)
            at += PART
        self._waiting = whole[at:]

    def finish(self) -> io.BufferedReader:
        """Nothing more comes; it can be read, but by nobody else yet.

        Buffered, since by itself a read ends where a part does, and a long directory is longer.
        """
        self._put(self._waiting, last=True)
        self._file.flush()
        return io.BufferedReader(Reading(self._file, self.box, self._begins), PART)

    def belongs(self, place: Place) -> None:
        """Say where it belongs: from now on it can be opened there."""
        self._file.seek(0)
        self._file.write(self.box.lock(self._keyring, place))
        self._file.flush()

    def _put(self, plain: bytes, *, last: bool) -> None:
        self._file.write(self.box.seal(self._number, plain, last=last))
        self._number += 1


class Reading(io.RawIOBase):
    """A sealed content as the file that it was; raises `SealBroken` where it was altered."""

    def __init__(self, file: BinaryIO, box: Box, begins: int, *, owned: bool = False) -> None:
        self._file, self._box, self._begins, self._owned = file, box, begins, owned
        self._each = PART + box.over
        whole = file.seek(0, os.SEEK_END) - begins
        self._parts = max(1, -(-whole // self._each))
        if whole - (self._parts - 1) * self._each < box.over:
            raise SealBroken(table=WHERE[0], column=WHERE[1])  # cut within a part
        self._size = whole - self._parts * box.over
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, into: "memoryview | bytearray", /) -> int:  # type: ignore[override]  # what buffers hand over
        number, within = divmod(self._at, PART)
        if number >= self._parts:
            return 0
        found = self._part(number)[within : within + len(into)]
        into[: len(found)] = found
        self._at += len(found)
        return len(found)

    def close(self) -> None:
        if self._owned and not self.closed:
            self._file.close()
        super().close()

    def _part(self, number: int) -> bytes:
        if self._held[0] != number:
            self._file.seek(self._begins + number * self._each)
            sealed = self._file.read(self._each)
            try:
                plain = self._box.open(number, sealed, last=number == self._parts - 1)
            except ValueError as error:
                raise SealBroken(table=WHERE[0], column=WHERE[1]) from error
            self._held = number, plain
        return self._held[1]


def opened(file: BinaryIO, keyring: Keyring, place: Place) -> io.BufferedReader:
    """A content that is kept, as it was; closing it closes the file. Raises `SealBroken`."""
    box = Box.read(keyring, place, file)
    return io.BufferedReader(Reading(file, box, file.tell(), owned=True), PART)


def _bound(number: int, last: bool) -> bytes:
    return number.to_bytes(8, "big") + bytes([last])
