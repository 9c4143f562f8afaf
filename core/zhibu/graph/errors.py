"""How an error leaves the house: a code, a localized text, a request id, and nothing else."""

from typing import Any, Protocol

import orjson
from graphql import GraphQLError
from strawberry.utils.str_converters import to_camel_case

from zhibu.accounts.errors import SignInLocked
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
from zhibu.graph.wording import worded
from zhibu.logs import logger
from zhibu.logs.about import ended_as

log = logger("zhibu.graph")


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


class BodyTooLarge(Invalid):
    """The request's body is larger than the limit. Facts: `limit` in bytes."""

    code = "core.body_too_large"


class BodyTooSlow(Invalid):
    """The body did not arrive in time. Facts: `seconds`."""

    code = "core.body_too_slow"


class BodyUnreadable(Invalid):
    """The body is not one JSON object with a `query`. Facts: `fault`."""

    code = "core.body_unreadable"


class DocumentUnknown(ZhibuError):
    """Nobody registered a document of this id."""

    code = "core.document_unknown"


class DocumentNotTrusted(Forbidden):
    """Here documents are asked for that were registered, and by their id."""

    code = "core.document_not_trusted"


class ContentTypeRefused(Invalid):
    """Only `application/json` is taken: a form of another site cannot send it unasked."""

    code = "core.content_type_refused"


class ValueUnreadable(Invalid):
    """A value in the document, or a variable, is beyond what can be read: a number of a page."""

    code = "core.value_unreadable"


class IntrospectionNeedsSignIn(Unauthenticated):
    """What the schema looks like is shown to those who are signed in."""

    code = "core.introspection_needs_sign_in"


class StreamNeeded(Invalid):
    """A subscription was posted by somebody who does not take a stream of events."""

    code = "core.stream_needed"


class SubscriptionOnly(Invalid):
    """Queries and mutations are posted; a socket carries subscriptions."""

    code = "core.subscription_only"


class RateLimited(ZhibuError):
    """As much was asked of late as may be. Facts: `seconds` after which there is room for it.

    `requested` is what it costs, `remaining` what there was room for, `restore_rate` how much
    room a second brings.
    """

    code = "core.rate_limited"


class Overloaded(Unavailable):
    """More is asked than can be served; nothing was begun."""

    code = "core.overloaded"


class AnswerTooSlow(Unavailable):
    """The whole request took longer than one may. Facts: `seconds`."""

    code = "core.answer_too_slow"


class OriginRefused(Forbidden):
    """A page of another site asked. Facts: `origin`."""

    code = "core.origin_refused"


class TooManyStreams(ZhibuError):
    """One credential, or the whole process, watches as much as it may. Facts: `limit`."""

    code = "core.too_many_streams"


class IdempotencyKeyInvalid(Invalid):
    """A key is some text of limited length. Facts: `maximum`."""

    code = "core.idempotency_key_invalid"


FAMILIES: tuple[tuple[type[ZhibuError], str], ...] = (
    (SignInLocked, "RATE_LIMITED"),
    (TooManyStreams, "RATE_LIMITED"),
    (RateLimited, "RATE_LIMITED"),
    (DocumentUnknown, "PERSISTED_QUERY_NOT_FOUND"),
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
    "INTERNAL",
}


def code_of(error: ZhibuError) -> str:
    """The wire code of the family an error belongs to."""
    if isinstance(error, QueryTooExpensive):
        return "QUERY_TOO_EXPENSIVE"
    return next((code for family, code in FAMILIES if isinstance(error, family)), "INTERNAL")


def formatted(error: GraphQLError, speaker: Speaker) -> dict[str, Any]:
    """One entry of `errors`. What is not a `ZhibuError` nor a fault of the document is masked."""
    original = error.original_error
    if original is None or isinstance(original, GraphQLError):
        entry = entry_of(worded(error), speaker)
        if error.locations:
            places = [{"line": at.line, "column": at.column} for at in error.locations]
            entry["locations"] = places
    else:
        entry = entry_of(original, speaker)
    if error.path:
        entry["path"] = list(error.path)
    return entry


def entry_of(error: Exception, speaker: Speaker) -> dict[str, Any]:
    """The error as an entry of `errors`; one that nobody foresaw is logged whole and masked."""
    if isinstance(error, Refused):
        error = error.errors[0]
    ended_as(code_of(error) if isinstance(error, ZhibuError) else "INTERNAL")
    if not isinstance(error, ZhibuError) or code_of(error) == "INTERNAL":
        log.error("a request failed", request=speaker.request_id, exc_info=error)
        error = InternalError(request=speaker.request_id)
    return {
        "message": speaker.text_of(error),
        "extensions": {**extensions_of(error), "requestId": speaker.request_id},
    }


def failure(error: Exception, speaker: Speaker) -> bytes:
    """The answer to a request that failed as a whole."""
    return orjson.dumps({"data": None, "errors": [entry_of(error, speaker)]})


def extensions_of(error: ZhibuError) -> dict[str, Any]:
    """`code` of the family, `error` the exact name, and the basis when a rule decided."""
    found: dict[str, Any] = {"code": code_of(error), "error": error.code}
    if error.path:
        found["argument"] = argument_of(error)
    if error.basis:
        found["basis"] = str(error.basis)
    if isinstance(error, RateLimited):
        facts = error.facts
        found["cost"] = {
            "requested": facts["requested"],
            "remaining": facts["remaining"],
            "restoreRate": facts["restore_rate"],
        }
    return found


def argument_of(error: ZhibuError) -> list[str]:
    """The argument that an error is about, as clients spell it."""
    return [to_camel_case(word) for word in error.path]
