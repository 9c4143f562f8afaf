"""A connection for reading believes nothing that does not fit what it asked."""

import asyncio
import socket
import struct
import threading
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from types import SimpleNamespace
from typing import Any, Self

import psycopg
import pytest
import uvloop
from psycopg import errors
from psycopg.pq import ExecStatus
from sqlalchemy import make_url

from zhibu.identifiers import new_id
from zhibu.settings import Settings
from zhibu.storage.homes import HomeBusy, HomeUnreachable, pipeline
from zhibu.storage.homes.pipeline import Pipeline
from zhibu.storage.homes.readers import Readers
from zhibu.testing.databases import Server

BROKEN = psycopg.OperationalError("the server closed the connection")
DONE = SimpleNamespace(status=ExecStatus.COMMAND_OK)
SYNC = SimpleNamespace(status=ExecStatus.PIPELINE_SYNC)
SLEEP = [("SELECT pg_sleep(30)", ())]


class Wire:
    """A server that says what it was told to say."""

    def __init__(self, *said: Any) -> None:
        self.said = list(said)

    def is_busy(self) -> bool:
        return False

    def get_result(self) -> Any:
        return self.said.pop(0)

    def flush(self) -> int:
        return self._next()

    def consume_input(self) -> None:
        self._next()

    def _next(self) -> Any:
        said = self.said.pop(0)() if self.said else BROKEN
        if isinstance(said, Exception):
            raise said
        return said


class Wiretap:
    """A way to the server that can be cut, as by its crash."""

    def __init__(self, database: str) -> None:
        self._folder = make_url(database).query["host"]
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._clients: list[socket.socket] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()

    def url(self, database: str) -> str:
        port = self._listening.getsockname()[1]
        through = make_url(database).set(host="127.0.0.1", port=port, query={})
        return through.render_as_string(hide_password=False)

    def reset(self, said: bytes) -> None:
        for client in self._clients:
            client.sendall(said)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.shutdown(socket.SHUT_RD)  # whoever reads from it lets go of it
        time.sleep(0.2)  # no loop looks before everything has arrived

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(f"{self._folder}/.s.PGSQL.5432")
                self._clients.append(client)
                for pair in ((client, server), (server, client)):
                    threading.Thread(target=_passed_on, args=pair, daemon=True).start()


def _passed_on(one: socket.socket, other: socket.socket) -> None:
    with one, suppress(OSError):
        while said := one.recv(65536):
            other.sendall(said)
    with suppress(OSError):
        other.shutdown(socket.SHUT_RDWR)


def warning(text: str) -> bytes:
    """A message of the server that answers nothing."""
    said = b"SWARNING\0VWARNING\0C57P02\0M" + text.encode() + b"\0\0"
    return b"N" + struct.pack("!I", len(said) + 4) + said


@pytest.fixture
async def reading(postgresql_settings: Settings) -> AsyncIterator[Pipeline]:
    found = await Pipeline.connect(postgresql_settings.database, prepare=True, wait=5)
    yield found
    await found.close()


@pytest.fixture
async def readers(postgresql_settings: Settings) -> AsyncIterator[Readers]:
    found = Readers(postgresql_settings.database, size=1, wait=0.2, prepare=True)
    yield found
    await found.close()


