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
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from statistics import median
from typing import Any
from uuid import UUID

import strawberry
from sqlalchemy import Index, MetaData, create_engine, func, insert, select
from sqlalchemy.dialects.sqlite.pysqlite import dialect as sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import StaticPool

from zhibu.identifiers import global_id
from zhibu.policy.paths import PathSet
from zhibu.policy.scope import Scope
from zhibu.reading import (
    Connection,
    Engine,
    Node,
    column,
    computed,
    connection,
    entity,
    expression,
    one,
    to_one,
)
from zhibu.storage.tables import Exact, PathText, TenantOwned


class Base(DeclarativeBase):
    metadata = MetaData()


class UnitRow(TenantOwned, Base):
    __tablename__ = "bench_unit"
    path: Mapped[str] = mapped_column(PathText)
    name: Mapped[str]


class PersonRow(TenantOwned, Base):
    __tablename__ = "bench_person"
    __table_args__ = (Index("ix_bench_person", "tenant_id", "path", "sort_name", "id"),)
    unit_id: Mapped[UUID]
    path: Mapped[str] = mapped_column(PathText)
    sort_name: Mapped[str] = mapped_column(PathText)
    name: Mapped[str]
    stage: Mapped[str]
    joined_on: Mapped[date]
    phone: Mapped[str | None]


class CreditRow(TenantOwned, Base):
    __tablename__ = "bench_credit"
    __table_args__ = (Index("ix_bench_credit", "tenant_id", "person_id", "year"),)
    person_id: Mapped[UUID]
    year: Mapped[int]
    hours: Mapped[Decimal] = mapped_column(Exact)


Unit, Person, Credit = UnitRow.__table__, PersonRow.__table__, CreditRow.__table__
TENANT = UUID(int=1)


@strawberry.enum
class Stage(Enum):
    PROBATIONARY = "probationary"
    FULL = "full"


def hours_of(person: Any, env: Any) -> Any:
    credit = Credit.alias()
    total = func.coalesce(func.sum(credit.c.hours), 0)
    return select(total).where(credit.c.person_id == person.c.id, credit.c.year == 2026)


@entity(Unit, permission="bench:unit:read")
@strawberry.type(name="Unit")
class UnitType(Node):
    name: str


@entity(Person, permission="bench:person:read", owner="id")
@strawberry.type(name="Person")
class PersonType(Node):
    name: str
    stage: Stage
    joined_on: date
    phone: str | None = column(permission="bench:person:phone")
    unit: UnitType | None = to_one(lambda p, u: u.c.id == p.c.unit_id)
    hours: Decimal = expression(hours_of)
    gap: Decimal = computed(
        lambda rows, env: [max(32 - row["hours"], Decimal(0)) for row in rows],
        needs={"hours": hours_of},
    )


@strawberry.type
class Query:
    @one(lambda p, args, env: p.c.id == args.row("id", "Person"))
    def person(self, id: strawberry.ID) -> PersonType | None:
        """One person."""

    @connection(
        where=lambda p, args, env: p.c.path.between(args.bind("under"), args.bind("to")),
        order=lambda p: [p.c.path, p.c.sort_name, p.c.id],
    )
    def persons(  # type: ignore[empty-body]
        self, first: int, under: str = "1.", to: str = "1/", after: str | None = None
    ) -> Connection[PersonType]:
        """Pages of persons."""


SCALE = {"units": 400, "credits": 4}


def database(members: int) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    Base.metadata.create_all(engine)
    units = [
        {"tenant_id": TENANT, "id": UUID(int=n + 1), "path": f"1.{n}.", "name": f"Unit {n}"}
        for n in range(SCALE["units"])
    ]
    persons = [
        {
            "tenant_id": TENANT,
            "id": UUID(int=10**6 + n),
            "unit_id": units[n % len(units)]["id"],
            "path": units[n % len(units)]["path"],
            "sort_name": f"{n * 7919 % 10007:05}",
            "name": f"Person {n}",
            "stage": "full",
            "joined_on": date(2000, 1, 1) + timedelta(days=n % 9000),
            "phone": None,
        }
        for n in range(members)
    ]
    credits = [
        {
            "tenant_id": TENANT,
            "id": UUID(int=10**9 + n),
            "person_id": persons[n % members]["id"],
            "year": 2025 + n // members % 2,
            "hours": Decimal(n % 9) + Decimal("0.5"),
        }
        for n in range(members * SCALE["credits"])
    ]
    with engine.begin() as session:
        for table, rows in ((UnitRow, units), (PersonRow, persons), (CreditRow, credits)):
            session.execute(insert(table), rows)
    connection.execute("ANALYZE")
    return connection


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
