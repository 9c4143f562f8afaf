"""What every input says about itself, and the ids in it."""

from typing import Any
from uuid import UUID

import strawberry

from zhibu.identifiers import row_of

_REQUIRED = object()


def told(description: str, default: Any = _REQUIRED) -> Any:
    """A described argument, required unless a default is given."""
    if default is _REQUIRED:
        return strawberry.field(description=description)
    return strawberry.field(default=default, description=description)


def key() -> Any:
    """The idempotency key that every mutation takes."""
    return told("幂等键：同一键只执行一次。 The same key again is done once.", None)


def row(text: str, kind: str, argument: str) -> UUID:
    """The row behind an id argument. Raises `GlobalIdInvalid` naming the argument."""
    return row_of(text, kind, path=(argument,))


def optional(text: str | None, kind: str, argument: str) -> UUID | None:
    """The row behind an id argument that may be left out. Raises `GlobalIdInvalid`."""
    return None if text is None else row(text, kind, argument)
