"""Errors a caller may act on. `code` is a stable name; the texts live in `locale/`, by code.

Seven families decide how an error reaches the caller. `Invalid` and `Conflict` are refusals of the
domain: a mutation returns them in `userErrors`, all at once. The others become GraphQL errors with
`extensions.code`. Anything that is not a `ZhibuError` is a bug, shown as a reference number only.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from zhibu.basis import Basis


class ZhibuError(Exception):
    """Base of every expected failure. `facts` fill the placeholders of its text."""

    code: ClassVar[str] = "error"

    def __init__(
        self, *, path: tuple[str, ...] = (), basis: Basis | None = None, **facts: Any
    ) -> None:
        self.path = path
        self.basis = basis
        self.facts = facts
        super().__init__(f"{self.code} {facts}" if facts else self.code)


class Unauthenticated(ZhibuError):
    """Nobody is signed in, or the credential has ended."""

    code = "unauthenticated"


class Forbidden(ZhibuError):
    """The actor may know of the thing, but not do this to it. Facts: `action`."""

    code = "forbidden"


class NotFound(ZhibuError):
    """Also raised for what the actor may not see: absence and denial look the same."""

    code = "not_found"


class PluginDisabled(ZhibuError):
    """The plugin is switched off at this organization. Facts: `plugin`."""

    code = "plugin_disabled"


class Invalid(ZhibuError):
    """The input cannot be accepted as it stands. `path` names the argument."""

    code = "invalid"


class Conflict(ZhibuError):
    """The input is well-formed but contradicts what is recorded, or what a rule allows."""

    code = "conflict"


class Unavailable(ZhibuError):
    """The tenant's home cannot be reached now; the same request may succeed later."""

    code = "unavailable"


class PluginError(ZhibuError):
    """A plugin breaks the contract. Raised at start-up, never during a request."""

    code = "plugin"


class Refused(Exception):
    """Several refusals found in one pass; nothing was written."""

    def __init__(self, errors: Iterable[Invalid | Conflict]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(str(error) for error in self.errors))


def refuse(errors: Iterable[Invalid | Conflict]) -> None:
    """Raise every refusal at once, or return when there is none."""
    if found := tuple(errors):
        raise Refused(found)
