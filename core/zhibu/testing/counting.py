"""Counting SQL statements and calls: what a request costs is asserted, not hoped for."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, event

from zhibu.storage.homes.contract import Rows, Statement
from zhibu.storage.homes.postgresql import PostgresqlHome
from zhibu.storage.homes.sqlite import SqliteHome

# Not about the request: how a connection is set up, and which tenant a transaction is for.
_ASIDE = ("BEGIN", "PRAGMA", "SET ", "SELECT set_config", "SAVEPOINT", "RELEASE", "ROLLBACK")


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every SQL statement that any home runs within the block, as it was sent."""
    found: list[str] = []

    def noted(connection: Any, cursor: Any, sql: str, *rest: Any) -> None:
        if not sql.lstrip().startswith(_ASIDE):
            found.append(sql)

    homes: tuple[Any, ...] = (SqliteHome, PostgresqlHome)
    ordinary = [home.read for home in homes]

    def noting(read: Any) -> Any:
        async def reading(self: Any, tenant_id: UUID, asked: Sequence[Statement]) -> list[Rows]:
            found.extend(sql for sql, _ in asked)
            rows: list[Rows] = await read(self, tenant_id, asked)
            return rows

        return reading

    event.listen(Engine, "before_cursor_execute", noted)
    for kind in homes:
        kind.read = noting(kind.read)
    try:
        yield found
    finally:
        for kind, read in zip(homes, ordinary, strict=True):
            kind.read = read
        event.remove(Engine, "before_cursor_execute", noted)


@dataclass(slots=True)
class Counted:
    calls: int = 0


@contextmanager
def calls() -> Iterator[Counted]:
    """Every Python function that this thread calls within the block.

    Unlike its time, their number does not depend on what else the machine does.
    """
    counted = Counted()

    def noted(_: FrameType, event: str, __: object) -> None:
        counted.calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(noted)
    try:
        yield counted
    finally:
        sys.setprofile(before)
