"""How an error leaves the house: a code, a localized text, a request id, and nothing else."""

import logging
from typing import Any, Protocol

from graphql import GraphQLError

from zhibu.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    PluginDisabled,
    Refused,
    Unauthenticated,
    Unavailable,
    ZhibuError,
)

logger = logging.getLogger("zhibu.graph")

FAMILIES: tuple[tuple[type[ZhibuError], str], ...] = (
    (Unauthenticated, "UNAUTHENTICATED"),
    (Forbidden, "FORBIDDEN"),
    (NotFound, "NOT_FOUND"),
    (PluginDisabled, "PLUGIN_DISABLED"),
    (Invalid, "BAD_USER_INPUT"),
    (Conflict, "CONFLICT"),
    (Unavailable, "TENANT_UNAVAILABLE"),
)
CODES = frozenset(code for _, code in FAMILIES) | {
    "QUERY_TOO_EXPENSIVE",
    "RATE_LIMITED",
    "INTERNAL",
}


class Speaker(Protocol):
    """Whoever knows the caller's language and this request's id."""

    @property
    def request_id(self) -> str: ...

    def text_of(self, error: ZhibuError) -> str: ...


class QueryTooExpensive(ZhibuError):
    """The document asks for more than one request may. Facts: `measure`, `found`, `limit`."""

    code = "core.query_too_expensive"


class InternalError(ZhibuError):
    """A bug. Facts: `request`, the reference number under which it was logged whole."""

    code = "core.internal"


def code_of(error: ZhibuError) -> str:
    """The wire code of the family an error belongs to."""
    if isinstance(error, QueryTooExpensive):
        return "QUERY_TOO_EXPENSIVE"
    return next((code for family, code in FAMILIES if isinstance(error, family)), "INTERNAL")


def formatted(error: GraphQLError, speaker: Speaker) -> dict[str, Any]:
    """One entry of `errors`. What is not a `ZhibuError` nor a fault of the document is masked."""
    original = error.original_error
    if isinstance(original, Refused):
        original = original.errors[0]
    if original is None or isinstance(original, GraphQLError):
        extensions = {"code": "BAD_USER_INPUT"}
        message = error.message
    elif isinstance(original, ZhibuError):
        extensions = extensions_of(original)
        message = speaker.text_of(original)
    else:
        logger.error("request %s failed", speaker.request_id, exc_info=original)
        extensions = {"code": "INTERNAL"}
        message = speaker.text_of(InternalError(request=speaker.request_id))
    entry: dict[str, Any] = {
        "message": message,
        "extensions": {**extensions, "requestId": speaker.request_id},
    }
    if error.locations and original is None:
        entry["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path:
        entry["path"] = list(error.path)
    return entry


def extensions_of(error: ZhibuError) -> dict[str, Any]:
    """`code` of the family, `error` the exact name, and the basis when a rule decided."""
    found: dict[str, Any] = {"code": code_of(error), "error": error.code}
    if error.path:
        found["argument"] = list(error.path)
    if error.basis:
        found["basis"] = str(error.basis)
    return found
