"""Connections for reading: one round trip for a whole transaction, and errors at once."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import orjson
from psycopg import AsyncConnection, OperationalError
from psycopg.types.json import set_json_loads

from zhibu.storage.homes.contract import HomeBusy, Rows, Statement


class Readers:
    """At most `size` connections, opened when needed, the most recently used first.

    A connection that saw any failure or cancellation is thrown away, never given to another
    tenant. One that died while idle is replaced once, since reading again changes nothing.
    """

    def __init__(self, url: str, *, size: int, wait: float, prepare: bool) -> None:
        self._url = url
        self._wait = wait
        self._prepare = prepare
        self._idle: list[AsyncConnection] = []
        self._turns = asyncio.Semaphore(size)

    async def read(self, tenant_id: UUID, statements: Sequence[Statement]) -> list[Rows]:
        """Raises `HomeBusy`, or the driver's own error."""
        if not isinstance(tenant_id, UUID):  # it becomes part of a statement
            raise TypeError("a tenant is named by a UUID")
        await self._turn()
        try:
            while self._idle:
                connection = self._idle.pop()
                try:
                    return await self._read(connection, tenant_id, statements)
                except OperationalError as error:
                    if error.sqlstate and not error.sqlstate.startswith("57P"):
                        raise
            return await self._read(await self._connect(), tenant_id, statements)
        finally:
            self._turns.release()

    async def close(self) -> None:
        while self._idle:
            await self._idle.pop().close()

    async def _turn(self) -> None:
        try:
            async with asyncio.timeout(self._wait):
                await self._turns.acquire()
        except TimeoutError as error:
            raise HomeBusy(seconds=self._wait) from error

    async def _connect(self) -> AsyncConnection:
        connection = await AsyncConnection.connect(
            self._url,
            autocommit=True,
            prepare_threshold=5 if self._prepare else None,
            connect_timeout=max(2, int(self._wait)),
        )
        set_json_loads(orjson.loads, connection)
        return connection

    async def _read(
        self, connection: AsyncConnection, tenant_id: UUID, statements: Sequence[Statement]
    ) -> list[Rows]:
        cursors = [connection.cursor() for _ in statements]
        try:
            async with connection.pipeline():
                await connection.execute("BEGIN READ ONLY", prepare=False)
                await connection.execute(f"SET LOCAL app.tenant_id = '{tenant_id}'", prepare=False)
                for cursor, (sql, parameters) in zip(cursors, statements, strict=True):
                    await cursor.execute(sql, parameters)
                await connection.execute("COMMIT", prepare=False)
            rows = [await cursor.fetchall() for cursor in cursors]
        except BaseException:
            await connection.close()
            raise
        self._idle.append(connection)
        return rows
