"""Subscriptions as a test sees them: events over HTTP, messages in a socket, without a server."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from starlette.types import ASGIApp, Message

WITHIN = 20.0  # seconds after which a test that waits in vain fails


class Refused(Exception):
    """The subscription did not begin: what was answered instead of a stream."""

    def __init__(self, status: int, answer: dict[str, Any]) -> None:
        self.status = status
        self.answer = answer
        super().__init__(f"{status} {answer}")


@asynccontextmanager
async def events_of(
    app: ASGIApp, asked: Mapping[str, Any], headers: Mapping[str, str]
) -> AsyncIterator[AsyncGenerator[dict[str, Any], None]]:
    """The answers that come over SSE until the stream ends. Raises `Refused` where none begins."""
    given = {"content-type": "application/json", "accept": "text/event-stream", **headers}
    async with _running(app, "http", given, json.dumps(asked).encode()) as (sent, _):
        start = await _next(sent)
        if dict(start["headers"])[b"content-type"].startswith(b"application/json"):
            raise Refused(start["status"], json.loads((await _next(sent))["body"]))
        yield _answers(sent)


async def _answers(sent: "asyncio.Queue[Message]") -> AsyncGenerator[dict[str, Any], None]:
    text, more = "", True
    while more:
        message = await _next(sent)
        text, more = text + message["body"].decode(), message.get("more_body", False)
        assert "\r" not in text
        while "\n\n" in text:
            event, _, text = text.partition("\n\n")
            kind, _, data = event.partition("\ndata:")
            if kind == "event: next":
                yield json.loads(data)
    assert not text


class Socket:
    """The client's end of a WebSocket."""

    def __init__(self, sent: "asyncio.Queue[Message]", given: "asyncio.Queue[Message]") -> None:
        self._sent = sent
        self._given = given

    async def send(self, message: Any) -> None:
        """Send an object as JSON, or a text or bytes as they are."""
        kind = "bytes" if isinstance(message, bytes) else "text"
        content = message if isinstance(message, bytes | str) else json.dumps(message)
        await self._given.put({"type": "websocket.receive", kind: content})

    async def receive(self) -> dict[str, Any]:
        """The next message; once the socket is closed, `{"closed": code}`."""
        message = await _next(self._sent)
        if message["type"] == "websocket.close":
            return {"closed": message["code"]}
        found: dict[str, Any] = json.loads(message["text"])
        return found

    async def begin(self, credential: str) -> None:
        """Say who one is."""
        payload = {"Authorization": f"Bearer {credential}"}
        await self.send({"type": "connection_init", "payload": payload})
        assert await self.receive() == {"type": "connection_ack"}

    async def subscribe(self, key: str, document: str, **variables: Any) -> None:
        """Ask under the key by which its answers will be known."""
        payload = {"query": document, "variables": variables}
        await self.send({"id": key, "type": "subscribe", "payload": payload})


@asynccontextmanager
async def socket_to(app: ASGIApp, headers: Mapping[str, str]) -> AsyncIterator[Socket]:
    """An accepted socket; one that is turned away answers `{"closed": …}` first."""
    protocols = headers.get("sec-websocket-protocol", "graphql-transport-ws")
    async with _running(app, "websocket", headers, subprotocols=protocols.split(", ")) as ends:
        sent, given = ends
        first = await _next(sent)
        if first["type"] != "websocket.accept":
            sent.put_nowait(first)
        yield Socket(sent, given)


@asynccontextmanager
async def _running(
    app: ASGIApp, kind: str, headers: Mapping[str, str], body: bytes = b"", **more: Any
) -> AsyncIterator[tuple["asyncio.Queue[Message]", "asyncio.Queue[Message]"]]:
    """The application over one connection: what it sent, and where to put what it receives."""
    sent: asyncio.Queue[Message] = asyncio.Queue()
    given: asyncio.Queue[Message] = asyncio.Queue()
    given.put_nowait(
        {"type": "http.request", "body": body} if kind == "http" else {"type": "websocket.connect"}
    )
    scope = {
        "type": kind,
        "method": "POST",
        "path": "/graphql",
        "query_string": b"",
        "client": ("127.0.0.1", 1),
        "headers": [
            (name.encode(), value.encode()) for name, value in {"host": "zhibu", **headers}.items()
        ],
        **more,
    }
    serving = asyncio.create_task(_served(app, scope, given, sent))
    try:
        yield sent, given
    finally:
        await given.put({"type": f"{kind}.disconnect", "code": 1001})
        async with asyncio.timeout(WITHIN):
            await serving


async def _served(
    app: ASGIApp,
    scope: dict[str, Any],
    given: "asyncio.Queue[Message]",
    sent: "asyncio.Queue[Message]",
) -> None:
    await app(scope, given.get, sent.put)


async def _next(sent: "asyncio.Queue[Message]") -> Message:
    async with asyncio.timeout(WITHIN):
        return await sent.get()
