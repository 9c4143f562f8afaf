"""A small schema over three tables in memory, and its rows."""

import sqlite3
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import strawberry
from sqlalchemy import Index, MetaData, create_engine, func, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import StaticPool

from zhibu.reading import (
    Connection,
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
