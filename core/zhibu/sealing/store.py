"""Statements on sealed columns, whichever tables have them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, MetaData, and_, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.storage.encryption import Place
from zhibu.storage.tables import Base, Sealed

_HEADER = 3  # bytes that say how and under which key a value was sealed


@dataclass(frozen=True, kw_only=True)
class Found:
    """A sealed value, and the row that it stands in."""

    row: UUID
    value: bytes


def columns(metadata: MetaData = Base.metadata) -> list[Column[Any]]:
    """Every sealed column of the core and of the plugins that are here, by their type alone."""
    return [
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Sealed)
    ]


def place_of(column: Column[Any], tenant_id: UUID, row: UUID) -> Place:
    """Where a value of this column is bound to: its row is named by its id."""
    return Place(tenant_id, column.table.name, column.name, row)


async def others(
    session: AsyncSession,
    tenant_id: UUID,
    column: Column[Any],
    header: bytes,
    *,
    after: UUID | None,
    limit: int,
) -> list[Found]:
    """Values that do not begin with this header, in the order of their rows' ids."""
    c = column.table.c
    wanted = [c.tenant_id == tenant_id, func.length(column) > 0, _header(column) != header]
    if after is not None:
        wanted.append(c.id > after)
    statement = select(c.id, column).where(*wanted).order_by(c.id).limit(limit)
    return [Found(row=row[0], value=row[1]) for row in await session.execute(statement)]


async def replace(
    session: AsyncSession,
    tenant_id: UUID,
    column: Column[Any],
    changes: Sequence[tuple[Found, bytes]],
) -> None:
    """Write the new values, except where somebody wrote another one in the meantime."""
    c = column.table.c
    same = and_(c.tenant_id == tenant_id, c.id == bindparam("row"), column == bindparam("old"))
    statement = update(column.table).where(same).values({column.name: bindparam("new")})
    values = [{"row": found.row, "old": found.value, "new": new} for found, new in changes]
    await (await session.connection()).execute(statement, values)


async def numbers(session: AsyncSession, tenant_id: UUID, column: Column[Any]) -> dict[int, int]:
    """How many values were sealed under each key."""
    header = _header(column)
    mine = and_(column.table.c.tenant_id == tenant_id, func.length(column) > 0)
    found = select(header.label("header")).where(mine).subquery()
    counted = select(found.c.header, func.count()).group_by(found.c.header)
    rows = (await session.execute(counted)).all()
    return {int.from_bytes(bytes(row[0])[1:], "big"): row[1] for row in rows}


def _header(column: Column[Any]) -> Any:
    return func.substr(column, 1, _HEADER, type_=column.type)
