"""How the server speaks HTTP: as uvicorn does, but an answer leaves in one piece, and nobody may
take for ever to ask."""

import asyncio
from functools import lru_cache
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from zhibu.web.whole import WHOLE, lines

HEAD_WITHIN = 10.0  # seconds for the head of a request
BODY_WITHIN = 30.0  # seconds for all of it, and
SLOWEST = 64 * 1024  # a second more for so many bytes
LEFT = 2.0  # seconds that whoever is still asking has when the server leaves
LARGEST_HEAD = 64 * 1024

TOO_LARGE = (
    STATUS_LINE[431] + b"content-length: 0\r\ncache-control: no-store\r\nconnection: close\r\n\r\n"
)


class Protocol(HttpToolsProtocol):
    """Head and body of a response are two writes: two system calls, two packets, two wake-ups.

    uvicorn itself waits for a request for ever, and for a head of any length.
    """

    _asking = False  # a request has begun and has not arrived whole
    _in_head = False
    _leaving = False
    _began = 0.0
    _arrived = 0  # bytes of it
    _part = 0  # bytes that came last
    _until: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(cast(asyncio.Transport, Gathering(transport, self.loop)))
        self._wait(HEAD_WITHIN)

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._part = len(data)
        self._arrived += self._part
        super().data_received(data)
        if not self._asking:
            if self._until is not None:  # most requests arrive whole and need no timer
                self._wait(None)
        elif self._in_head and self._arrived > LARGEST_HEAD:
            self.transport.write(TOO_LARGE)
            self.transport.close()
        elif self._until is None:
            self._wait(HEAD_WITHIN if self._in_head else BODY_WITHIN)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._asking = self._in_head = True
        self._arrived, self._began = self._part, self.loop.time()

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._in_head = False
        if self._until is not None:
            self._wait(None)
        if self.cycle is not None and self.cycle.scope is self.scope:  # no upgrade
            extensions: dict[str, Any] = {WHOLE: Exchanged(self.cycle)}
            self.scope["extensions"] = extensions

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._asking = False

    def shutdown(self) -> None:
        super().shutdown()
        self._leaving = True
        if self._asking:
            self._wait(LEFT)

    def handle_websocket_upgrade(self) -> None:
        self._wait(None)
        self.transport = cast(Gathering, self.transport).plain
        super().handle_websocket_upgrade()

    def _wait(self, seconds: float | None) -> None:
        """Give the client this long from now on; None for as long as it likes."""
        if self._until is not None:
            self._until.cancel()
            self._until = None
        if seconds is not None:
            self._until = self.loop.call_later(seconds, self._late)

    def _late(self) -> None:
        self._until = None
        if self.transport.is_closing():
            return
        now = self.loop.time()
        due = self._began + BODY_WITHIN + self._arrived / SLOWEST
        if self.flow.read_paused:
            self._wait(BODY_WITHIN)  # it is the server that is slow
        elif self._asking and not self._in_head and not self._leaving and now < due:
            self._wait(due - now)
        else:
            self.transport.abort()


class Exchanged:
    """`zhibu.web.whole.Exchange` for one request of a connection."""

    __slots__ = ("_cycle",)

    def __init__(self, cycle: RequestResponseCycle) -> None:
        self._cycle = cycle

    def arrived(self) -> bytes | None:
        cycle = self._cycle
        if cycle.more_body or cycle.disconnected:
            return None
        cycle.waiting_for_100_continue = False
        cycle.flow.resume_reading()
        return bytes(cycle.body)

    async def answer(self, status: int, head: bytes, body: bytes) -> None:
        """What `RequestResponseCycle.send` does with an answer in two messages."""
        cycle = self._cycle
        if cycle.flow.write_paused and not cycle.disconnected:
            await cycle.flow.drain()
        if cycle.disconnected:
            return
        if cycle.response_started:
            raise RuntimeError("an answer was begun already")
        cycle.response_started = cycle.response_complete = True
        cycle.waiting_for_100_continue = False
        cast(Gathering, cycle.transport).send(
            b"%b%b%bcontent-length: %d\r\n%b\r\n%b"
            % (
                STATUS_LINE[status],
                _lines(tuple(cycle.default_headers)),
                head,
                len(body),
                b"" if cycle.keep_alive else b"connection: close\r\n",
                body,
            )
        )
        cycle.message_event.set()
        if not cycle.keep_alive:
            cycle.transport.close()
        # What refers to itself waits for the collection of garbage, which holds up others.
        cast(dict[str, Any], cycle.scope).pop("extensions", None)
        cycle.on_response()


@lru_cache(maxsize=2)
def _lines(headers: tuple[tuple[bytes, bytes], ...]) -> bytes:
    """What every answer of this second says."""
    return lines(headers)


class Gathering:
    """A transport that sends what is written during one turn of the loop together."""

    def __init__(self, plain: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self.plain = plain
        self._loop = loop
        self._held: list[bytes] = []

    def write(self, data: bytes) -> None:
        if not self._held:
            self._loop.call_soon(self._send)
        self._held.append(data)

    def send(self, data: bytes) -> None:
        """Write what nothing follows for now."""
        if self._held:
            self.write(data)
        elif not self.plain.is_closing():
            self.plain.write(data)

    def close(self) -> None:
        self._send()
        self.plain.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.plain, name)

    def _send(self) -> None:
        held, self._held = self._held, []
        if held and not self.plain.is_closing():
            self.plain.write(b"".join(held))
