"""PostgreSQL homes: many tenants in one database, kept apart by forced row-level security."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cached_property
from typing import Any, Literal
from uuid import UUID

import psycopg
from psycopg import sql
from sqlalchemy import Dialect, Engine, create_engine, event, make_url
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from zhibu.logs import logger
from zhibu.settings import Database
from zhibu.storage import written
from zhibu.storage.homes.compiled import COMPILED
from zhibu.storage.homes.contract import Rows, Statement
from zhibu.storage.homes.faults import unavailable
from zhibu.storage.homes.poolers import limited, shared
from zhibu.storage.homes.readers import Readers
from zhibu.storage.homes.sessions import plain_session, tenant_session, transaction
from zhibu.storage.migrate.state import standing

log = logger("zhibu.storage")


class PostgresqlHome:
    """One database. The application's role owns nothing; the owner's is used by migrations only."""

    name: Literal["sqlite", "postgresql"] = "postgresql"

    def __init__(
        self, database: Database, *, readers: int, writers: int, wait: float, prepare: bool
    ) -> None:
        self.dialect: Dialect = PGDialect_psycopg(paramstyle="format")  # type: ignore[no-untyped-call]
        self.database = database
        self._writers = writers
        self._wait = wait
        self._prepare = prepare
        self._readers = Readers(database.app, size=readers, wait=wait, prepare=prepare)

    @property
    def app_role(self) -> str:
        """The role that migrations grant rows to."""
        return make_url(self.database.app).username or ""

    @property
    def in_use(self) -> Mapping[str, int]:
        engine = self.__dict__.get("_engine")
        writers = engine.pool.checkedout() if engine is not None else 0
        return {"readers": self._readers.in_use, "writers": writers}

    async def versions(self) -> Mapping[str, str]:
        async with self.control() as session:
            connection = await session.connection()
            return await connection.run_sync(standing)

    async def read(self, tenant_id: UUID, statements: Sequence[Statement]) -> list[Rows]:
        try:
            return await self._readers.read(tenant_id, statements)
        except psycopg.Error as error:
            raise unavailable(error, self._wait) or error from error

    @asynccontextmanager
    async def act(self, tenant_id: UUID) -> AsyncIterator[AsyncSession]:
        session = tenant_session(self._engine, tenant_id)
        async with transaction(session, wait=self._wait):
            yield session

    @asynccontextmanager
    async def view(self, tenant_id: UUID) -> AsyncIterator[AsyncSession]:
        session = tenant_session(self._engine, tenant_id)
        options = {"postgresql_readonly": True}
        async with transaction(session, wait=self._wait, options=options):
            yield session

    @asynccontextmanager
    async def control(self) -> AsyncIterator[AsyncSession]:
        """A write transaction for control tables; it sees no tenant's rows."""
        session = plain_session(self._engine)
        async with transaction(session, wait=self._wait):
            yield session

    async def listen(self, channel: str, heard: Callable[[str], None]) -> None:
        """It takes a connection of its own, past a pooler: through one that shares connections
        nobody is told, or somebody else."""
        address = self.database.direct or self.database.app
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    address, autocommit=True
                ) as connection:
                    if await shared(connection):
                        log.info("a pooler hears for nobody", channel=channel)
                        return
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
                    async for said in connection.notifies():
                        heard(said.payload)
            except psycopg.OperationalError as error:
                log.warning("nothing is heard from a channel", channel=channel, error=error)
            await asyncio.sleep(self._wait)

    async def create(self, tenant_id: UUID) -> None:
        """Nothing to do: a tenant's rows need no room of their own."""

    async def exists(self, tenant_id: UUID) -> bool:
        return True

    async def close(self) -> None:
        await self._readers.close()
        if engine := self.__dict__.pop("_engine", None):
            await engine.dispose()

    def migrating_engine(self) -> Engine:
        """A synchronous engine of the owner, for migrations."""
        return create_engine(_driven(self.database.owner), poolclass=NullPool)

    @cached_property
    def _engine(self) -> AsyncEngine:
        engine = create_async_engine(
            _driven(self.database.app),
            pool_size=self._writers,
            max_overflow=0,
            pool_timeout=self._wait,
            pool_use_lifo=True,
            connect_args={"connect_timeout": max(2, int(self._wait))},
            execution_options={"compiled_cache": COMPILED},
        )
        written.watch(engine.sync_engine)
        event.listen(engine.sync_engine, "connect", self._settle)
        return engine

    def _settle(self, connection: Any, record: object) -> None:
        """The driver forgets what it prepared by a statement of its own, which poolers that follow
        such do not understand: behind any of them it prepares nothing."""

        async def settled(driver: psycopg.AsyncConnection[Any]) -> None:
            if await limited(driver) or not self._prepare:
                driver.prepare_threshold = None
            await driver.commit()

        connection.run_async(settled)


def _driven(url: str) -> str:
    driven = make_url(url).set(drivername="postgresql+psycopg")
    return driven.render_as_string(hide_password=False)
