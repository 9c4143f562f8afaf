"""Statements past SQLAlchemy, on the connection of its own transaction, in one round trip."""

from collections.abc import Sequence
from typing import Any

from psycopg import AsyncRawCursor
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection

from zhibu.storage.homes.contract import Statement
from zhibu.storage.homes.hops import visit


async def send(connection: Connection, statements: Sequence[Statement]) -> list[Sequence[Any]]:
    """The rows of each, as the driver gives them. Raises the driver's errors, to be told `fail`."""
    for sql, values in statements:
        for heard in connection.dispatch.before_cursor_execute:
            heard(connection, None, sql, values, None, False)
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        return await visit(
            driver, lambda file: [file.execute(*each).fetchall() for each in statements]
        )
    # Raw: the driver would rewrite the placeholders of a long statement each time anew.
    cursors = [AsyncRawCursor(driver) for _ in statements]
    begun = driver.pgconn.transaction_status != TransactionStatus.IDLE
    if len(cursors) == 1 and begun:  # or BEGIN would make a trip of its own
        await cursors[0].execute(*statements[0])
    else:
        async with driver.pipeline():
            for cursor, each in zip(cursors, statements, strict=True):
                await cursor.execute(*each)
    return [await cursor.fetchall() if cursor.description else () for cursor in cursors]


def fail(connection: Connection, error: BaseException, statement: Statement) -> None:
    """Raise the error as SQLAlchemy words it, and let go of a connection that broke.

    Called where SQLAlchemy's own code runs, in a greenlet.
    """
    try:
        raise error
    except BaseException:
        connection._handle_dbapi_exception(error, *statement, None, None)