async def test_a_connection_that_is_not_to_be_limited_is_closed(
    postgresql_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []

    async def unlimited(connection: psycopg.AsyncConnection) -> bool:
        opened.append(connection)
        raise BROKEN

    monkeypatch.setattr("zhibu.storage.homes.pipeline.limited", unlimited)
    with pytest.raises(psycopg.OperationalError, match="closed the connection"):
        await Pipeline.connect(postgresql_settings.database, prepare=True, wait=5)
    [connection] = opened
    assert connection.closed


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ((None,), "fewer answers"),
        ((DONE, DONE), "more than once"),
        ((DONE, None, DONE, None, DONE), "more than once"),
        ((DONE, None, SYNC), "lost step"),
    ],
)
async def test_a_server_out_of_step_is_not_believed(
    reading: Pipeline, monkeypatch: pytest.MonkeyPatch, said: tuple[Any, ...], told: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(reading, "_wire", Wire(*said))
        with pytest.raises(errors.Error, match=told):
            await reading._results(2)


async def test_a_connection_that_breaks_while_much_is_sent_is_told(
    reading: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(reading, "_wire", Wire(lambda: 1))
        with pytest.raises(psycopg.OperationalError, match="closed the connection"):
            await reading._flushed()


async def test_what_is_sent_for_nobody_any_more_is_sent_no_further(
    reading: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(reading, "_wire", Wire(lambda: 1))
        sending = asyncio.create_task(reading._flushed())
        await asyncio.sleep(0)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
    assert not reading._loop.remove_writer(reading._socket)


async def test_a_connection_that_breaks_amid_a_long_message_is_told(
    reading: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(reading, "_wire", Wire(lambda: 1))
        sending = asyncio.create_task(reading._flushed())
        await asyncio.sleep(0)
        reading._arrived()
        with pytest.raises(psycopg.OperationalError, match="closed the connection"):
            await sending
    assert not reading._loop.remove_writer(reading._socket)


async def test_a_connection_that_breaks_is_told_to_who_waits_and_watched_no_more(
    reading: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(reading, "_wire", Wire())
        waiting = asyncio.create_task(reading._answered())
        await asyncio.sleep(0)
        reading._arrived()
        with pytest.raises(psycopg.OperationalError, match="closed the connection"):
            await waiting
        reading._arrived()  # nobody waits now
        for later in (reading._answered(), reading._flushed()):
            patch.setattr(reading, "_wire", Wire(lambda: 1))
            with pytest.raises(psycopg.OperationalError, match="closed the connection"):
                await later
    assert not reading._loop.remove_reader(reading._socket)


def test_a_connection_that_was_reset_is_noticed_whatever_was_said_before(
    postgresql_settings: Settings,
) -> None:
    """The server's loop tells of a reset once, when the warning before it is still unread."""

    async def reading(wire: Wiretap) -> None:
        used = await Pipeline.connect(wire.url(postgresql_settings.database), prepare=True, wait=5)
        idle = await Pipeline.connect(wire.url(postgresql_settings.database), prepare=True, wait=5)
        waiting = asyncio.create_task(used.read(new_id(), SLEEP))
        await asyncio.sleep(0.2)
        wire.reset(warning("terminating connection because of crash of another server process"))
        with pytest.raises(psycopg.OperationalError):
            async with asyncio.timeout(5):
                await waiting
        with pytest.raises(psycopg.OperationalError):
            async with asyncio.timeout(5):
                await idle.read(new_id(), [("SELECT 1", ())])
        await used.close()
        await idle.close()

    with Wiretap(postgresql_settings.database) as wire:
        uvloop.run(reading(wire))


async def test_a_connection_that_went_takes_no_other_one_with_it(
    postgresql_settings: Settings, postgres_server: Server
) -> None:
    """The number of its socket is given to the next one before it is closed."""
    gone = await Pipeline.connect(postgresql_settings.database, prepare=True, wait=5)
    postgres_server.run(f"SELECT pg_terminate_backend({gone._connection.info.backend_pid})")
    async with asyncio.timeout(5):
        while gone._listens:  # noqa: ASYNC110  # nobody tells
            await asyncio.sleep(0.01)
    following = []
    while not any(each._socket == gone._socket for each in following):
        following.append(await Pipeline.connect(postgresql_settings.database, prepare=True, wait=5))
        assert len(following) < 10
    await gone.close()
    for each in following:
        async with asyncio.timeout(5):
            assert await each.read(new_id(), [("SELECT 1", ())]) == [[(1,)]]
        await each.close()


async def test_a_server_that_answers_nothing_is_given_up(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhibu.storage.homes.readers.STATEMENT", 0.2)
    with pytest.raises(HomeUnreachable):
        await readers.read(new_id(), SLEEP)
    assert (readers.in_use, readers._idle) == (0, [])


async def test_a_connection_that_breaks_while_one_waits_is_told(
    postgresql_town: Any, postgres_server: Server
) -> None:
    town = postgresql_town
    home = town.homes.home(town.a)
    waiting = asyncio.create_task(home.read(town.a, SLEEP))
    found = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE state = 'active'"
    async with asyncio.timeout(20):
        while not waiting.done():
            postgres_server.run(f"{found} AND query LIKE 'SELECT pg_sleep%'")
            await asyncio.sleep(0.02)
        with pytest.raises(HomeUnreachable):
            await waiting
    assert await home.read(town.a, [("SELECT 1", ())]) == [[(1,)]]


async def test_a_faulty_statement_is_told_and_harms_no_later_one(readers: Readers) -> None:
    for _ in range(2):
        assert await readers.read(new_id(), [("SELECT 1", ())]) == [[(1,)]]
        with pytest.raises(errors.DivisionByZero):
            await readers.read(new_id(), [("SELECT 1 / 0", ())])


async def test_who_waits_too_long_for_a_turn_is_told_so(readers: Readers) -> None:
    waiting = asyncio.create_task(readers.read(new_id(), SLEEP))
    await asyncio.sleep(0)
    assert readers.in_use == 1
    with pytest.raises(HomeBusy):
        await readers.read(new_id(), [("SELECT 1", ())])
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert readers.in_use == 0


async def test_no_more_is_prepared_than_a_connection_can_hold(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_MOST_PREPARED", 3)
    for number in [*range(6)] * 2:
        assert await readers.read(new_id(), [(f"SELECT {number}, %s::int", (7,))]) == [
            [(number, 7)]
        ]
    (held,) = readers._idle
    assert (len(held._prepared), len(held._adapters)) == (3, 3)
