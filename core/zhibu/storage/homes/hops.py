"""SQLite for sessions: each statement visits the connection's thread once, rows and all.

The library's own cursor goes there four times a statement (open, execute, fetch, close), which was
a third of what a whole mutation took.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_connection
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
    SQLiteDialect_aiosqlite,
)
from sqlalchemy.util.concurrency import await_

DIALECT = "sqlite+zhibu"

Result = TypeVar("Result")
_Outcome = tuple[Any, int, int | None, Sequence[Any]]


async def visit(connection: Any, run: Callable[[sqlite3.Connection], Result]) -> Result:
    """What a function answers that runs in the connection's own thread."""
    found: Result = await connection._execute(run, connection._conn)
    return found


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    """What a statement left behind; there is nothing to close."""

    __slots__ = ("_description", "_lastrowid", "_rowcount")

    def __init__(self, adapt_connection: AsyncAdapt_dbapi_connection) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._description: Any = None
        self._rowcount = -1
        self._lastrowid: int | None = None
        self._rows = deque()

    @property
    def description(self) -> Any:
        return self._description

    @property
    def rowcount(self) -> int:
        return self._rowcount

    @property
    def lastrowid(self) -> Any:
        return self._lastrowid

    def execute(self, operation: Any, parameters: Any = None) -> None:
        def run(file: sqlite3.Connection) -> _Outcome:
            cursor = file.execute(operation, parameters or ())
            rows = cursor.fetchall()
            return cursor.description, cursor.rowcount, cursor.lastrowid, rows

        self._visit(run)

    def executemany(self, operation: Any, seq_of_parameters: Any) -> None:
        def run(file: sqlite3.Connection) -> _Outcome:
            cursor = file.executemany(operation, seq_of_parameters)
            return cursor.description, cursor.rowcount, cursor.lastrowid, ()

        self._visit(run)

    async def _async_soft_close(self) -> None:
        pass

    def close(self) -> None:
        self._rows.clear()

    def _visit(self, run: Callable[[sqlite3.Connection], _Outcome]) -> None:
        """The driver's own cursor lives and dies in its thread."""
        try:
            outcome = await_(visit(self._connection, run))
        except Exception as error:
            self._adapt_connection._handle_exception(error)
        self._description, self._rowcount, self._lastrowid, rows = outcome
        self._rows = deque(rows)


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()
    _cursor_cls = _Cursor


class _Driver(AsyncAdapt_aiosqlite_dbapi):
    def connect(self, *args: Any, **options: Any) -> _Connection:
        connected = super().connect(*args, **options)
        return _Connection(self, connected._connection)


class OneHop(SQLiteDialect_aiosqlite):
    """The dialect behind `sqlite+zhibu`."""

    supports_statement_cache = True
    supports_server_side_cursors = False  # all rows came along

    @classmethod
    def import_dbapi(cls) -> _Driver:
        return _Driver(__import__("aiosqlite"), __import__("sqlite3"))


registry.register("sqlite.zhibu", __name__, "OneHop")
