"""Poolers: whether a connection ends at the server, or at somebody who shares it between clients.

PgBouncer before 1.21 does not follow what is prepared: the name that one process gave a statement
is, on the same connection to the server, another process's name for another one. Asking each new
connection is surer than asking whoever writes the settings.
"""

import asyncio
from typing import Any
from uuid import uuid4

from psycopg import AsyncConnection

from zhibu.storage.homes.patience import STATEMENT

_BEHIND = "SELECT pg_backend_pid()"
LIMITED = f"{_BEHIND}, set_config('statement_timeout', '{STATEMENT * 1000:.0f}', false)"
_AS_NAMED = "SELECT 1 FROM pg_prepared_statements WHERE name = %s"


async def shared(connection: AsyncConnection[Any]) -> bool:
    """Whether somebody else than the server answered when it was opened."""
    return await _behind(connection, _BEHIND) != connection.info.backend_pid


async def limited(connection: AsyncConnection[Any]) -> bool:
    """Limit its statements; whether it is shared.

    The limit does not survive a pooler, so the role has it as well (`zhibu.storage.roles`).
    """
    return await _behind(connection, LIMITED) != connection.info.backend_pid


async def followed(connection: AsyncConnection[Any]) -> bool:
    """Whether what is prepared on a shared connection is there in its next transaction.

    A pooler that follows gives statements names of its own; another one hands them on.
    """
    name = f"zhibu_{uuid4().hex}"
    async with connection.transaction():
        await asyncio.to_thread(connection.pgconn.prepare, name.encode(), b"SELECT 1")
        handed_on = await (await connection.execute(_AS_NAMED, [name])).fetchone()
        if handed_on:
            await connection.execute(f"DEALLOCATE {name}".encode())
    return not handed_on


async def _behind(connection: AsyncConnection[Any], query: str) -> int:
    """The process of the server that works for this connection now."""
    cursor = await connection.execute(query.encode())
    found: tuple[int, ...] | None = await cursor.fetchone()
    assert found is not None
    return found[0]
