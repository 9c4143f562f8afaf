"""One connection for reading: a whole transaction in one round trip, at libpq's own level.

The driver's pipeline costs twice the processor time of this, mostly in sending each command by
itself, and reading is most of what the platform does.
"""

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Self, cast
from uuid import UUID

import orjson
from psycopg import AsyncConnection, Error, errors
from psycopg.abc import Transformer as Adapter
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGresult
from psycopg.types.json import set_json_loads

from zhibu.storage.homes.contract import Rows, Statement
from zhibu.storage.homes.poolers import followed, limited

_MOST_PREPARED = 1000

# Until the server is told to be in step, all that is sent is one transaction without BEGIN and
# COMMIT, which would be half of all commands.
_OPENING = b"""SELECT set_config('app.tenant_id', $1, true),
                     set_config('transaction_read_only', 'on', true)"""
TEXT = 25  # its number among the server's types
_WELL = {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}


class Pipeline:
    """A connection that is in pipeline mode for as long as it lives.

    After any failure or cancellation it must be closed: what is still on its way is unknown.
    """

    def __init__(self, connection: AsyncConnection, *, prepare: bool) -> None:
        self._connection = connection
        self._wire = connection.pgconn
        self._prepare = prepare
        self._prepared: dict[tuple[bytes, tuple[int, ...]], bytes] = {}
        self._adapters: dict[str, Adapter] = {}
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Future[None] | None = None
        self._room: asyncio.Future[None] | None = None
        self._fault: Error | None = None
        self._wire.enter_pipeline_mode()
        # For good: to watch the socket anew for every answer costs six system calls.
        self._socket = self._wire.socket
        self._loop.add_reader(self._socket, self._arrived)
        self._listens = True

    @classmethod
    async def connect(cls, url: str, *, prepare: bool, wait: float) -> Self:
        connection = await AsyncConnection.connect(
            url, autocommit=True, connect_timeout=max(2, int(wait))
        )
        set_json_loads(orjson.loads, connection)
        try:
            if await limited(connection):
                prepare = prepare and await followed(connection)
            return cls(connection, prepare=prepare)
        except BaseException:
            await connection.close()
            raise

    async def read(self, tenant_id: UUID, statements: Sequence[Statement]) -> list[Rows]:
        """Raises the driver's errors."""
        if self._fault is not None:
            raise self._fault
        adapters = self._sent(_OPENING, (tenant_id.hex.encode(),), (TEXT,), (Format.TEXT,))
        for sql, parameters in statements:
            adapters += self._query(sql, parameters)
        self._wire.pipeline_sync()
        await self._flushed()
        found: list[Rows] = []
        for adapter, result in zip(adapters, await self._results(len(adapters)), strict=True):
            if adapter is not None:
                adapter.set_pgresult(result)
                found.append(cast(Rows, adapter.load_rows(0, result.ntuples, tuple)))
        return found

    async def cancel(self) -> None:
        """Ask the server to stop what nobody waits for any more; it may not hear it."""
        with suppress(Error):
            await self._connection.cancel_safe(timeout=1)

    async def close(self) -> None:
        self._deafen()
        await self._connection.close()

    def _deafen(self) -> None:
        """Stop watching the socket, once: the library closes it by itself when it sees the end,
        and by a moment later its number may be another connection's, which would hear no more."""
        if self._listens:
            self._listens = False
            self._goes_on()
            self._loop.remove_reader(self._socket)

    def _query(self, sql: str, parameters: Sequence[Any]) -> list[Adapter | None]:
        """Put a statement on its way; what reads its rows is the last."""
        adapter = self._adapters.get(sql)
        if adapter is None:
            adapter = Transformer(self._connection)
            if len(self._adapters) < _MOST_PREPARED:
                self._adapters[sql] = adapter
        values = adapter.dump_sequence(parameters, [PyFormat.AUTO] * len(parameters))
        sent = self._sent(numbered(sql), values, adapter.types or (), adapter.formats or ())
        sent[-1] = adapter
        return sent

    def _sent(
        self,
        query: bytes,
        values: Sequence[Any],
        types: tuple[int, ...],
        formats: Sequence[Any],
    ) -> list[Adapter | None]:
        """Put on its way what nobody reads the rows of; one None for each result."""
        name = self._prepared.get((query, types))
        sent: list[Adapter | None] = [None]
        if name is None and self._prepare and len(self._prepared) < _MOST_PREPARED:
            name = self._prepared[query, types] = named(query, types)
            self._wire.send_prepare(name, query, types)
            sent.append(None)
        if name is None:
            self._wire.send_query_params(query, values, types, formats)
        else:
            self._wire.send_query_prepared(name, values, formats)
        return sent

    async def _results(self, count: int) -> list[PGresult]:
        """One answer to each command, each followed by nothing; then the server is in step."""
        wire, between = self._wire, False
        found: list[PGresult] = []
        while True:
            while wire.is_busy():
                await self._answered()
            result = wire.get_result()
            if result is None:
                if not between:
                    raise errors.OperationalError("the server sent fewer answers than expected")
                between = False
            elif result.status in _WELL:
                if between or len(found) == count:
                    raise errors.ProgrammingError("a statement answered more than once")
                found.append(result)
                between = True
            elif result.status == ExecStatus.PIPELINE_SYNC and len(found) == count:
                return found
            elif result.status == ExecStatus.PIPELINE_SYNC:
                raise errors.OperationalError("the server lost step")
            else:
                raise errors.error_from_result(result, encoding="utf-8")

    async def _answered(self) -> None:
        if self._fault is not None:
            raise self._fault
        self._waiting = self._loop.create_future()
        try:
            await self._waiting
        finally:
            self._waiting = None

    def _arrived(self) -> None:
        """The server said something, or went away; unless it was more, wake who waits for it."""
        waiting = self._waiting
        try:
            self._wire.consume_input()
            if waiting is None or waiting.done() or self._wire.is_busy():
                # uvloop calls once and never again when a connection was reset; what the server
                # said before that may have been in its way.
                self._wire.consume_input()
            if waiting is None or waiting.done() or self._wire.is_busy():
                return
        except Error as error:
            self._deafen()
            self._fault = error
            if waiting is not None and not waiting.done():
                waiting.set_exception(error)
            return
        waiting.set_result(None)

    async def _flushed(self) -> None:
        """Send the rest of a long message. The server may have to be read for it to go on."""
        while self._wire.flush():
            if self._fault is not None:
                raise self._fault
            self._room = self._loop.create_future()
            self._loop.add_writer(self._socket, self._goes_on)
            try:
                await self._room
            finally:
                self._goes_on()

    def _goes_on(self) -> None:
        """There is room to send, or nothing to be sent to any more."""
        if self._room is not None:
            room, self._room = self._room, None
            self._loop.remove_writer(self._socket)
            if not room.done():
                room.set_result(None)


def named(query: bytes, types: tuple[int, ...]) -> bytes:
    """What a statement is prepared as: by what it says, so that none is ever taken for another.

    Numbers would do on a connection of one's own; behind a pooler they are other clients' as well.
    """
    return b"zhibu_%s" % blake2b(b"%r %b" % (types, query), digest_size=16).hexdigest().encode()


@lru_cache(maxsize=2048)
def numbered(sql: str) -> bytes:
    """`%s` becomes `$1`, `$2`, …, and `%%` a percent sign, as the server wants them."""
    count = 0

    def number(found: re.Match[str]) -> str:
        nonlocal count
        if found[0] == "%%":
            return "%"
        count += 1
        return f"${count}"

    return re.sub(r"%[s%]", number, sql).encode()
