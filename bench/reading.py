"""What reading costs: microseconds per request on SQLite, by part, without HTTP.

    python -m bench.reading [--members 20000] [--seconds 1]

Each line is the median of several rounds: the whole request (plan found, statement run, bytes
made), and the same statement run by hand without any of our code, which is the limit.
"""

import argparse
import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any
from uuid import UUID

import strawberry
from sqlalchemy.dialects.sqlite.pysqlite import dialect as sqlite

from bench.toy import TENANT, Query, database
from zhibu.identifiers import global_id
from zhibu.policy.paths import PathSet
from zhibu.policy.scope import Scope
from zhibu.reading import Engine


@dataclass
class Request:
    connection: sqlite3.Connection
    allowed: Scope
    tenant_id: UUID = TENANT
    today: date = date(2026, 5, 4)
    binds: dict[str, Any] = field(default_factory=dict)
    seen: list[tuple[str, Sequence[Any]]] = field(default_factory=list)

    def scope(self, action: Any) -> Scope:
        return self.allowed

    async def fetch(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> list[list[Any]]:
        self.seen = list(statements)
        return [self.connection.execute(sql, given).fetchall() for sql, given in statements]


FIELDS = "id name stage joinedOn unit { id name }"
PAGE = "query($n: Int!) { persons(first: $n) { nodes { %s } pageInfo { hasNextPage endCursor } } }"
CASES: list[tuple[str, str, Callable[[int], dict[str, Any]]]] = [
    (
        "member by id",
        f"query($id: ID!) {{ person(id: $id) {{ {FIELDS} phone }} }}",
        lambda n: {"id": global_id("Person", UUID(int=10**6 + n))},
    ),
    ("page of 50", PAGE % f"{FIELDS} phone hours", lambda n: {"n": 50}),
    ("page of 50, one computed", PAGE % f"{FIELDS} phone hours gap", lambda n: {"n": 50}),
    ("page of 50, names only", PAGE % "name", lambda n: {"n": 50}),
]


async def timed(seconds: float, once: Callable[[int], Any]) -> float:
    rounds = []
    number = 0
    for _ in range(7):
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds / 7:
            await once(number % 1000)
            number += 1
            count += 1
        rounds.append((time.perf_counter() - start) / count * 1e6)
    return median(rounds)


def reading(
    engine: Engine, request: Request, document: str, variables: Callable[[int], dict[str, Any]]
) -> Callable[[int], Any]:
    async def once(number: int) -> None:
        operation = engine.operation(document)
        plan = engine.plan(operation, variables(number), request)
        assert plan is not None
        await engine.run(plan, request)

    return once


def bare_reading(request: Request, sql: str, parameters: Sequence[Any]) -> Callable[[int], Any]:
    async def once(number: int) -> None:
        request.connection.execute(sql, parameters).fetchall()

    return once


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=1.0)
    options = parser.parse_args()
    subtree = PathSet({"1.": (True, True), "1.3.": (False, False)})
    request = Request(database(options.members), Scope(subtree, subtree, ""))
    engine = Engine(strawberry.Schema(Query), sqlite(paramstyle="qmark"), secret=b"bench")
    print(f"{'':28}{'whole':>9}{'SQL':>9}{'ours':>9}   µs per request")
    for name, document, variables in CASES:
        read = reading(engine, request, document, variables)
        await read(0)
        statement, parameters = request.seen[0]
        whole = await timed(options.seconds, read)
        bare = await timed(options.seconds, bare_reading(request, statement, parameters))
        print(f"{name:28}{whole:9.1f}{bare:9.1f}{whole - bare:9.1f}")


if __name__ == "__main__":
    asyncio.run(main())
