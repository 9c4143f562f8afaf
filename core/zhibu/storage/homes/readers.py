"""Connections for reading, lent to one transaction at a time."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from psycopg import Error

from zhibu.storage.homes.contract import HomeBusy, HomeUnreachable, Rows, Statement
from zhibu.storage.homes.faults import refused
from zhibu.storage.homes.patience import STATEMENT
from zhibu.storage.homes.pipeline import Pipeline
from zhibu.turns import Turns

# The connection's fault, not the statement's: it is gone, the server restarts, or what it had
# prepared does not fit the tables any more.
_STALE = ("08", "57P", "0A000", "26000")


class Readers:
    """At most `size` connections, opened when needed, the most recently used first.

    A connection that saw any failure or cancellation is thrown away, never given to another
    tenant. One that went stale while idle is replaced unseen, since reading again changes nothing.
    """

    def __init__(self, url: str, *, size: int, wait: float, prepare: bool) -> None:
        self._url = url
        self._size = size
        self._wait = wait
        self._prepare = prepare
        self._idle: list[Pipeline] = []
        self._turns = Turns(size)

    @property
    def in_use(self) -> int:
        return self._size - self._turns.free

    async def read(self, tenant_id: UUID, statements: Sequence[Statement]) -> list[Rows]:
        """Raises `HomeBusy`, `HomeUnreachable`, or the driver's own error."""
        if not isinstance(tenant_id, UUID):  # it becomes part of a statement
            raise TypeError("a tenant is named by a UUID")
        if not self._turns.enters():
            try:
                await self._turns.wait(self._wait)
            except TimeoutError as error:
                raise HomeBusy(seconds=self._wait) from error
        try:
            while self._idle:
                try:
                    return await self._read(self._idle.pop(), tenant_id, statements)
                except Error as error:
                    if refused(error) or not (error.sqlstate or "08").startswith(_STALE):
                        raise
            fresh = await Pipeline.connect(self._url, prepare=self._prepare, wait=self._wait)
            return await self._read(fresh, tenant_id, statements)
        finally:
            self._turns.leave()

    async def close(self) -> None:
        while self._idle:
            await self._idle.pop().close()

    async def _read(
        self, pipeline: Pipeline, tenant_id: UUID, statements: Sequence[Statement]
    ) -> list[Rows]:
        # The server gives up each statement after a while; beyond that nothing will come.
        longest = STATEMENT * (len(statements) + 1)
        try:
            with self._turns.timeouts.within(longest):
                rows = await pipeline.read(tenant_id, statements)
        except TimeoutError as error:
            await pipeline.close()
            raise HomeUnreachable(fault=f"no answer within {longest:g} s") from error
        except asyncio.CancelledError:
            await pipeline.cancel()
            await pipeline.close()
            raise
        except BaseException:
            await pipeline.close()
            raise
        self._idle.append(pipeline)
        return rows
