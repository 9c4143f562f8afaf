"""One row for each table, with whatever it refers to, so that migrations meet rows."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, MetaData, Table, func, insert, select, text
from sqlalchemy.types import JSON, Boolean, Date, DateTime, Integer, LargeBinary, Numeric, Uuid

from zhibu.storage.tables import Exact, Moment

# Every id is this one, so every reference holds, to the row itself as well.
ID = UUID("01890000-0000-7000-8000-000000000001")


def fill(connection: Connection, metadata: MetaData, tables: Iterable[str]) -> None:
    """Put a row into these tables and into everything they refer to, where there is none yet."""
    with connection.begin():
        _enter(connection)
        put(connection, metadata, tables)


def put(
    connection: Connection, metadata: MetaData, tables: Iterable[str], tenant_id: UUID = ID
) -> None:
    """The same for this tenant, in the transaction at hand."""
    wanted = _with_referred(metadata, tables)
    for table in metadata.sorted_tables:
        if table.name in wanted and not _count(connection, table, tenant_id):
            row = {c.name: tenant_id if c.name == "tenant_id" else _value(c) for c in table.c}
            connection.execute(insert(table).values(row))


def count(connection: Connection, metadata: MetaData, tables: Iterable[str]) -> dict[str, int]:
    """How many rows the tenant of `fill` has in each table."""
    with connection.begin():
        _enter(connection)
        return {name: _count(connection, metadata.tables[name]) for name in tables}


def _count(connection: Connection, table: Table, tenant_id: UUID = ID) -> int:
    """How many rows; of another tenant than `ID`, how many that were put here."""
    counted = select(func.count()).select_from(table)
    if tenant_id != ID:
        counted = counted.where(table.c.tenant_id == tenant_id, table.c.id == ID)
    return connection.scalar(counted) or 0


def _enter(connection: Connection) -> None:
    """PostgreSQL shows rows of the tenant at hand only, to the owner as well."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL app.tenant_id = '{ID}'"))


def _with_referred(metadata: MetaData, tables: Iterable[str]) -> set[str]:
    wanted: set[str] = set()
    waiting = [*tables]
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            keys = metadata.tables[name].foreign_keys
            waiting += [key.column.table.name for key in keys]
    return wanted


def _value(column: Column[Any]) -> Any:
    match column.type:
        case Uuid():
            return ID
        case Exact():
            return Decimal(1)
        case Moment() | DateTime():
            return datetime(2020, 1, 1, tzinfo=UTC)
        case Date():
            return date(2020, 1, 1)
        case Boolean():
            return True
        case Integer() | Numeric():
            return 1
        case LargeBinary():
            return b"1"
        case JSON():
            return {}
        case _:
            return "1"
