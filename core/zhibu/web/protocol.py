"""How the server speaks HTTP: as uvicorn does, but an answer leaves in one piece."""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class Protocol(HttpToolsProtocol):
    """Head and body of a response are two writes: two system calls, two packets, two wake-ups."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(cast(asyncio.Transport, Gathering(transport, self.loop)))

    def handle_websocket_upgrade(self) -> None:
        self.transport = cast(Gathering, self.transport).plain
        super().handle_websocket_upgrade()


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

    def close(self) -> None:
        self._send()
        self.plain.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.plain, name)

    def _send(self) -> None:
        held, self._held = self._held, []
        if held and not self.plain.is_closing():
            self.plain.write(b"".join(held))
