"""What the server writes: an answer in one piece, and everything that was written before an end."""

import asyncio
import gc
from typing import Any

from starlette.types import Receive, Scope, Send
from uvicorn import Config
from uvicorn.server import ServerState

from zhibu.web.protocol import Gathering, Protocol
from zhibu.web.whole import lines, whole


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

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return default

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


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


class Connection:
    """A connection of the server to which bytes are given, and that keeps what is answered."""

    def __init__(self, app: Any) -> None:
        config = Config(app, http=Protocol, log_level="critical", access_log=False)
        config.load()
        self.wire = Wire()
        self.protocol = Protocol(
            config=config,
            server_state=ServerState(),
            app_state={},
            _loop=asyncio.get_running_loop(),
        )
        self.protocol.connection_made(self.wire)  # type: ignore[arg-type]

    async def ask(self, *requests: bytes) -> bytes:
        self.protocol.data_received(b"".join(requests))
        for _ in range(20):
            await asyncio.sleep(0)
        return b"".join(self.wire.sent)


def request(body: bytes = b"{}", *, length: int | None = None, more: bytes = b"") -> bytes:
    head = b"POST / HTTP/1.1\r\nhost: here\r\ncontent-length: %d\r\n%b\r\n"
    return head % (len(body) if length is None else length, more) + body


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    exchange = whole(scope)
    assert exchange is not None
    arrived = exchange.arrived()
    body = (await receive())["body"] if arrived is None else arrived
    head = lines([(b"x-arrived", b"no" if arrived is None else b"yes")])
    await exchange.answer(200, head, body)


async def test_a_whole_answer_is_an_answer_like_any_other() -> None:
    connection = Connection(echo)
    answered = await connection.ask(request(b"some"))
    assert answered.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answered.endswith(b"x-arrived: yes\r\ncontent-length: 4\r\n\r\nsome")
    assert not connection.wire.closed
    assert len(connection.wire.sent) == 1


async def test_whole_answers_keep_the_order_of_the_requests() -> None:
    answered = await Connection(echo).ask(request(b"one"), request(b"two"), request(b"three"))
    assert [part[-3:] for part in answered.split(b"HTTP/1.1")[1:]] == [b"one", b"two", b"ree"]


async def test_a_body_that_is_on_its_way_has_not_arrived() -> None:
    assert b"x-arrived: no" in await Connection(echo).ask(request(b"so", length=4))


async def test_who_wants_no_more_is_told_so_and_let_go() -> None:
    connection = Connection(echo)
    answered = await connection.ask(request(b"last", more=b"connection: close\r\n"))
    assert b"\r\nconnection: close\r\n\r\nlast" in answered
    assert connection.wire.closed


async def test_an_answer_is_given_once() -> None:
    async def twice(scope: Scope, receive: Receive, send: Send) -> None:
        exchange = whole(scope)
        assert exchange is not None
        for _ in range(2):
            await exchange.answer(200, b"", b"some")

    connection = Connection(twice)
    answered = await connection.ask(request(b"some"))
    assert answered.count(b"HTTP/1.1") == 1


async def test_what_was_answered_leaves_nothing_for_the_collection_of_garbage() -> None:
    connection = Connection(echo)
    await connection.ask(request(b"one"))
    gc.freeze()  # whatever the tests before left is not looked through
    gc.disable()
    try:
        for _ in range(10):
            await connection.ask(request(b"some"))
        assert gc.collect() < 10
    finally:
        gc.enable()
