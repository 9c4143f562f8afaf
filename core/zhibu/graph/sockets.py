"""Subscriptions over WebSocket, by the protocol `graphql-transport-ws` and no other.

A socket carries subscriptions only: what is asked once is posted, where its limits are.
"""

import asyncio
from collections.abc import AsyncGenerator, Coroutine, Mapping
from contextlib import aclosing, suppress
from dataclasses import replace
from typing import Any

import orjson
from starlette.types import Message, Receive, Scope, Send

from zhibu.errors import Unauthenticated, Unavailable, ZhibuError
from zhibu.graph.context import Context, Visit
from zhibu.graph.errors import TooManyStreams, entry_of
from zhibu.graph.requests import request_of
from zhibu.graph.streaming import Leaving, stream
from zhibu.graph.visiting import bearer, credential_of, first_of_each, same_origin, visit_of
from zhibu.platform import Platform

PROTOCOL = "graphql-transport-ws"
LARGEST = 64 * 1024  # bytes of a frame
MOST = 20  # subscriptions of one socket
LONGEST_ID = 100

TOO_LARGE, INTERNAL, RESTARTING, AGAIN = 1009, 1011, 1012, 1013
BAD, UNAUTHORIZED, FORBIDDEN = 4400, 4401, 4403
NO_PROTOCOL, LATE, TAKEN, TWICE = 4406, 4408, 4409, 4429


class Closed(Exception):
    """The socket is to be closed with this code."""

    def __init__(self, code: int, reason: str) -> None:
        self.code = code
        self.reason = reason
        super().__init__(reason)


class Sockets:
    """The ASGI application behind WebSockets to `/graphql`. `platform` is set at the start."""

    platform: Platform

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()  # websocket.connect
        headers = first_of_each(scope["headers"])
        if not same_origin(headers, self.platform.settings.origins):
            await send({"type": "websocket.close", "code": FORBIDDEN})  # HTTP 403
            return
        chosen = PROTOCOL if PROTOCOL in scope["subprotocols"] else None
        await send({"type": "websocket.accept", "subprotocol": chosen})
        visit = visit_of(self.platform, scope, headers)
        credential = credential_of(headers, secure=self.platform.settings.secure_cookies)
        socket = _Socket(self.platform, visit, credential, receive, send)
        if chosen is None:
            await socket.close(Closed(NO_PROTOCOL, "Subprotocol not acceptable"))
        else:
            await socket.run()


