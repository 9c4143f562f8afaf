"""Statements that are compiled once and run with values only, several of them in one round trip.

What every act runs is worth it: building a statement, and finding it among SQLAlchemy's compiled
ones, takes several times as long as running it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from uuid import UUID

from sqlalchemy import ClauseElement, Row
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.storage import written
from zhibu.storage.homes.contract import Home, Statement
from zhibu.storage.homes.direct import fail, send

Rows = list[Row[*tuple[Any, ...]]]
Process = Callable[[Any], Any] | None

_DATABASES: Mapping[str, tuple[ModuleType, Any]] = {
    "sqlite": (sqlite, SQLiteDialect_pysqlite(paramstyle="qmark")),
    "postgresql": (postgresql, PGDialect_psycopg(paramstyle="numeric_dollar")),  # type: ignore[no-untyped-call]
}


@dataclass(frozen=True)
class Look:
    """A tenant's home to read from where there is no session: each `run` is a trip of its own."""

    home: Home
    tenant_id: UUID


@dataclass(frozen=True)
class Call:
    """A fixed statement with the values of one execution."""

    statement: "Fixed"
    values: Mapping[str, Any]


class Fixed:
    """A statement whose shape never changes: `HEAD(tenant=tenant_id)` is one execution of it.

    Its values are constants or a `bindparam`; a list is one value too, by `among`. An `INSERT` is
    given every column: the columns' own defaults are not asked. Where the databases have words of
    their own, it is a function of either dialect's module, for its `insert`.
    """

    def __init__(self, statement: ClauseElement | Callable[[Any], ClauseElement]) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def __call__(self, **values: Any) -> Call:
        return Call(self, values)

    def on(self, database: str) -> "_Compiled":
        found = self._compiled.get(database)
        if found is None:
            words, dialect = _DATABASES[database]
            given = self._statement
            statement = given if isinstance(given, ClauseElement) else given(words)
            compiled = statement.compile(dialect=dialect)
            found = _Compiled(compiled, dialect, written.written_by(statement))
            self._compiled[database] = found
        return found


async def run(session: AsyncSession | Look, *calls: Call) -> list[Rows]:
    """Run them in order, each seeing what those before it wrote; one list of rows for each.

    The transaction has begun. Raises what `session.execute` raises; of a `Look`, `Unavailable`.
    """
    if not calls:
        return []
    written.sent(len(calls))
    if isinstance(session, Look):
        compiled = [call.statement.on(session.home.name) for call in calls]
        sent = _sent(compiled, calls)
        read = await session.home.read(session.tenant_id, sent)
        return [one.rows(rows) for one, rows in zip(compiled, read, strict=True)]
    if session.in_nested_transaction():  # a savepoint is only set when it is first needed
        await session.connection()
    connection = session.sync_session.connection()
    database = connection.dialect.name
    compiled = [call.statement.on(database) for call in calls]
    sent = _sent(compiled, calls)
    for one in compiled:
        written.note(session, one.writes)
    try:
        found = await send(connection, sent)
    except BaseException as error:
        failure = error
        await session.run_sync(lambda _: fail(connection, failure, sent[0]))
        raise
    return [one.rows(rows) for one, rows in zip(compiled, found, strict=True)]


def _sent(compiled: Sequence["_Compiled"], calls: Sequence[Call]) -> list[Statement]:
    return [(one.sql, one.bound(call.values)) for one, call in zip(compiled, calls, strict=True)]


class _Compiled:
    """A statement in the words of one database, with the ways of its values in and out."""

    def __init__(self, compiled: Any, dialect: Any, writes: str | None) -> None:
        self.writes = writes
        binds = compiled.binds.values()
        asked = {bind.key for bind in binds if bind.required}
        assert not any(bind.required and bind.expanding for bind in binds), "use `among`"
        state = compiled.construct_expanded_state(dict.fromkeys(asked))
        processors = {**compiled._bind_processors, **state.processors}
        self.sql: str = state.statement
        self._values: list[tuple[str, Process, bool, Any]] = []
        for name in state.positiontup:
            process = processors.get(name)
            constant = None if name in asked else _through(process, state.parameters[name])
            self._values.append((name, process, name in asked, constant))
        columns = compiled._result_columns
        outward = [c.type.dialect_impl(dialect).result_processor(dialect, None) for c in columns]
        self._outward = outward if any(outward) else None
        self._shape = SimpleResultMetaData([column.keyname for column in columns])

    def bound(self, values: Mapping[str, Any]) -> list[Any]:
        return [
            _through(process, values[name]) if asked else constant
            for name, process, asked, constant in self._values
        ]

    def rows(self, rows: Sequence[Any]) -> Rows:
        shape = self._shape
        return [Row(shape, self._outward, shape._key_to_index, row) for row in rows]


def _through(process: Process, value: Any) -> Any:
    return value if process is None else process(value)
