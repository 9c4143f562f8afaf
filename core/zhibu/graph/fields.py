"""Fields that are answered by a resolver, not read with the others."""

from collections.abc import Callable
from typing import Any

import strawberry

from zhibu.actions import Action
from zhibu.reading import permitted


def resolved(
    description: str, permission: Action | None = None
) -> Callable[[Callable[..., Any]], Any]:
    """A field that its resolver answers. At the root it names the permission that the act asks.

    A page to print is one: printing is an act, and who printed whose record stands in the ledger.
    """
    metadata = None if permission is None else permitted(permission)
    field: Callable[[Callable[..., Any]], Any] = strawberry.field(
        description=description, metadata=metadata
    )
    return field
