"""`POST /graphql`: one document in, one answer out, by the fast road where there is one.

This speaks ASGI itself: the request and response objects of the framework took a fifth of the
processor time of a small query.
"""

import os
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, cookie_parser
from starlette.types import Receive, Scope, Send

from zhibu.errors import Invalid, Unauthenticated, ZhibuError
from zhibu.graph.context import Context, Visit
from zhibu.graph.errors import InternalError, extensions_of, logger
from zhibu.platform import Platform

COOKIE = "zhibu_session"
JSON = b"application/json"
ACCEPTED = (JSON, b"application/graphql+json")

Headers = Mapping[bytes, bytes]
Answer = tuple[int, bytes]


class BodyTooLarge(Invalid):
    """The request's body is larger than the limit. Facts: `limit` in bytes."""

    code = "core.body_too_large"


class BodyUnreadable(Invalid):
    """The body is not one JSON object with a `query`. Facts: `fault`."""

    code = "core.body_unreadable"


class ContentTypeRefused(Invalid):
    """Only `application/json` is taken: a form of another site cannot send it unasked."""

    code = "core.content_type_refused"


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
        request_id = os.urandom(8).hex()
        try:
            status, body = await self._answer(scope, receive, request_id)
        except ClientDisconnect:
            return
        headers = [
            (b"content-type", JSON),
            (b"content-length", b"%d" % len(body)),
            (b"x-request-id", request_id.encode()),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Scope, receive: Receive, request_id: str) -> Answer:
        platform, headers = self.platform, first_of_each(scope["headers"])
        visit = Visit(
            platform=platform,
            now=platform.clock(),
            request_id=request_id,
            wanted=_language(platform, headers),
            address=scope["client"][0] if scope.get("client") else None,
        )
        speaker: Context | Visit = visit
        try:
            asked = await _asked(headers, receive, platform.settings.max_body)
            if (credential := credential_of(headers)) is not None:
                speaker = await platform.context(credential, visit)
            return 200, await platform.answering(speaker).answer(speaker, asked)
        except ZhibuError as error:
            return _failed(error, speaker)
        except ClientDisconnect:
            raise
        except Exception as error:
            logger.error("request %s failed", request_id, exc_info=error)
            return _failed(InternalError(request=request_id), speaker)


def first_of_each(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Headers by name. Of several with one name the first counts; cookies are joined."""
    found: dict[bytes, bytes] = {}
    for name, value in headers:
        if name not in found:
            found[name] = value
        elif name == b"cookie":
            found[name] += b"; " + value
    return found


def credential_of(headers: Headers) -> str | None:
    """The credential a request carries: a bearer token, or the session's cookie."""
    kind, _, secret = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    if secret and kind.lower() == "bearer":
        return secret.strip()
    if b"cookie" not in headers:
        return None
    return cookie_parser(headers[b"cookie"].decode("latin-1")).get(COOKIE)


async def _asked(headers: Headers, receive: Receive, limit: int) -> Mapping[str, Any]:
    """The request's JSON object. Raises one of the errors above."""
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if kind not in ACCEPTED:
        raise ContentTypeRefused()
    try:
        asked = orjson.loads(await _body(receive, limit))
    except orjson.JSONDecodeError as error:
        raise BodyUnreadable(fault=str(error)) from error
    if not isinstance(asked, dict) or not isinstance(asked.get("query"), str):
        raise BodyUnreadable(fault="an object with a `query` is expected")
    if not isinstance(asked.get("variables") or {}, dict):
        raise BodyUnreadable(fault="`variables` must be an object")
    if not isinstance(asked.get("operationName") or "", str):
        raise BodyUnreadable(fault="`operationName` must be a string")
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


def _language(platform: Platform, headers: Headers) -> str | None:
    """The language the request asks for; None leaves it to the account and the tenant."""
    accepted = headers.get(b"accept-language")
    return platform.texts.negotiate(accepted.decode("latin-1")) if accepted else None


def _failed(error: ZhibuError, speaker: Context | Visit) -> Answer:
    status = 401 if isinstance(error, Unauthenticated) else 400
    if isinstance(error, BodyTooLarge):
        status = 413
    elif isinstance(error, InternalError):
        status = 500
    entry = {
        "message": speaker.text_of(error),
        "extensions": {**extensions_of(error), "requestId": speaker.request_id},
    }
    return status, orjson.dumps({"data": None, "errors": [entry]})