class _Socket:
    """One connection: who it is, and its subscriptions by the id that the client gave them."""

    def __init__(
        self,
        platform: Platform,
        visit: Visit,
        credential: str | None,
        receive: Receive,
        send: Send,
    ) -> None:
        self._platform = platform
        self._pace = platform.streams.pace
        self._visit = visit
        self._speaker: Context | Visit = visit
        self._credential = credential
        self._receive = receive
        self._send_message = send
        self._sending = asyncio.Lock()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._closed: asyncio.Future[Closed | None] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        """Serve until the client goes, breaks the protocol, or its credential ends."""
        working = [asyncio.create_task(self._ending(self._listen()))]
        try:
            working.append(asyncio.create_task(self._ending(self._guard())))
            closed = await self._closed
        finally:
            working += self._running.values()
            for task in working:
                task.cancel()
            await asyncio.gather(*working, return_exceptions=True)
        if closed is not None:
            await self.close(closed)

    async def close(self, closed: Closed) -> None:
        with suppress(OSError):
            await self._send_message(
                {"type": "websocket.close", "code": closed.code, "reason": closed.reason}
            )

    async def _ending(self, work: Coroutine[Any, Any, None]) -> None:
        """Do the work; the way it ends is the way the socket ends, unless it just came through."""
        try:
            await work
        except Closed as closed:
            self._end(closed)
        except Unauthenticated:
            self._end(Closed(UNAUTHORIZED, "Unauthorized"))
        except Leaving:
            self._end(Closed(RESTARTING, "Restarting"))
        except (TimeoutError, OSError):
            self._end(None)  # the client is gone, or reads nothing
        except Exception as error:
            entry_of(error, self._speaker)  # logged, whatever it is
            self._end(Closed(INTERNAL, "Internal error"))

    def _end(self, closed: Closed | None) -> None:
        if not self._closed.done():
            self._closed.set_result(closed)

    async def _guard(self) -> None:
        """End what has no credential in time, and what has lost it."""
        await asyncio.sleep(self._pace.begin)
        while isinstance(self._speaker, Context):
            await asyncio.sleep(self._pace.recheck)
            visit = replace(self._visit, now=self._platform.clock())
            with suppress(Unavailable):
                await self._platform.context(self._credential or "", visit, used=False)
        raise Closed(LATE, "Connection initialisation timeout")

    async def _listen(self) -> None:
        while True:
            received = await self._receive()
            if received["type"] == "websocket.disconnect":
                return self._end(None)
            message = _message(received)
            match message.get("type"):
                case "connection_init":
                    await self._begin(message)
                case "ping":
                    await self._send({"type": "pong"})
                case "pong":
                    pass
                case "subscribe":
                    await self._subscribe(message)
                case "complete":
                    if task := self._running.pop(str(message.get("id")), None):
                        task.cancel()
                case _:
                    raise Closed(BAD, "Unknown message")

    async def _begin(self, message: Mapping[str, Any]) -> None:
        if isinstance(self._speaker, Context):
            raise Closed(TWICE, "Too many initialisation requests")
        given = message.get("payload")
        if isinstance(given, dict):
            said = {str(name).lower(): value for name, value in given.items()}
            self._credential = bearer(str(said.get("authorization", ""))) or self._credential
        if self._credential is None:
            raise Unauthenticated()
        try:
            self._speaker = await self._platform.context(self._credential, self._visit)
        except Unavailable:
            raise Closed(AGAIN, "Try again later") from None
        await self._send({"type": "connection_ack"})

    async def _subscribe(self, message: Mapping[str, Any]) -> None:
        id, asked = message.get("id"), message.get("payload")
        if not isinstance(self._speaker, Context) or self._credential is None:
            raise Closed(UNAUTHORIZED, "Unauthorized")
        if not isinstance(id, str) or not 0 < len(id) <= LONGEST_ID:
            raise Closed(BAD, "A subscription needs an id")
        if id in self._running:
            raise Closed(TAKEN, "Subscriber already exists")
        try:
            if len(self._running) >= MOST:
                raise TooManyStreams(limit=MOST)
            request = request_of(asked, self._platform.trusted)
            self._platform.trusted.require(self._speaker, request)
            answers = stream(self._platform, self._credential, self._visit, request)
        except ZhibuError as error:
            await self._send({"id": id, "type": "error", "payload": [self._said(error)]})
        else:
            self._running[id] = asyncio.create_task(self._ending(self._answer(id, answers)))

    async def _answer(self, id: str, answers: AsyncGenerator[bytes | None, None]) -> None:
        """Send what comes out of a subscription, each answer once the one before has gone."""
        key = orjson.dumps(id)
        try:
            async with aclosing(answers):
                async for answer in answers:
                    if answer is not None:
                        await self._send_text(
                            b'{"id":%b,"type":"next","payload":%b}' % (key, answer)
                        )
            await self._send({"id": id, "type": "complete"})
        except Unauthenticated:
            raise
        except ZhibuError as error:
            await self._send({"id": id, "type": "error", "payload": [self._said(error)]})
        finally:
            if self._running.get(id) is asyncio.current_task():
                del self._running[id]

    def _said(self, error: ZhibuError) -> dict[str, Any]:
        return entry_of(error, self._speaker)

    async def _send(self, message: Mapping[str, Any]) -> None:
        await self._send_text(orjson.dumps(message))

    async def _send_text(self, text: bytes) -> None:
        """Send once what is before it has gone. Raises `TimeoutError` when nobody reads."""
        async with self._sending, asyncio.timeout(self._pace.send):
            await self._send_message({"type": "websocket.send", "text": text.decode()})


def _message(received: Message) -> dict[str, Any]:
    """The object in a frame. Raises `Closed` for anything else."""
    text = received.get("text")
    if text is None:
        raise Closed(BAD, "Text is expected")
    if len(text) > LARGEST or len(text.encode()) > LARGEST:
        raise Closed(TOO_LARGE, "Too large")
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError:
        message = None
    if not isinstance(message, dict):
        raise Closed(BAD, "A JSON object is expected")
    return message
