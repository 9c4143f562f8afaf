"""Poolers that share by transaction: PgBouncer by the settings of deploy/, and the least there is.

The latter stands in where PgBouncer is not installed, and for newer versions of it.
"""

import asyncio
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from secrets import randbelow, token_hex
from struct import pack, unpack

import pytest
from psycopg.conninfo import conninfo_to_dict
from tests.faults.programs import free_port

from zhibu.settings import Database, Settings
from zhibu.testing.databases import Server
from zhibu.testing.postgresql import APP

SHIPPED = Path("deploy/pgbouncer/pgbouncer.ini")
TLS, CANCEL = 80877103, 80877102
WAIT = 0.2  # seconds for which the stand-in has a client wait
BUSY = b"SFATAL\0VFATAL\0C08P01\0Mquery_wait_timeout\0\0"


@asynccontextmanager
async def pgbouncer(server: Server, urls: Database, port: int, size: int) -> AsyncIterator[str]:
    """The application's URL through PgBouncer; skips where it is not installed."""
    if shutil.which("pgbouncer") is None:
        pytest.skip("PgBouncer is not installed: the stand-in is tried alone")
    folder = server.folder / f"pooler-{token_hex(4)}"
    folder.mkdir(mode=0o755)
    word = token_hex(16)
    (folder / "userlist.txt").write_text(f'"{APP}" "{word}"\n')
    (folder / "pgbouncer.ini").write_text(_adapted(server, urls, folder, port, size))
    for file in (folder, *folder.iterdir()):
        if server.user is not None:
            shutil.chown(file, server.user.pw_uid, server.user.pw_gid)
    process = _started(["pgbouncer", folder / "pgbouncer.ini"], server)
    try:
        await _until_it_listens(process, port)
        yield f"postgresql://{APP}:{word}@127.0.0.1:{port}/zhibu"
    finally:
        process.terminate()
        process.wait(30)


def _started(command: list[str | Path], server: Server) -> "subprocess.Popen[bytes]":
    """As whom PostgreSQL runs: PgBouncer refuses root as well."""
    who = server.user
    user, group = (None, None) if who is None else (who.pw_uid, who.pw_gid)
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd="/", user=user, group=group)


def _adapted(server: Server, urls: Database, folder: Path, port: int, size: int) -> str:
    """What is shipped, for other places and a smaller pool."""
    database = conninfo_to_dict(urls.app)["dbname"]
    changes = {
        r"^zhibu = .*": f"zhibu = host={server.folder} dbname={database}",
        r"^listen_port = .*": f"listen_port = {port}",
        r"^unix_socket_dir = .*": "unix_socket_dir =",
        r"^auth_file = .*": f"auth_file = {folder}/userlist.txt",
        r"^default_pool_size = .*": f"default_pool_size = {size}",
        r"^reserve_pool_size = .*": "reserve_pool_size = 0",
        r"^query_wait_timeout = .*": "query_wait_timeout = 1",
        r"^server_tls_.*": "",
    }
    found = SHIPPED.read_text("utf-8")
    for line, new in changes.items():
        found = re.sub(line, new, found, flags=re.MULTILINE)
    return found


async def _until_it_listens(process: "subprocess.Popen[bytes]", port: int) -> None:
    async with asyncio.timeout(20):
        while True:
            with suppress(OSError):
                (await asyncio.open_connection("127.0.0.1", port))[1].close()
                return
            assert process.poll() is None, "PgBouncer takes what is shipped for no settings"
            await asyncio.sleep(0.02)


