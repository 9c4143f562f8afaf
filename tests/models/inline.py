"""SQLite in memory, in the thread of whoever asks: what the product says, many times a second."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Dialect
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import StaticPool

from zhibu.storage import written
from zhibu.storage.homes.contract import Rows, Statement
from zhibu.storage.homes.files import begins_with
from zhibu.storage.homes.hops import DIALECT
from zhibu.storage.homes.sessions import tenant_session, transaction
from zhibu.storage.homes.sqlite import SqliteHome


class _Here:
    """A connection as the driver hands it out, without its thread."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._conn = self._connection = file

    async def _execute(self, run: Callable[..., Any], *given: Any) -> Any:
        return run(*given)

    async def commit(self) -> None:
        self._conn.commit()

    async def rollback(self) -> None:
        self._conn.rollback()

    async def create_function(self, *given: Any, **more: Any) -> None:
        self._conn.create_function(*given, **more)

    async def close(self) -> None:
        self._conn.close()


class _Looking(_Here):
    """The same, for whoever looks while somebody writes: there is one connection for both."""

    async def commit(self) -> None: ...

    async def rollback(self) -> None: ...

    async def close(self) -> None: ...


class InlineHome:
    """A copy of one tenant's file in memory. It stands in for a whole `SqliteHome`."""

    name: Literal["sqlite", "postgresql"] = "sqlite"

    def __init__(self, home: SqliteHome, tenant_id: UUID) -> None:
        self.control = home.control
        self.dialect: Dialect = SQLiteDialect_pysqlite(paramstyle="qmark")
        self.file, self._clean = (
            sqlite3.connect(":memory:", isolation_level=None) for _ in range(2)
        )
        with closing(sqlite3.connect(home.file_of(tenant_id))) as source:
            source.backup(self._clean)
        self.forget()
        self.file.execute("PRAGMA foreign_keys = ON")
        self._engine, self._viewer = self._made(_Here), self._made(_Looking)
        begins_with(self._engine.sync_engine, "BEGIN IMMEDIATE")

    @asynccontextmanager
    async def act(self, tenant_id: UUID) -> AsyncIterator[AsyncSession]:
        async with transaction(tenant_session(self._engine, tenant_id), wait=1.0) as session:
            yield session

    @asynccontextmanager
    async def view(self, tenant_id: UUID) -> AsyncIterator[AsyncSession]:
        async with transaction(tenant_session(self._viewer, tenant_id), wait=1.0) as session:
            yield session

    async def read(self, tenant_id: UUID, statements: Sequence[Statement]) -> list[Rows]:
        return [self.file.execute(sql, values).fetchall() for sql, values in statements]

    def forget(self) -> None:
        """Stand as it stood when it was copied."""
        self._clean.backup(self.file)

    async def close(self) -> None:
        await self._viewer.dispose()
        await self._engine.dispose()
        self._clean.close()

    def _made(self, kind: type[_Here]) -> AsyncEngine:
        async def connect(*_: Any, **__: Any) -> _Here:
            return kind(self.file)

        engine = create_async_engine(f"{DIALECT}://", async_creator=connect, poolclass=StaticPool)
        written.watch(engine.sync_engine)
        return engine
