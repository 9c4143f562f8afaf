"""Values on their way out: what generated code calls on a driver's value, and what it yields."""

from binascii import b2a_base64
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Date, DateTime, Uuid

from zhibu.identifiers import global_id
from zhibu.storage.tables import Exact

_KEPT = 65_536


class _Remembered(dict[Any, Any]):
    """A function as a dict: looking a value up is several times faster than working it out."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, value: Any) -> Any:
        if len(self) >= _KEPT:
            self.clear()
        found = self[value] = self._function(value)
        return found


def exact(hundredths: Any) -> Decimal:
    """`3150` whole hundredths are `31.5`."""
    return (Decimal(int(hundredths)) / 100).normalize() + 0


EXACT = _Remembered(exact)
HUNDREDTHS = _Remembered(lambda hundredths: str(EXACT[hundredths]))


def decimal_text(value: Any) -> str:
    """A decimal as the API shows it: without trailing zeros, never in exponent form."""
    found = value if isinstance(value, Decimal) else Decimal(str(value))
    return format(found.normalize() + 0, "f")


def moment(text: str) -> datetime:
    """A moment out of text; without a zone it is UTC."""
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def moment_text(value: datetime) -> str:
    """A moment as the API shows it: ISO 8601 in UTC with a `Z`."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def printed(value: datetime | str) -> str:
    return value if isinstance(value, str) else moment_text(value)


# What the code of every shaper may name.
NAMES: dict[str, Any] = {
    "b64": b2a_base64,
    "UTC": UTC,
    "UUID": UUID,
    "Decimal": Decimal,
    "H": HUNDREDTHS,
    "X": EXACT,
    "decimal_text": decimal_text,
    "isodate": date.fromisoformat,
    "moment": moment,
    "loads": orjson.loads,
    "Fragment": orjson.Fragment,
    "global_id": global_id,
}

# Python's own value of a column of an order, to be compared with again when a cursor comes back.
Reading = Callable[[Any], Any]


def reading_of(kind: Any) -> Reading:
    """How the JSON value in a cursor becomes a value that a bind of this type accepts."""
    if isinstance(kind, Exact):
        return exact
    if isinstance(kind, Uuid):
        return UUID
    impl = getattr(kind, "impl", kind)
    if isinstance(impl, DateTime):
        return moment
    if isinstance(impl, Date):
        return date.fromisoformat
    return lambda value: value
