"""Identifiers: UUID v7 for rows, opaque global ids for clients, labels for tree paths, networks."""

import os
import time
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from functools import lru_cache
from ipaddress import ip_network
from uuid import UUID

from zhibu.errors import Invalid

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class GlobalIdInvalid(Invalid):
    """Not an id that this API gave out, or one of another kind. Facts: `expected`."""

    code = "core.global_id_invalid"


def new_id() -> UUID:
    """A time-ordered UUID (version 7, RFC 9562)."""
    millis = time.time_ns() // 1_000_000
    raw = bytearray(millis.to_bytes(6, "big") + os.urandom(10))
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return UUID(bytes=bytes(raw))


def global_id(kind: str, row: UUID | str) -> str:
    """The id a client sees for a row of the GraphQL type `kind`."""
    text = row.hex if isinstance(row, UUID) else row
    return b64encode(f"{kind}:{text}".encode()).decode()


def parse_global_id(text: str) -> tuple[str, UUID]:
    """The GraphQL type and the row behind a global id. Raises `GlobalIdInvalid`."""
    return _parsed(text)


@lru_cache(maxsize=8192)  # one argument is read for several parameters of a statement
def _parsed(text: str) -> tuple[str, UUID]:
    try:
        kind, _, row = b64decode(text, validate=True).decode().partition(":")
        return kind, UUID(row)
    except (NotBase64, ValueError) as error:
        raise GlobalIdInvalid(expected="*") from error


def row_of(text: str, kind: str, *, path: tuple[str, ...] = ()) -> UUID:
    """The row behind a global id that must be of `kind`. Raises `GlobalIdInvalid`."""
    try:
        found, row = parse_global_id(text)
    except GlobalIdInvalid as error:
        raise GlobalIdInvalid(path=path, expected=kind) from error
    if found != kind:
        raise GlobalIdInvalid(path=path, expected=kind)
    return row


def label(number: int) -> str:
    """A path label of a per-tenant counter, in `[0-9a-z]` only."""
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if not number:
            return digits


def parent_path(path: str) -> str:
    """`"1.4.a."` lies under `"1.4."`, which lies under `"1."`, which lies under `""`."""
    return path[: path.rfind(".", 0, -1) + 1]


def ancestors(path: str) -> list[str]:
    """The path itself and every path above it, nearest first; the empty path is not one."""
    found = []
    while path:
        found.append(path)
        path = parent_path(path)
    return found


def network(address: str | None) -> str:
    """Whom an address stands for: of IPv6 everybody has a whole network."""
    if address is None or ":" not in address:
        return address or ""
    try:
        return str(ip_network((address.partition("%")[0], 64), strict=False))
    except ValueError:
        return address
