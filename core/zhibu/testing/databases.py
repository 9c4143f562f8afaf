"""Freshly migrated homes for tests, on both databases."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from zhibu.settings import Settings
from zhibu.storage.homes import Homes
from zhibu.storage.migrate import Histories
from zhibu.testing.postgresql import NoPostgresql, Server, postgresql

__all__ = [
    "NoPostgresql",
    "Server",
    "fresh_postgresql",
    "fresh_sqlite",
    "opened",
    "postgresql",
    "postgresql_homes",
    "sqlite_homes",
]


@contextmanager
def sqlite_homes(histories: Histories, folder: Path) -> Iterator[Settings]:
    """Settings of a migrated SQLite installation, to be copied by `fresh_sqlite`."""
    settings = Settings(data=folder)
    asyncio.run(_migrate(settings, histories))
    yield settings


@contextmanager
def postgresql_homes(histories: Histories, server: Server, folder: Path) -> Iterator[Settings]:
    """Settings of a migrated PostgreSQL installation, to be copied by `fresh_postgresql`."""
    with server.database() as urls:
        settings = Settings(data=folder, database=urls.app, owner_database=urls.owner)
        asyncio.run(_migrate(settings, histories))
        yield settings


@contextmanager
def fresh_sqlite(migrated: Settings, folder: Path) -> Iterator[Settings]:
    """A copy of a migrated installation."""
    shutil.copytree(migrated.data, folder, dirs_exist_ok=True)
    yield replace(migrated, data=folder)


@contextmanager
def fresh_postgresql(migrated: Settings, server: Server, folder: Path) -> Iterator[Settings]:
    """A copy of a migrated installation: nobody may be connected to that one."""
    shutil.copytree(migrated.data, folder, dirs_exist_ok=True)
    template = conninfo_to_dict(migrated.database)["dbname"]
    with server.database(str(template)) as urls:
        yield replace(migrated, data=folder, database=urls.app, owner_database=urls.owner)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Homes]:
    """Homes that are closed when the block ends."""
    homes = Homes(settings)
    try:
        yield homes
    finally:
        await homes.close()


async def _migrate(settings: Settings, histories: Histories) -> None:
    async with opened(settings) as homes:
        await homes.migrate(histories)
