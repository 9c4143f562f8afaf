"""One connection for reading: a whole transaction in one round trip, at libpq's own level.

The driver's pipeline costs twice the processor time of this, mostly in sending each command by
itself, and reading is most of what the platform does.
"""

import asyncio
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Self, cast
from uuid import UUID

import orjson
from psycopg import AsyncConnection, errors
from psycopg.abc import Transformer as Adapter
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult
from psycopg.types.json import set_json_loads

from zhibu.storage.homes.contract import Rows, Statement

_MOST_PREPARED = 1000
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
        self._wire.enter_pipeline_mode()

    @classmethod
    async def connect(cls, url: str, *, prepare: bool, wait: float) -> Self:
        connection = await AsyncConnection.connect(
            url, autocommit=True, connect_timeout=max(2, int(wait))
        )
        set_json_loads(orjson.loads, connection)
        return cls(connection, prepare=prepare)

    async def read(self, tenant_id: UUID, statements: Sequence[Statement]) -> list[Rows]:
        """Raises the driver's errors."""
        wire = self._wire
        wire.send_query_params(b"BEGIN READ ONLY", None)
        wire.send_query_params(f"SET LOCAL app.tenant_id = '{tenant_id}'".encode(), None)
        expected: list[Adapter | None] = [None, None]
        for sql, parameters in statements:
            expected += self._send(sql, parameters)
        wire.send_query_params(b"COMMIT", None)
        wire.pipeline_sync()
        await self._flush()
        found: list[Rows] = []
        for adapter in (*expected, None):
            result = await self._result()
            if adapter is not None:
                adapter.set_pgresult(result)
                found.append(cast(Rows, adapter.load_rows(0, result.ntuples, tuple)))
        await self._sync()
        return found

    async def cancel(self) -> None:
        """Ask the server to stop what nobody waits for any more."""
        await self._connection.cancel_safe(timeout=1)

    async def close(self) -> None:
        await self._connection.close()

    def _send(self, sql: str, parameters: Sequence[Any]) -> list[Adapter | None]:
        """Put a statement on its way; one entry for each result that will come of it."""
        adapter = Transformer(self._connection)
        formats = [PyFormat.AUTO] * len(parameters)
        values = adapter.dump_sequence(parameters, formats)
        types, kinds = adapter.types or (), adapter.formats
        query = numbered(sql)
        name = self._prepared.get((query, types))
        sent: list[Adapter | None] = [adapter]
        if name is None and self._prepare and len(self._prepared) < _MOST_PREPARED:
            name = self._prepared[query, types] = b"zhibu_%d" % len(self._prepared)
            self._wire.send_prepare(name, query, types)
            sent.insert(0, None)
        if name is None:
            self._wire.send_query_params(query, values, types, kinds)
        else:
            self._wire.send_query_prepared(name, values, kinds)
        return sent

    async def _flush(self) -> None:
        while self._wire.flush():
            await self._ready(writing=True)
            self._wire.consume_input()

    async def _result(self) -> PGresult:
        result = await self._next()
        if result is None or result.status not in _WELL:
            if result is None:
                raise errors.OperationalError("the server sent fewer answers than expected")
            raise errors.error_from_result(result, encoding="utf-8")
        if await self._next() is not None:
            raise errors.ProgrammingError("a statement answered more than once")
        return result

    async def _sync(self) -> None:
        result = await self._next()
        if result is None or result.status != ExecStatus.PIPELINE_SYNC:
            raise errors.OperationalError("the server lost step")

    async def _next(self) -> PGresult | None:
        while self._wire.is_busy():
            await self._ready()
            self._wire.consume_input()
        return self._wire.get_result()

    async def _ready(self, *, writing: bool = False) -> None:
        loop, socket = asyncio.get_running_loop(), self._wire.socket
        ready: asyncio.Future[None] = loop.create_future()

        def wake() -> None:
            if not ready.done():
                ready.set_result(None)

        loop.add_reader(socket, wake)
        if writing:
            loop.add_writer(socket, wake)
        try:
            await ready
        finally:
            loop.remove_reader(socket)
            if writing:
                loop.remove_writer(socket)


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
