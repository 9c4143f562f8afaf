"""What the server writes: an answer in one piece, and everything that was written before an end."""

import asyncio
from typing import Any

from zhibu.web.protocol import Gathering


class Wire:
    """A transport that keeps what is sent through it."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        self.sent.append(data)

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


def gathering() -> tuple[Any, Wire]:
    wire = Wire()
    return Gathering(wire, asyncio.get_running_loop()), wire  # type: ignore[arg-type]


async def test_head_and_body_leave_together() -> None:
    transport, wire = gathering()
    transport.write(b"head ")
    transport.write(b"body")
    assert wire.sent == []
    await asyncio.sleep(0)
    assert wire.sent == [b"head body"]


async def test_a_stream_is_not_held_back() -> None:
    transport, wire = gathering()
    for part in (b"one", b"two"):
        transport.write(part)
        await asyncio.sleep(0)
    assert wire.sent == [b"one", b"two"]


async def test_what_was_written_is_sent_before_the_end() -> None:
    transport, wire = gathering()
    transport.write(b"last words")
    transport.close()
    assert wire.sent == [b"last words"]
    assert wire.closed


async def test_nothing_is_sent_to_who_has_gone() -> None:
    transport, wire = gathering()
    transport.write(b"too late")
    wire.closed = True
    await asyncio.sleep(0)
    assert wire.sent == []
