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
    StreamNeeded,
    TooManyStreams,
    code_of,
    failure,
)
from zhibu.graph.events import (
    COMPLETE,
    EVENTS,
    next_event,
    send_events,
    takes_events,
    takes_only_events,
)
from zhibu.graph.requests import request_of
from zhibu.graph.streaming import stream
from zhibu.graph.visiting import Headers, credential_of, first_of_each, media_type_of, visit_of
from zhibu.platform import Platform

JSON = b"application/json"
ACCEPTED = (JSON, b"application/graphql+json")
BODY_WITHIN = 30.0  # seconds; who sends slower keeps a place that others need
RETRY_AFTER = b"2"  # seconds
SENT: Answer = (0, b"")

STATUSES: tuple[tuple[type[ZhibuError], int], ...] = (
    (Unauthenticated, 401),
    (StreamNeeded, 406),
    (TooManyStreams, 429),
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
            status, body = await self._answer(visit, headers, receive, send)
        except ClientDisconnect:
            return
        if not status:
            return  # it was sent as events
        kind = JSON
        if takes_only_events(headers) and status == 200:
            kind, body = EVENTS, next_event(body) + COMPLETE
        said = [
            (b"content-type", kind),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            (b"x-request-id", visit.request_id.encode()),
        ]
        if status in (429, 503):
            said.append((b"retry-after", RETRY_AFTER))
        await send({"type": "http.response.start", "status": status, "headers": said})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, visit: Visit, headers: Headers, receive: Receive, send: Send) -> Answer:
        """The answer, or `SENT` once a subscription has ended."""
        platform = self.platform
        speaker: Context | Visit = visit
        try:
            asked = await _asked(headers, receive, platform.settings.max_body)
            if (credential := credential_of(headers)) is not None:
                speaker = await platform.context(credential, visit)
            try:
                return await platform.answering(speaker).respond(speaker, asked)
            except StreamNeeded:
                if credential is None:
                    raise Unauthenticated() from None
                if not takes_events(headers):
                    raise
            answers = stream(platform, credential, visit, asked)
            first = await anext(answers) or b""
        except ClientDisconnect:
            raise
        except Exception as error:
            return status_of(error), failure(error, speaker)
        within = platform.streams.pace.send
        await send_events(first, answers, speaker, receive, send, within=within)
        return SENT


def status_of(error: Exception) -> int:
    """The HTTP status of a request that failed as a whole."""
    if not isinstance(error, ZhibuError):
        return 500
    found = next((status for family, status in STATUSES if isinstance(error, family)), None)
    return found or (500 if code_of(error) == "INTERNAL" else 400)


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
    return request_of(asked, escaped=b"\\u0000" in body)


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
