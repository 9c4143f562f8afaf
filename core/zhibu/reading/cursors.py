"""Cursors: the place of a row in an ordered list, sealed to that list and its tenant.

A cursor shows what it was ordered by only to who was given the row; it cannot be made up, changed
or carried to another list, order, filter or tenant.
"""

from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from hashlib import blake2b
from hmac import compare_digest
from typing import Any

import orjson

from zhibu.reading.errors import CursorInvalid

_TAG = 12


def mark(secret: bytes, listed: Sequence[Any]) -> bytes:
    """The key of one list: its tenant, field, order and filters."""
    return blake2b(orjson.dumps(listed, default=str), key=secret, digest_size=32).digest()


def seal(marked: bytes, keys: Sequence[Any]) -> str:
    told = orjson.dumps(keys, default=str)
    tag = blake2b(told, key=marked, digest_size=_TAG).digest()
    return urlsafe_b64encode(tag + told).decode()


def unseal(marked: bytes, text: str, readings: Sequence[Callable[[Any], Any]]) -> list[Any]:
    """The keys that a cursor holds. Raises `CursorInvalid`."""
    try:
        sealed = b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except ValueError as error:
        raise CursorInvalid(path=("after",)) from error
    tag, told = sealed[:_TAG], sealed[_TAG:]
    if not compare_digest(tag, blake2b(told, key=marked, digest_size=_TAG).digest()):
        raise CursorInvalid(path=("after",))
    keys = orjson.loads(told)
    return [reading(key) for reading, key in zip(readings, keys, strict=True)]
