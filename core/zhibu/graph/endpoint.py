"""`POST /graphql`: one document in, one answer out, by the fast road where there is one.

This speaks ASGI itself: the request and response objects of the framework took a fifth of the
processor time of a small query.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import orjson
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from zhibu.errors import Unauthenticated, Unavailable, ZhibuError
from zhibu.graph.admission import Crowd
from zhibu.graph.context import Context, Visit
from zhibu.graph.cookies import COOKIE, Cookies
from zhibu.graph.errors import (
    BodyTooLarge,
    BodyTooSlow,
    BodyUnreadable,
    ContentTypeRefused,
    DocumentNotTrusted,
    DocumentUnknown,
    OriginRefused,
    QueryTooExpensive,
    RateLimited,
    Speaker,
    StreamNeeded,
    TooManyStreams,
    code_of,
    failure,
)
from zhibu.graph.events import (
    COMPLETE,
    EVENTS,
    Events,
    next_event,
    takes_events,
    takes_only_events,
)
from zhibu.graph.requests import request_of
from zhibu.graph.streaming import stream
from zhibu.graph.visiting import (
    Headers,
    credential_of,
    first_of_each,
    media_type_of,
    same_origin,
    visit_of,
)
from zhibu.logs.about import About, begin, request_id
from zhibu.platform import Platform
from zhibu.timeouts import Timeouts
from zhibu.web.guards import guarded
from zhibu.web.whole import lines, whole

JSON = b"application/json"
ACCEPTED = (JSON, b"application/graphql+json")
BODY_WITHIN = 30.0  # seconds; who sends slower keeps a place that others need
RETRY = ((b"retry-after", b"2"),)  # seconds

GONE = 499  # nobody waits for an answer any more

Observer = Callable[[About], None]  # is told of each request once it has been answered
Reply = tuple[int, bytes, Iterable[tuple[bytes, bytes]]]

STATUSES: tuple[tuple[type[ZhibuError], int], ...] = (
    (Unauthenticated, 401),
    (OriginRefused, 403),
    (DocumentNotTrusted, 403),
    (DocumentUnknown, 400),
    (RateLimited, 429),
    (StreamNeeded, 406),
    (TooManyStreams, 429),
    (BodyTooLarge, 413),
    (BodyTooSlow, 408),
    (ContentTypeRefused, 415),
    (Unavailable, 503),
    (QueryTooExpensive, 400),
)


class Endpoint:
    """The ASGI application behind `/graphql`. `guards` are headers of every answer.

    `observers` are told of each request; `traced` has its parts timed for them.
    """

    platform: Platform

    def __init__(
        self,
        crowd: Crowd,
        guards: Iterable[tuple[bytes, bytes]] = (),
        observers: Sequence[Observer] = (),
        *,
        traced: bool = False,
    ) -> None:
        self.crowd = crowd
        self.guards = tuple(guards)
        self.observers = observers
        self.traced = traced
        self._guards = lines(self.guards)
        self._timeouts = Timeouts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = first_of_each(scope["headers"])
        about = About(request_id(headers))
        if self.traced:
            about.spans, about.parent = [], headers.get(b"traceparent")
        begin(about)
        try:
            await self._reply(about, headers, scope, receive, send)
        finally:
            for observe in self.observers:
                observe(about)

    async def _reply(
        self, about: About, headers: Headers, scope: Scope, receive: Receive, send: Send
    ) -> None:
        visit = visit_of(self.platform, scope, headers)
        exchange = whole(scope)
        body = None if exchange is None else exchange.arrived()
        try:
            with self.crowd:
                reply = await self._answer(visit, headers, receive, body)
        except ClientDisconnect:
            about.status = GONE
            return
        if isinstance(reply, Events):
            about.status = 200
            within = self.platform.streams.pace.send
            await reply.send(receive, guarded(send, self.guards), within=within)
            return
        status, body, more = reply
        about.status = status
        kind = JSON
        if takes_only_events(headers) and status == 200:
            kind, body = EVENTS, next_event(body) + COMPLETE
        said = ((b"content-type", kind), (b"x-request-id", visit.request_id.encode()), *more)
        if exchange is not None:
            await exchange.answer(status, lines(said) + self._guards, body)
            return
        head = [*said, *self.guards, (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": status, "headers": head})
        await send({"type": "http.response.body", "body": body})

    async def _answer(
        self, visit: Visit, headers: Headers, receive: Receive, body: bytes | None
    ) -> Reply | Events:
        """`body` is None where it is still to be received."""
        platform, settings = self.platform, self.platform.settings
        speaker: Context | Visit = visit
        credential = credential_of(headers, secure=settings.secure_cookies)
        try:
            if not same_origin(headers, settings.origins):
                raise OriginRefused(origin=headers[b"origin"].decode("latin-1"))
            asked = await self._asked(headers, receive, body)
            door = platform.visitors if credential is None else platform.door
            async with door.turn(settings.answer_within):
                if credential is not None:
                    speaker = await platform.context(credential, visit)
                platform.trusted.require(speaker, asked)
                try:
                    status, body = await platform.answering(speaker).respond(speaker, asked)
                    return status, body, self._more(status, speaker, headers)
                except StreamNeeded:
                    if credential is None:
                        raise Unauthenticated() from None
                    if not takes_events(headers):
                        raise
            answers = stream(platform, credential, visit, asked)
            first = await anext(answers)
            return Events(first or b"", answers, speaker)
        except ClientDisconnect:
            raise
        except Exception as error:
            return refusal(error, speaker)

    def _more(
        self, status: int, speaker: Context | Visit, headers: Headers
    ) -> Iterable[tuple[bytes, bytes]]:
        """Headers that some answers have: when to come again, and a session's new cookie."""
        if status == 503:
            return RETRY
        renewed = speaker.renewed if isinstance(speaker, Context) else None
        if renewed is None or b"authorization" in headers:
            return ()
        text, until = renewed
        cookies = Cookies(self.platform.settings)
        return (cookies.header(COOKIE, text, until - speaker.now),)

    async def _asked(
        self, headers: Headers, receive: Receive, body: bytes | None
    ) -> Mapping[str, Any]:
        """The request's JSON object. Raises one of the errors of bodies."""
        if media_type_of(headers) not in ACCEPTED:
            raise ContentTypeRefused()
        limit = self.platform.settings.max_body
        try:
            if body is None:
                with self._timeouts.within(BODY_WITHIN):
                    body = await _body(receive, limit)
            elif len(body) > limit:
                raise BodyTooLarge(limit=limit)
            asked = orjson.loads(body)
        except TimeoutError as error:
            raise BodyTooSlow(seconds=BODY_WITHIN) from error
        except orjson.JSONDecodeError as error:
            raise BodyUnreadable(fault=str(error)) from error
        return request_of(asked, self.platform.trusted, escaped=b"\\u0000" in body)


def refusal(error: Exception, speaker: Speaker) -> Reply:
    """The reply to a request that failed as a whole."""
    status = status_of(error)
    more: Iterable[tuple[bytes, bytes]] = ()
    if isinstance(error, RateLimited):
        more = ((b"retry-after", b"%d" % error.facts["seconds"]),)
    elif status in (429, 503):
        more = RETRY
    return status, failure(error, speaker), more


def status_of(error: Exception) -> int:
    """The HTTP status of a request that failed as a whole."""
    if not isinstance(error, ZhibuError):
        return 500
    found = next((status for family, status in STATUSES if isinstance(error, family)), None)
    return found or (500 if code_of(error) == "INTERNAL" else 400)


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
