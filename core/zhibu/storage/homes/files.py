"""One SQLite file, opened: its writer, its viewers and its plain readers."""

import sqlite3
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from zhibu.storage import written
from zhibu.storage.homes.compiled import COMPILED
from zhibu.storage.homes.contract import Rows, Statement
from zhibu.storage.homes.hops import DIALECT
from zhibu.storage.homes.patience import STATEMENT, TRANSACTION, patient

_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")
_IDLE_READERS = 4
_LOOK_EVERY = 50_000  # steps of SQLite's machine, some milliseconds


class Sealed(sqlite3.Connection):
    """A connection that reaches its own file only: ATTACH (and VACUUM INTO) have no slot to use.

    What it is doing at `deadline` is given up.
    """

    deadline = inf

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        self.set_progress_handler(self._late, _LOOK_EVERY)
        for pragma in _PRAGMAS:
            self.execute(f"PRAGMA {pragma}")

    def _late(self) -> bool:
        return monotonic() > self.deadline


class SealedReader(Sealed):
    """The same, and it cannot write."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute("PRAGMA query_only = ON")


class File:
    """An open file. Nothing is connected before it is used."""

    def __init__(self, path: Path, wait: float) -> None:
        self.path = path
        self.users = 0
        self._wait = wait
        self._idle: deque[SealedReader] = deque()
        self._reading: set[SealedReader] = set()

    @contextmanager
    def busy(self) -> Iterator[None]:
        """While the block runs, the file may not be closed."""
        self.users += 1
        try:
            yield
        finally:
            self.users -= 1

    @cached_property
    def writer(self) -> AsyncEngine:
        """One connection: writers of this process queue for it, other processes for the lock."""
        return self._engine(Sealed, "BEGIN IMMEDIATE", size=1)

    @cached_property
    def viewer(self) -> AsyncEngine:
        return self._engine(SealedReader, "BEGIN", size=2)

    def read(self, statements: Sequence[Statement]) -> list[Rows]:
        """Run the statements in one read transaction. Called in a thread."""
        reader = self._idle.pop() if self._idle else self._connect()
        self._reading.add(reader)
        reader.deadline = monotonic() + STATEMENT
        try:
            reader.execute("BEGIN")
            rows = [reader.execute(sql, parameters).fetchall() for sql, parameters in statements]
            reader.execute("COMMIT")
        except BaseException:
            reader.close()
            raise
        finally:
            self._reading.discard(reader)
        if len(self._idle) < _IDLE_READERS:
            self._idle.append(reader)
        else:
            reader.close()
        return rows

    def interrupt(self) -> None:
        """Stop what is being read: nobody waits for it any more."""
        for reader in list(self._reading):
            reader.interrupt()

    async def close(self) -> None:
        while self._idle:
            self._idle.pop().close()
        for name in ("writer", "viewer"):
            if engine := self.__dict__.pop(name, None):
                await engine.dispose()

    def _connect(self) -> SealedReader:
        return sqlite3.connect(
            _existing(self.path),
            uri=True,
            factory=SealedReader,
            isolation_level=None,
            timeout=self._wait,
            check_same_thread=False,
        )

    def _engine(self, factory: type[Sealed], begin: str, *, size: int) -> AsyncEngine:
        engine = create_async_engine(
            URL.create(DIALECT, database=_existing(self.path), query={"uri": "true"}),
            pool_size=size,
            max_overflow=0,
            pool_timeout=self._wait,
            connect_args={"factory": factory, "isolation_level": None, "timeout": self._wait},
            execution_options={"compiled_cache": COMPILED},
        )
        begins_with(engine.sync_engine, begin)
        event.listen(engine.sync_engine, "begin", _limit)
        written.watch(engine.sync_engine)
        return engine


def _limit(connection: Connection) -> None:
    sealed: Any = connection.connection.driver_connection
    sealed._conn.deadline = inf if patient() else monotonic() + TRANSACTION


def begins_with(engine: Engine, statement: str) -> None:
    """Begin every transaction of the engine by this statement: the driver's own way loses updates
    and commits before DDL."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)


def migrating_engine(path: Path) -> Engine:
    """A synchronous engine for migrations, which creates the file where there is none.

    Foreign keys are not enforced, because tables are rebuilt; the migrator checks them at the end
    of each migration.
    """

    class Unchecked(Sealed):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.execute("PRAGMA foreign_keys = OFF")

    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        poolclass=NullPool,
        connect_args={"factory": Unchecked, "isolation_level": None, "timeout": 30},
    )
    begins_with(engine, "BEGIN IMMEDIATE")
    return engine


def _existing(path: Path) -> str:
    return f"file:{quote(str(path.absolute()))}?mode=rw"
