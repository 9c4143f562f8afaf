"""The server itself, on the loopback address: slow senders, large heads, and leaving."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from time import monotonic
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin, Subprotocol

from zhibu.app import create_app
from zhibu.graph.visiting import first_of_each
from zhibu.identifiers import global_id
from zhibu.jobs import service
from zhibu.jobs.workbooks import EXPORT
from zhibu.settings import Settings
from zhibu.testing.house import House
from zhibu.web import protocol
from zhibu.web.guards import guards_of
from zhibu.web.server import Server

LATE = 0.3
HALF = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
HEALTH = b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
JOB = "subscription ($id: ID!) { jobProgress(id: $id) { state } }"
PROTOCOLS = [Subprotocol("graphql-transport-ws")]
WITHIN = 20.0

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture
def settings(sqlite_settings: Settings) -> Settings:
    return sqlite_settings


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("HEAD_WITHIN", LATE), ("BODY_WITHIN", LATE), ("LEFT", LATE)):
        monkeypatch.setattr(protocol, name, value)


class Keeping(Server):
    """Sets nothing aside: to look through all that tests keep takes seconds, and tests of
    `zhibu.web.garbage` do.
    """

    def _settle(self) -> None:
        pass


@asynccontextmanager
async def serving(
    app: Any, *, begun: bool = False, proxies: Sequence[str] = ()
) -> AsyncIterator[tuple[Server, int]]:
    """The server of an application, whose platform is open if it has `begun`."""
    server = Keeping(app, proxies=proxies)
    server.config.host, server.config.port = "127.0.0.1", 0
    server.config.lifespan = "off" if begun else "on"
    running = asyncio.create_task(server.serve())
    async with asyncio.timeout(WITHIN):
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
    try:
        yield server, server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        async with asyncio.timeout(WITHIN):
            await running


@pytest.fixture
async def served(settings: Settings) -> AsyncIterator[tuple[Server, int]]:
    async with serving(create_app(replace(settings, run_jobs=False))) as found:
        yield found


async def opened(port: int, *said: bytes) -> Connection:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for part in said:
        writer.write(part)
    await writer.drain()
    return reader, writer


async def closed(connection: Connection) -> bytes:
    """What is still said until the server closes the connection."""
    reader, writer = connection
    try:
        async with asyncio.timeout(WITHIN):
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


pytestmark = pytest.mark.usefixtures("hasty")


async def test_two_hundred_half_posts_are_closed_and_hold_nobody_up(
    served: tuple[Server, int], caplog: pytest.LogCaptureFixture
) -> None:
    _, port = served
    beginnings = (b"", b"POST", HALF, HALF + b"content-length: 100\r\n\r\n{")
    caplog.set_level(logging.INFO)
    half = [await opened(port, beginnings[number % 4]) for number in range(200)]
    health = await closed(await opened(port, HEALTH))
    assert health.endswith(b"ok")
    for connection in half:
        assert not (await closed(connection)).startswith(b"HTTP/1.1 200")
    assert "Traceback" not in caplog.text
    assert not any(record.exc_info for record in caplog.records)


async def test_who_sends_a_byte_now_and_then_gains_nothing(served: tuple[Server, int]) -> None:
    _, port = served
    reader, writer = await opened(port, HALF, b"content-length: 1000\r\n\r\n")
    began = monotonic()
    with pytest.raises(ConnectionError):  # noqa: PT012
        async with asyncio.timeout(WITHIN):
            while not reader.at_eof():
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(LATE / 10)
            raise ConnectionResetError
    assert monotonic() - began >= LATE
    writer.close()


@pytest.mark.parametrize(
    ("proxies", "shown"),
    [((), b"127.0.0.1"), (("10.0.0.9",), b"127.0.0.1"), (("127.0.0.1",), b"203.0.113.7")],
)
async def test_only_a_proxy_that_the_settings_name_says_who_asked(
    proxies: tuple[str, ...], shown: bytes
) -> None:
    async def asked(request: Request) -> Response:
        assert request.client is not None
        return Response(request.client.host)

    app = Starlette(routes=[Route("/healthz", asked)])
    said = HEALTH.replace(
        b"connection", b"x-forwarded-for: 198.51.100.1, 203.0.113.7\r\nconnection"
    )
    async with serving(app, proxies=proxies) as (_, port):
        assert (await closed(await opened(port, said))).endswith(shown)


async def test_a_head_without_end_is_refused(served: tuple[Server, int]) -> None:
    _, port = served
    for head in (HALF + b"x-long: ", b"GET /"):
        connection = await opened(port, head, b"x" * (protocol.LARGEST_HEAD - len(head)))
        await asyncio.sleep(0)
        connection[1].write(b"x")
        assert (await closed(connection)).startswith(b"HTTP/1.1 431")
        # Who sends on regardless may not hear of it, but is put out all the same.
        assert not (await closed(await opened(port, head, b"x" * 10**6))).startswith(b"HTTP/1.1 2")


async def test_every_answer_is_guarded(served: tuple[Server, int]) -> None:
    _, port = served
    for path in (b"/healthz", b"/graphql", b"/files/none", b"/nowhere", b"/explorer"):
        said = await closed(await opened(port, HEALTH.replace(b"/healthz", path)))
        head = said.partition(b"\r\n\r\n")[0].lower()
        assert b"x-content-type-options: nosniff" in head, path
        for directive in (b"default-src", b"object-src", b"base-uri", b"frame-ancestors"):
            assert directive + b" 'none'" in head, path
        assert b"\r\ncontent-type: " in head, path
        assert b"access-control-allow" not in head, path
        assert b"referrer-policy: no-referrer" in head, path
        assert b"cache-control: no-" in head, path
        assert head.count(b"content-security-policy") == 1, path
        assert b"\r\nserver:" not in head, path


def test_by_tls_alone_means_every_name_below_for_a_year() -> None:
    assert all(name != b"strict-transport-security" for name, _ in guards_of(Settings()))
    said = dict(guards_of(Settings(hsts=31_536_000)))[b"strict-transport-security"]
    assert said == b"max-age=31536000; includeSubDomains"


def test_a_header_that_comes_twice_counts_once() -> None:
    said = [(b"authorization", b"Bearer one"), (b"origin", b"a"), (b"authorization", b"Bearer two")]
    assert first_of_each(said) == {b"authorization": b"Bearer one", b"origin": b"a"}


@pytest.mark.parametrize(
    "framing",
    [
        b"content-length: 4\r\ncontent-length: 90\r\n",
        b"content-length: 4\r\ntransfer-encoding: chunked\r\n",
        b"transfer-encoding: chunked\r\ncontent-length: 4\r\n",
        b"transfer-encoding: chunked, identity\r\n",
        b"content-length: +4\r\n",
    ],
)
async def test_no_request_is_smuggled_in_behind_another(
    served: tuple[Server, int], framing: bytes
) -> None:
    _, port = served
    hidden = b"GET /healthz HTTP/1.1\r\nhost: x\r\nx-hidden: yes\r\nconnection: close\r\n\r\n"
    said = await closed(await opened(port, HALF, framing, b"\r\n0\r\n\r\n", hidden))
    assert said.startswith(b"HTTP/1.1 4"), said
    assert b"ok" not in said.partition(b"\r\n\r\n")[2], said


async def test_the_server_leaves_although_some_never_finish_asking(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "BODY_WITHIN", 600.0)
    async with serving(create_app(replace(settings, run_jobs=False))) as (server, port):
        half = [await opened(port, HALF, b"content-length: 100\r\n\r\n{") for _ in range(20)]
        began = monotonic()
        server.should_exit = True
        for connection in half:
            await closed(connection)
        assert monotonic() - began < 10
    assert server.lifespan.shutdown_event.is_set()


async def test_what_runs_is_completed_before_the_server_leaves() -> None:
    entered, go_on = asyncio.Event(), asyncio.Event()

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            while (await receive())["type"] != "lifespan.shutdown":
                await send({"type": "lifespan.startup.complete"})
            await send({"type": "lifespan.shutdown.complete"})
            return
        entered.set()
        await go_on.wait()
        head = [(b"content-length", b"4")]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": b"done"})

    slow.state = object()  # type: ignore[attr-defined]
    async with serving(slow) as (server, port):
        connection = await opened(port, HEALTH)
        await asyncio.wait_for(entered.wait(), WITHIN)
        server.should_exit = True
        await asyncio.sleep(0.2)  # the server has noticed
        go_on.set()
        assert (await closed(connection)).endswith(b"done")


async def test_streams_end_with_the_server(house: House) -> None:
    institution = await house.found()
    async with institution.by("officer") as act:
        path = institution.units["committee"].path
        variables = {"id": global_id("Job", await service.enqueue(act, EXPORT, {}, path))}
    asked = {"query": JOB, "variables": variables}
    headers = {"authorization": f"Bearer {institution.credentials['officer']}"}
    async with serving(house.app, begun=True) as (server, port):
        address = f"ws://127.0.0.1:{port}/graphql"
        async with connect(address, subprotocols=PROTOCOLS) as socket:
            await socket.send(json.dumps({"type": "connection_init", "payload": headers}))
            assert json.loads(await socket.recv()) == {"type": "connection_ack"}
            await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": asked}))
            assert json.loads(await socket.recv())["type"] == "next"
            body = json.dumps(asked).encode()
            events = await opened(
                port,
                HALF,
                b"accept: text/event-stream\r\nauthorization: ",
                headers["authorization"].encode(),
                b"\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body),
            )
            assert await events[0].readuntil(b'"WAITING"}}}\n\n')
            server.should_exit = True
            left = await closed(events)
            assert b"event: complete" not in left
            with pytest.raises(ConnectionClosed) as ended:
                await socket.recv()
            assert ended.value.rcvd is not None
            assert ended.value.rcvd.code == 1012


async def test_a_frame_that_is_too_large_and_a_page_of_another_site_end_a_socket(
    served: tuple[Server, int],
) -> None:
    address = f"ws://127.0.0.1:{served[1]}/graphql"
    with pytest.raises(InvalidStatus):
        await connect(address, subprotocols=PROTOCOLS, origin=Origin("http://elsewhere"))
    async with connect(address, subprotocols=PROTOCOLS) as socket:
        await socket.send("x" * 70_000)
        with pytest.raises(ConnectionClosed) as ended:
            await socket.recv()
    assert ended.value.rcvd is not None
    assert ended.value.rcvd.code == 1009
