"""`POST /graphql`: one document in, one answer out, by the fast road where there is one.

This speaks ASGI itself: the request and response objects of the framework took a fifth of the
processor time of a small query.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from zhibu.errors import Unauthenticated, Unavailable, ZhibuError
from zhibu.graph.answering import Answer
from zhibu.graph.context import Context, Visit
from zhibu.graph.errors import (
    BodyTooLarge,
    BodyTooSlow,
    BodyUnreadable,
    ContentTypeRefused,
    QueryTooExpensive,
    Speaker,
    code_of,
    entry_of,
)
from zhibu.graph.values import holds_nul
from zhibu.graph.visiting import Headers, credential_of, first_of_each, media_type_of, visit_of
from zhibu.platform import Platform

JSON = b"application/json"
ACCEPTED = (JSON, b"application/graphql+json")
BODY_WITHIN = 30.0  # seconds; who sends slower keeps a place that others need
RETRY_AFTER = b"2"  # seconds

STATUSES: tuple[tuple[type[ZhibuError], int], ...] = (
    (Unauthenticated, 401),
    (BodyTooLarge, 413),
    (BodyTooSlow, 408),
    (ContentTypeRefused, 415),
    (Unavailable, 503),
    (QueryTooExpensive, 400),
)


class Endpoint:
    """The ASGI application behind `/graphql`."""

    def __init__(self, platform: Platform | None = None) -> None:
        self._platform = platform

    @property
    def platform(self) -> Platform:
        assert self._platform is not None, "the server has not started"
        return self._platform

    @platform.setter
    def platform(self, platform: Platform) -> None:
        self._platform = platform

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        platform, headers = self.platform, first_of_each(scope["headers"])
        visit = visit_of(platform, scope, headers)
        try:
            status, body = await _answer(platform, visit, headers, receive)
        except ClientDisconnect:
            return
        said = [
            (b"content-type", JSON),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            (b"x-request-id", visit.request_id.encode()),
        ]
        if status == 503:
            said.append((b"retry-after", RETRY_AFTER))
        await send({"type": "http.response.start", "status": status, "headers": said})
        await send({"type": "http.response.body", "body": body})


async def _answer(platform: Platform, visit: Visit, headers: Headers, receive: Receive) -> Answer:
    speaker: Context | Visit = visit
    try:
        asked = await _asked(headers, receive, platform.settings.max_body)
        if (credential := credential_of(headers)) is not None:
            speaker = await platform.context(credential, visit)
        return await platform.answering(speaker).respond(speaker, asked)
    except ClientDisconnect:
        raise
    except Exception as error:
        return status_of(error), failure(error, speaker)


def status_of(error: Exception) -> int:
    """The HTTP status of a request that failed as a whole."""
    if not isinstance(error, ZhibuError):
        return 500
    found = next((status for family, status in STATUSES if isinstance(error, family)), None)
    return found or (500 if code_of(error) == "INTERNAL" else 400)


def failure(error: Exception, speaker: Speaker) -> bytes:
    """The answer to a request that failed as a whole."""
    return orjson.dumps({"data": None, "errors": [entry_of(error, speaker)]})


async def _asked(headers: Headers, receive: Receive, limit: int) -> Mapping[str, Any]:
    """The request's JSON object. Raises one of the errors of bodies."""
    if media_type_of(headers) not in ACCEPTED:
        raise ContentTypeRefused()
    try:
        async with asyncio.timeout(BODY_WITHIN):
            body = await _body(receive, limit)
        asked = orjson.loads(body)
    except TimeoutError as error:
        raise BodyTooSlow(seconds=BODY_WITHIN) from error
    except orjson.JSONDecodeError as error:
        raise BodyUnreadable(fault=str(error)) from error
    if not isinstance(asked, dict) or not isinstance(asked.get("query"), str):
        raise BodyUnreadable(fault="an object with a `query` is expected")
    if not isinstance(asked.get("variables") or {}, dict):
        raise BodyUnreadable(fault="`variables` must be an object")
    if not isinstance(asked.get("operationName") or "", str):
        raise BodyUnreadable(fault="`operationName` must be a string")
    if b"\\u0000" in body and holds_nul(asked.get("variables")):
        raise BodyUnreadable(fault="U+0000 stands in a variable")
    return asked


async def _body(receive: Receive, limit: int) -> bytes:
    """The whole body. Raises `BodyTooLarge` as soon as it is, and `ClientDisconnect`."""
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect()
        part = message.get("body", b"")
        size += len(part)
        if size > limit:
            raise BodyTooLarge(limit=limit)
        parts.append(part)
        more = message.get("more_body", False)
    return parts[0] if len(parts) == 1 else b"".join(parts)
