"""`POST /graphql`: one document in, one answer out, by the fast road where there is one."""

import secrets
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from zhibu.errors import Invalid, Unauthenticated, ZhibuError
from zhibu.graph.context import Context, Visit
from zhibu.graph.errors import InternalError, extensions_of, logger
from zhibu.platform import Platform

COOKIE = "zhibu_session"
JSON = "application/json"


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
        request = Request(scope, receive)
        request_id = secrets.token_hex(8)
        try:
            response = await self._answer(request, request_id)
        except ClientDisconnect:
            return
        response.headers["x-request-id"] = request_id
        await response(scope, receive, send)

    async def _answer(self, request: Request, request_id: str) -> Response:
        speaker: Context | Visit = Visit(
            platform=self.platform,
            now=self.platform.clock(),
            request_id=request_id,
            wanted=_language(self.platform, request),
            address=request.client.host if request.client else None,
        )
        try:
            asked = await self._asked(request)
            if (credential := credential_of(request)) is not None:
                speaker = await self.platform.context(credential, speaker)
            body = await self.platform.answering(speaker).answer(speaker, asked)
        except ZhibuError as error:
            return _failed(error, speaker)
        except Exception as error:
            logger.error("request %s failed", request_id, exc_info=error)
            return _failed(InternalError(request=request_id), speaker)
        return Response(body, media_type=JSON)

    async def _asked(self, request: Request) -> Mapping[str, Any]:
        """The request's JSON object. Raises one of the errors above."""
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in (JSON, "application/graphql+json"):
            raise ContentTypeRefused()
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > self.platform.settings.max_body:
                raise BodyTooLarge(limit=self.platform.settings.max_body)
        try:
            asked = orjson.loads(bytes(body))
        except orjson.JSONDecodeError as error:
            raise BodyUnreadable(fault=str(error)) from error
        if not isinstance(asked, dict) or not isinstance(asked.get("query"), str):
            raise BodyUnreadable(fault="an object with a `query` is expected")
        if not isinstance(asked.get("variables") or {}, dict):
            raise BodyUnreadable(fault="`variables` must be an object")
        if not isinstance(asked.get("operationName") or "", str):
            raise BodyUnreadable(fault="`operationName` must be a string")
        return asked


def credential_of(request: Request) -> str | None:
    """The credential a request carries: a bearer token, or the session's cookie."""
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and secret:
        return secret.strip()
    return request.cookies.get(COOKIE)


def _language(platform: Platform, request: Request) -> str | None:
    """The language the request asks for; None leaves it to the account and the tenant."""
    accepted = request.headers.get("accept-language")
    return platform.texts.negotiate(accepted) if accepted else None


def _failed(error: ZhibuError, speaker: Context | Visit) -> Response:
    status = 401 if isinstance(error, Unauthenticated) else 400
    if isinstance(error, BodyTooLarge):
        status = 413
    elif isinstance(error, InternalError):
        status = 500
    entry = {
        "message": speaker.text_of(error),
        "extensions": {**extensions_of(error), "requestId": speaker.request_id},
    }
    return Response(
        orjson.dumps({"data": None, "errors": [entry]}), status_code=status, media_type=JSON
    )
