"""What reading needs to know of a request, and the values that one execution of a plan carries."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.actions import Action

Fetched = list[list[Any]]


class Scope(Protocol):
    """Where a caller may do something, as a condition in SQL whose values come later."""

    @property
    def shape(self) -> Hashable: ...
    @property
    def nothing(self) -> bool: ...
    @property
    def everything(self) -> bool: ...
    def clause(self, path_column: Any, owner_column: Any, prefix: str) -> ColumnElement[bool]: ...
    def values(self, prefix: str) -> dict[str, Any]: ...
    def same_rows_as(self, other: Any) -> bool: ...


class Reader(Protocol):
    """The context of a request (`info.context`), as far as reading goes.

    `binds` are values that declarations ask for by name (`env.bind("account", …)`), `parameters`
    those of the tenant, as of when the request came (`parameter_at`). `fetch` runs
    statements with positional parameters in one read-only transaction, or within the act of a
    mutation, and answers the driver's own rows, one list per statement.
    """

    @property
    def tenant_id(self) -> UUID: ...
    @property
    def today(self) -> date: ...
    @property
    def binds(self) -> Mapping[str, Any]: ...
    @property
    def parameters(self) -> Any: ...
    def scope(self, action: Action | str) -> Any: ...
    async def fetch(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> Fetched: ...


class Run:
    """One execution of one statement: variables, caller, and what was worked out from them."""

    __slots__ = ("_scopes", "behind", "keys", "mark", "offset", "page", "reader", "values")

    def __init__(self, values: Mapping[str, Any], reader: Reader) -> None:
        self.values = values
        self.reader = reader
        self.page = 0
        self.offset = 0
        self.behind = False
        self.keys: list[Any] = []
        self.mark = b""
        self._scopes: dict[str, dict[str, Any]] = {}

    def scope_value(self, action: Action | str, prefix: str, name: str) -> Any:
        found = self._scopes.get(prefix)
        if found is None:
            found = self._scopes[prefix] = self.reader.scope(action).values(prefix)
        return found[name]


async def fetch_through(
    session: AsyncSession, statements: Sequence[tuple[str, Sequence[Any]]]
) -> Fetched:
    """Run statements on the connection of an act, so that they see what it has written."""
    await session.flush()
    connection = await session.connection()
    answers = []
    for sql, parameters in statements:
        result = await connection.exec_driver_sql(sql, tuple(parameters))
        answers.append(list(result.fetchall()))
    return answers
