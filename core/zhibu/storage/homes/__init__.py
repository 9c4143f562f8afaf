"""Where tenants live: which home is whose, and one way to migrate them all."""

import asyncio
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Self
from uuid import UUID

from sqlalchemy import Connection, Engine
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.settings import Database, SettingInvalid, Settings
from zhibu.storage.homes.contract import (
    ChangesCollided,
    Home,
    HomeBusy,
    HomeMissing,
    HomeNotMigrated,
    HomeUnknown,
    HomeUnreachable,
    OutcomeUnknown,
    Rows,
    Statement,
)
from zhibu.storage.homes.files import migrating_engine
from zhibu.storage.homes.postgresql import PostgresqlHome
from zhibu.storage.homes.sessions import TenantMissing, TenantSession
from zhibu.storage.homes.sqlite import SqliteHome
from zhibu.storage.migrate import Histories, pending, upgrade

__all__ = [
    "ChangesCollided",
    "Home",
    "HomeBusy",
    "HomeMissing",
    "HomeNotMigrated",
    "HomeUnknown",
    "HomeUnreachable",
    "Homes",
    "OutcomeUnknown",
    "Rows",
    "Statement",
    "TenantMissing",
    "TenantSession",
]

Placement = Callable[[UUID], str | None] | Mapping[UUID, str | None]


class Homes:
    """Every home of one installation. Made once at start; nothing connects before it is used.

    `placement` answers where a tenant lives: None for the default, `"sqlite"`, or the name of one
    of the settings' `homes`. It may be replaced by assigning to it.
    """

    def __init__(self, settings: Settings, placement: Placement | None = None) -> None:
        self.placement: Placement = placement if placement is not None else {}
        self._settings = settings
        self._sqlite = SqliteHome(
            settings.data,
            readers=settings.readers,
            wait=settings.wait,
            open_files=settings.open_files,
        )
        self._postgresql = {
            name: self._database(database) for name, database in settings.homes.items()
        }
        self._default: SqliteHome | PostgresqlHome = self._sqlite
        if settings.database != "sqlite":
            owner = settings.owner_database
            if not settings.database.startswith("postgresql://") or owner is None:
                raise SettingInvalid(
                    setting="database", value="…", fault="needs postgresql:// URLs of both roles"
                )
            self._default = self._database(
                Database(app=settings.database, owner=owner, direct=settings.direct_database)
            )

    def home(self, tenant_id: UUID) -> Home:
        """The home of a tenant. Raises `HomeUnknown` when it is placed where no settings point."""
        place = self.placement
        name = place(tenant_id) if callable(place) else place.get(tenant_id)
        if name is None:
            return self._default
        if name == "sqlite":
            return self._sqlite
        if name in self._postgresql:
            return self._postgresql[name]
        raise HomeUnknown(home=name)

    @property
    def default(self) -> Home:
        """The home of tenants that are placed nowhere else."""
        return self._default

    def each(self) -> list[Home]:
        """Every home that the settings name, the default one first."""
        return list(dict.fromkeys((self._default, self._sqlite, *self._postgresql.values())))

    def control(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A write transaction on the control tables, committed when the block ends."""
        return self._default.control()

    def databases(self) -> dict[str, Engine]:
        """Every database there is, as its owner reaches it, by a name for people."""
        found = {}
        for name, home in {"default": self._default, **self._postgresql}.items():
            if isinstance(home, PostgresqlHome):
                found[name] = home.migrating_engine()
        sqlite = self._sqlite
        for file in (sqlite.control_file, sqlite.template, *sqlite.files()):
            if file.exists():
                found[str(file.relative_to(sqlite.folder))] = migrating_engine(file)
        return found

    async def migrate(self, histories: Histories) -> None:
        """Bring every database to the newest revisions: control, template, tenants, servers."""
        await asyncio.to_thread(self._migrate, histories)

    async def close(self) -> None:
        for home in (self._sqlite, self._default, *self._postgresql.values()):
            await home.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def _database(self, database: Database) -> PostgresqlHome:
        settings = self._settings
        return PostgresqlHome(
            database,
            readers=settings.readers,
            writers=settings.writers,
            wait=settings.wait,
            prepare=settings.prepare,
        )

    def _migrate(self, histories: Histories) -> None:
        servers = dict.fromkeys((self._default, *self._postgresql.values()))
        for home in servers:
            if isinstance(home, PostgresqlHome):
                _migrate_database(home, histories)
        with self._sqlite.locked():
            if self._default is self._sqlite:
                _migrate_file(self._sqlite.control_file, histories)
            _replace_template(self._sqlite.template, histories)
            for file in self._sqlite.files():
                _migrate_file(file, histories)


def _migrate_database(home: PostgresqlHome, histories: Histories) -> None:
    engine = home.migrating_engine()
    with engine.connect() as connection:
        upgrade(connection, histories, app_role=home.app_role)


def _migrate_file(file: Path, histories: Histories) -> None:
    with migrating_engine(file).connect() as connection:
        upgrade(connection, histories)


def _replace_template(template: Path, histories: Histories) -> None:
    """A template is replaced whole, so that whoever copies it never meets a half-migrated one."""
    draft = template.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    if template.exists():
        shutil.copyfile(template, draft)
    with migrating_engine(draft).connect() as connection:
        if template.exists() and not pending(connection, histories):
            connection.close()
            draft.unlink()
            return
        upgrade(connection, histories)
    _settle(draft)
    os.replace(draft, template)


def _settle(file: Path) -> None:
    """Leave one plain file behind, without the companions of the write-ahead log."""

    def journal(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA journal_mode = DELETE")

    with migrating_engine(file).connect() as connection:
        journal(connection)