@asynccontextmanager
async def stand_in(
    server: Server, urls: Database, port: int, size: int, *, follows: bool
) -> AsyncIterator[str]:
    pooler = Pooler(
        server.folder / ".s.PGSQL.5432", str(conninfo_to_dict(urls.app)["dbname"]), follows
    )
    pooler.places = asyncio.Semaphore(size)
    listening = await asyncio.start_server(pooler.serve, "127.0.0.1", port)
    try:
        yield f"postgresql://{APP}@127.0.0.1:{port}/zhibu"
    finally:
        listening.close()
        await pooler.close()


Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Pooler:
    """Lends a connection to the server for a transaction; one that `follows` names what is prepared
    anew, by who prepared it, and has to be of size 1."""

    socket: Path
    database: str
    follows: bool
    idle: list[Ends] = field(default_factory=list)
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    opened: list[asyncio.StreamWriter] = field(default_factory=list)
    clients: set["asyncio.Task[None]"] = field(default_factory=set)

    def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened.append(writer)
        client = asyncio.create_task(self._serve(reader, writer))
        self.clients.add(client)

    async def close(self) -> None:
        for client in self.clients:
            client.cancel()
        await asyncio.gather(*self.clients, return_exceptions=True)
        for writer in self.opened:
            writer.close()
        await asyncio.gather(*(each.wait_closed() for each in self.opened), return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while (code := unpack(">i", (await _body(reader))[:4])[0]) == TLS:
                writer.write(b"N")
            if code != CANCEL:
                key = pack(">ii", randbelow(2**31), 0)
                writer.write(_message(b"R", pack(">i", 0)) + await self._greeting())
                writer.write(_message(b"K", key) + _message(b"Z", b"I"))
                while await self._transaction(reader, writer, key.hex().encode()):
                    pass
        writer.close()

    async def _transaction(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, client: bytes
    ) -> bool:
        """What is said until the server is idle again; False when the client leaves."""
        kind, body = await _said(reader)
        if kind == b"X":
            return False
        if self.places.locked():
            try:
                async with asyncio.timeout(WAIT):
                    await self.places.acquire()
            except TimeoutError:
                writer.write(_message(b"E", BUSY))
                return False
        else:
            await self.places.acquire()
        try:
            ends = self.idle.pop(0) if self.idle else (await self._connected())[0]
            state = b""
            while state != b"I":
                ends[1].write(_message(kind, self._renamed(kind, body, client)))
                if kind in b"QS":
                    state = await self._answered(ends[0], writer)
                if state != b"I":
                    kind, body = await _said(reader)
            self.idle.append(ends)
        finally:
            self.places.release()
        return True

    async def _answered(self, server: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        while True:
            kind, body = await _said(server)
            writer.write(_message(kind, body))
            if kind == b"Z":
                return body

    def _renamed(self, kind: bytes, body: bytes, client: bytes) -> bytes:
        if not self.follows or kind not in b"PB":
            return body
        portal, rest = (b"", body) if kind == b"P" else body.split(b"\0", 1)
        name, rest = rest.split(b"\0", 1)
        new = b"POOLED_%b_%b" % (client, name) if name else b""
        return (b"" if kind == b"P" else portal + b"\0") + new + b"\0" + rest

    async def _greeting(self) -> bytes:
        """The server's parameters, as it tells them to whoever connects."""
        ends, said = await self._connected()
        self.idle.append(ends)
        return said

    async def _connected(self) -> tuple[Ends, bytes]:
        reader, writer = await asyncio.open_unix_connection(self.socket)
        self.opened.append(writer)
        named = b"user\0%b\0database\0%b\0\0" % (APP.encode(), self.database.encode())
        writer.write(pack(">ii", len(named) + 8, 196608) + named)
        parameters = b""
        while (said := await _said(reader))[0] != b"Z":
            if said[0] == b"S":
                parameters += _message(*said)
        return (reader, writer), parameters


async def _said(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    kind = await reader.readexactly(1)
    return kind, await _body(reader)


async def _body(reader: asyncio.StreamReader) -> bytes:
    return await reader.readexactly(unpack(">i", await reader.readexactly(4))[0] - 4)


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + pack(">i", len(body) + 4) + body


Sharing = Callable[..., AbstractAsyncContextManager[str]]
POOLERS: dict[str, Sharing] = {
    "pgbouncer": pgbouncer,
    "forgetful": partial(stand_in, follows=False),
    "following": partial(stand_in, follows=True),
}


@asynccontextmanager
async def behind(pooler: str, server: Server, settings: Settings) -> AsyncIterator[Settings]:
    """An installation that reaches PostgreSQL through a pooler of two connections, or of one."""
    assert settings.owner_database is not None
    urls = Database(app=settings.database, owner=settings.owner_database)
    size = 1 if pooler == "following" else 2
    async with POOLERS[pooler](server, urls, free_port(), size) as app:
        yield replace(settings, database=app, direct_database=settings.database)
