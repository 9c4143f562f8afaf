"""SQLite homes: one file per tenant, so that no statement can ever reach a neighbour's rows."""

import asyncio
import fcntl
import os
import shutil
import sqlite3
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import quote
from uuid import UUID, uuid4

from sqlalchemy import Dialect
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.storage.homes.contract import HomeMissing, HomeNotMigrated, Rows, Statement
from zhibu.storage.homes.faults import unavailable
from zhibu.storage.homes.files import File
from zhibu.storage.homes.sessions import plain_session, tenant_session, transaction

_VERSION_TABLES = "SELECT name FROM sqlite_master WHERE name LIKE '%^_version' ESCAPE '^'"


class SqliteHome:
    """A folder with `control.db`, `template.db` and `tenants/<id>.db`.

    At most `open_files` tenants stay open. All reading shares `readers` threads.
    """

    name: Literal["sqlite", "postgresql"] = "sqlite"

    def __init__(self, folder: Path, *, readers: int, wait: float, open_files: int) -> None:
        self.folder = folder
        self.dialect: Dialect = SQLiteDialect_pysqlite(paramstyle="qmark")
        self._wait = wait
        self._open_files = open_files
        self._open: OrderedDict[Path, File] = OrderedDict()
        self._threads = ThreadPoolExecutor(readers, thread_name_prefix="zhibu-read")

    @property
    def control_file(self) -> Path:
        return self.folder / "control.db"

    @property
    def template(self) -> Path:
        return self.folder / "template.db"

    def file_of(self, tenant_id: UUID) -> Path:
        return self.folder / "tenants" / f"{tenant_id.hex}.db"

    def files(self) -> list[Path]:
        """Every tenant's file."""
        return sorted((self.folder / "tenants").glob("*.db"))

    @property
    def in_use(self) -> Mapping[str, int]:
        return {"files": sum(file.users > 0 for file in self._open.values())}

    async def versions(self) -> Mapping[str, str]:
        return await asyncio.to_thread(self._versions)

    async def read(self, tenant_id: UUID, statements: Sequence[Statement]) -> list[Rows]:
        async with self._using(self.file_of(tenant_id), tenant_id) as file:
            loop = asyncio.get_running_loop()
            reading = loop.run_in_executor(self._threads, file.read, statements)
            try:
                # The thread cannot be stopped, so the file stays open until it is through.
                return await asyncio.shield(reading)
            except asyncio.CancelledError:
                file.interrupt()
                await asyncio.wait([reading])
                reading.exception()
                raise
            except sqlite3.Error as error:
                raise unavailable(error, self._wait) or error from error

    @asynccontextmanager
    async def act(self, tenant_id: UUID) -> AsyncIterator[AsyncSession]:
        async with (
            self._using(self.file_of(tenant_id), tenant_id) as file,
            transaction(tenant_session(file.writer, tenant_id), wait=self._wait) as session,
        ):
            yield session

    @asynccontextmanager
    async def view(self, tenant_id: UUID) -> AsyncIterator[AsyncSession]:
        async with (
            self._using(self.file_of(tenant_id), tenant_id) as file,
            transaction(tenant_session(file.viewer, tenant_id), wait=self._wait) as session,
        ):
            yield session

    @asynccontextmanager
    async def control(self) -> AsyncIterator[AsyncSession]:
        """A write transaction on the control file."""
        async with (
            self._using(self.control_file, None) as file,
            transaction(plain_session(file.writer), wait=self._wait) as session,
        ):
            yield session

    async def listen(self, channel: str, heard: Callable[[str], None]) -> None:
        """Nobody tells what other processes write into a file."""

    async def create(self, tenant_id: UUID) -> None:
        await asyncio.to_thread(self._create, self.file_of(tenant_id))

    async def exists(self, tenant_id: UUID) -> bool:
        return self.file_of(tenant_id).exists()

    async def close(self) -> None:
        while self._open:
            await self._open.popitem()[1].close()
        self._threads.shutdown()

    @contextmanager
    def locked(self, *, shared: bool = False) -> Iterator[None]:
        """Keep other processes from migrating, or (shared) let nobody migrate meanwhile."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "migration.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
            yield

    def _versions(self) -> Mapping[str, str]:
        """By a connection of its own: one that is open goes on in a file that was taken away."""
        address = f"file:{quote(str(self.control_file.absolute()))}?mode=ro"
        try:
            with closing(sqlite3.connect(address, uri=True, timeout=self._wait)) as file:
                tables = [name for (name,) in file.execute(_VERSION_TABLES)]
                read = 'SELECT * FROM "{}"'.format  # nosec B608  # names of the file's own tables
                rows = [file.execute(read(name)).fetchone() for name in tables]
            found = dict(zip(tables, rows, strict=True))
            return {name.removesuffix("_version"): row[0] for name, row in found.items() if row}
        except sqlite3.Error as error:
            raise unavailable(error, self._wait) or error from error

    def _create(self, file: Path) -> None:
        with self.locked(shared=True):
            if not self.template.exists():
                raise HomeNotMigrated(fault=f"{self.template} is missing")
            if file.exists():
                return
            file.parent.mkdir(parents=True, exist_ok=True)
            copy = file.with_name(f"{file.name}.{uuid4().hex}")
            shutil.copyfile(self.template, copy)
            with copy.open("rb+") as written:
                os.fsync(written.fileno())
            try:
                os.link(copy, file)  # unlike a rename, never over a file that came meanwhile
            except FileExistsError:
                pass
            finally:
                copy.unlink()

    @asynccontextmanager
    async def _using(self, path: Path, tenant_id: UUID | None) -> AsyncIterator[File]:
        file = self._open.get(path)
        if file is None:
            if not path.exists():  # noqa: ASYNC240 - one stat, once per opened file
                if tenant_id is None:
                    raise HomeNotMigrated(fault=f"{path} is missing")
                raise HomeMissing(tenant_id=str(tenant_id))
            file = self._open[path] = File(path, self._wait)
        self._open.move_to_end(path)
        with file.busy():
            await self._close_idle()
            yield file

    async def _close_idle(self) -> None:
        """Close the longest unused files beyond the limit; those in use stay, limit or not."""
        while len(self._open) > self._open_files:
            idle = next((path for path, file in self._open.items() if not file.users), None)
            if idle is None:
                return
            await self._open.pop(idle).close()
