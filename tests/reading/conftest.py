"""A toy schema of units, persons and credits, read on both databases."""

import asyncio
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import pytest
import strawberry
from sqlalchemy import (
    JSON,
    Index,
    MetaData,
    Text,
    Uuid,
    bindparam,
    create_engine,
    func,
    select,
)
from sqlalchemy.dialects.sqlite.pysqlite import dialect as sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from strawberry.scalars import JSON as AnyJSON
from strawberry.schema.config import StrawberryConfig

from zhibu.actions import Action
from zhibu.identifiers import global_id
from zhibu.policy.paths import PathSet
from zhibu.policy.scope import Scope
from zhibu.reading import (
    Connection,
    Engine,
    Node,
    Public,
    column,
    computed,
    connection,
    dict_or_attribute,
    entity,
    expression,
    figures,
    listing,
    node,
    one,
    part,
    permitted,
    public,
    row,
    row_values,
    to_many,
    to_one,
)
from zhibu.storage.tables import Exact, Moment, PathText, TenantOwned


class Base(DeclarativeBase):
    metadata = MetaData()


class UnitRow(TenantOwned, Base):
    __tablename__ = "toy_unit"
    path: Mapped[str] = mapped_column(PathText)
    name: Mapped[str]
    kind: Mapped[str]
    founded_on: Mapped[date | None]


class PersonRow(TenantOwned, Base):
    __tablename__ = "toy_person"
    __table_args__ = (Index("ix_toy_person_page", "tenant_id", "path", "sort_name", "id"),)
    unit_id: Mapped[UUID]
    path: Mapped[str] = mapped_column(PathText)
    name: Mapped[str]
    sort_name: Mapped[str] = mapped_column(PathText)
    born_on: Mapped[date]
    left_on: Mapped[date | None]
    stage: Mapped[str]
    active: Mapped[bool]
    dues: Mapped[Decimal | None] = mapped_column(Exact)
    tags: Mapped[list[str]] = mapped_column(JSON)
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    phone: Mapped[str | None]


class CreditRow(TenantOwned, Base):
    __tablename__ = "toy_credit"
    person_id: Mapped[UUID]
    path: Mapped[str] = mapped_column(PathText)
    year: Mapped[int]
    hours: Mapped[Decimal] = mapped_column(Exact)
    earned_on: Mapped[date]
    told_at: Mapped[datetime] = mapped_column(Moment)
    verified: Mapped[bool]
    stage: Mapped[str]


Unit, Person, Credit = UnitRow.__table__, PersonRow.__table__, CreditRow.__table__

READ = Action(name="toy:person:read", summary="See persons.")
UNITS = Action(name="toy:unit:read", summary="See units.")
PHONES = Action(name="toy:phone:read", summary="See phones.")
CREDITS = Action(name="toy:credit:read", summary="See credits.")


@strawberry.enum
class Stage(Enum):
    PROBATIONARY = "probationary"
    FULL = "full"


@strawberry.enum
class UnitKind(Enum):
    COMMITTEE = "committee"
    BRANCH = "branch"


@strawberry.enum
class PersonOrder(Enum):
    PATH = "path"
    BORN_DESC = "born_desc"
    MIXED = "mixed"
    HOURS = "hours"


def verified_hours(person_id: Any, year: Any) -> Any:
    c = Credit.alias()
    return (
        select(func.coalesce(func.sum(c.c.hours), 0))
        .where(c.c.person_id == person_id, c.c.year == year, c.c.verified)
        .scalar_subquery()
    )


class Windfall:
    """A namespace that joins a table of its own: credits that only strangers have."""

    def __init__(self, person: Any, args: Any, env: Any) -> None:
        self.credit = Credit.alias()
        on = (self.credit.c.person_id == person.c.id) & (self.credit.c.hours == Decimal(1000))
        self.joins = [(self.credit, on)]
        self.hours = self.credit.c.hours
        self.year = self.credit.c.year


@public("a part of a person")
@strawberry.type
class PersonWindfall:
    hours: Decimal | None
    year: int | None


class Education:
    """The namespace of the part `education(year)`."""

    def __init__(self, person: Any, args: Any, env: Any) -> None:
        self.person = person
        self.given_year = args.bind("year")
        self.member_name = person.c.name


async def gaps(rows: list[dict[str, Any]], env: Any) -> list[Any]:
    await asyncio.sleep(0)
    return [max(Decimal(32) - row["hours"], Decimal(0)) for row in rows]


@public("a value of its field")
@strawberry.type
class Badge:
    label: str
    since: date


@strawberry.type
class PersonEducation:
    hours: Decimal = expression(lambda ns, env: verified_hours(ns.person.c.id, ns.given_year))
    year: int = expression(lambda ns, env: ns.given_year)
    member_name: str
    gap: Decimal | None = computed(
        gaps, needs={"hours": lambda ns, env: verified_hours(ns.person.c.id, ns.given_year)}
    )


@entity(Unit, permission=UNITS)
@strawberry.type(name="Unit")
class UnitType(Node):
    name: str = column(description="Its name.")
    kind: UnitKind
    founded_on: date | None
    path: str
    person_count: int = expression(
        lambda u, env: (
            select(func.count())
            .where(Person.c.unit_id == u.c.id)
            .select_from(Person)
            .scalar_subquery()
        )
    )


@entity(Credit, permission=CREDITS)
@strawberry.type(name="Credit")
class CreditType(Node):
    year: int
    hours: Decimal
    earned_on: date
    told_at: datetime
    verified: bool
    stage: Stage
    person: "PersonType | None" = to_one(lambda c, p: p.c.id == c.c.person_id)


def shouted(rows: list[dict[str, Any]], env: Any) -> list[str]:
    return [f"{row['name']}/{row['born'].year}/{row['unit'].hex[:4]}/{env.today}" for row in rows]


@entity(Person, permission=READ, owner="id")
@strawberry.type(name="Person")
class PersonType(Node):
    name: str
    unit_id: strawberry.ID = column(kind="Unit")
    born_on: date
    left_on: date | None
    stage: Stage
    active: bool
    dues: Decimal | None
    tags: list[str]
    seen_at: datetime | None
    data: AnyJSON = column("tags")
    total_hours: Decimal = expression(
        lambda p, env: (
            select(func.coalesce(func.sum(Credit.c.hours), 0))
            .where(Credit.c.person_id == p.c.id)
            .scalar_subquery()
        )
    )
    credit_count: int = expression(
        lambda p, env: select(func.count()).where(Credit.c.person_id == p.c.id).scalar_subquery()
    )
    me: bool = expression(lambda p, env: p.c.id.is_not_distinct_from(env.member))
    phone: str | None = column(permission=PHONES)
    shout: str = computed(shouted, needs={"name": "name", "born": "born_on", "unit": "unit_id"})
    badges: list[Badge] = computed(
        lambda rows, env: [[Badge(label=r["name"], since=r["born"])] for r in rows],
        needs={"name": "name", "born": "born_on"},
    )
    secret_shout: str | None = computed(
        shouted, permission=PHONES, needs={"name": "name", "born": "born_on", "unit": "unit_id"}
    )
    unit: UnitType | None = to_one(lambda p, u: u.c.id == p.c.unit_id)
    home: UnitType = to_one(
        lambda p, u: u.c.id == p.c.unit_id, shown_with_parent="a person shows where they belong"
    )
    credits: list[CreditType] = to_many(
        lambda p, c: c.c.person_id == p.c.id,
        order_by=lambda c: [c.c.earned_on.desc(), c.c.id],
        limit=5,
    )

    @part(Education)
    def education(self, year: int) -> PersonEducation:
        """What was learnt in a year."""

    @part(Windfall)
    def windfall(self) -> PersonWindfall:
        """What nobody of the tenant has earned."""

    @part(Education, permission=PHONES)
    def secret_education(self, year: int = 2026) -> PersonEducation | None:
        """The same, for fewer."""

    @strawberry.field
    def greeting(source: strawberry.Parent[Any]) -> str:
        return "Hello " + row_values(source)["name"]


class Numbers:
    """Figures of the persons of a subtree."""

    def __init__(self, args: Any, env: Any) -> None:
        self.from_ = Person.alias()
        self.path = self.from_.c.path
        self.where = self.from_.c.path.startswith(args.bind("path")) if args.given("path") else None


@strawberry.type
class Totals:
    persons: int = expression(lambda n, env: func.count())
    dues: Decimal = expression(lambda n, env: func.coalesce(func.sum(n.from_.c.dues), 0))
    oldest: date | None = expression(lambda n, env: func.min(n.from_.c.born_on))
    average: float | None = expression(lambda n, env: func.avg(func.length(n.from_.c.name)))


@strawberry.input
class PersonFilter:
    stage: Stage | None = None
    stages: list[Stage] | None = None
    units: list[strawberry.ID] | None = None
    name: str | None = None
    born_before: date | None = None
    active: bool | None = None


ORDERS = {
    PersonOrder.PATH: lambda p: [p.c.path, p.c.sort_name, p.c.id],
    PersonOrder.BORN_DESC: lambda p: [p.c.born_on.desc(), p.c.id.desc()],
    PersonOrder.MIXED: lambda p: [p.c.stage, p.c.born_on.desc()],
    PersonOrder.HOURS: lambda p: [func.coalesce(p.c.dues, 0).desc()],
}


def unit_ids(p: Any, args: Any, env: Any) -> Any:
    from zhibu.identifiers import row_of

    return args.among(
        p.c.unit_id, "filter.units", lambda text: row_of(text, "Unit", path=("units",))
    )


FILTERS = {
    "filter.stage": lambda p, args, env: p.c.stage == args.bind("filter.stage"),
    "filter.stages": lambda p, args, env: args.among(p.c.stage, "filter.stages"),
    "filter.units": unit_ids,
    "filter.name": lambda p, args, env: p.c.name == args.bind("filter.name"),
    "filter.born_before": lambda p, args, env: p.c.born_on < args.bind("filter.born_before"),
    "filter.active": lambda p, args, env: p.c.active == args.bind("filter.active"),
    "unit": lambda p, args, env: p.c.unit_id == args.row("unit", "Unit"),
}


@public("the toy has no mutations to protect")
@strawberry.type
class PersonRenamePayload:
    person: PersonType | None


@strawberry.type
class Query:
    @one(lambda p, args, env: p.c.id == args.row("id", "Person"))
    def person(self, id: strawberry.ID) -> PersonType | None:
        """One person."""

    @one(lambda p, args, env: p.c.name == args.bind("name"))
    def person_named(self, name: str) -> PersonType | None:
        """One person by name."""

    @connection(order=ORDERS[PersonOrder.PATH], orders=ORDERS, filters=FILTERS)
    def persons(
        self,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        order_by: PersonOrder = PersonOrder.PATH,
        filter: PersonFilter | None = None,
        unit: strawberry.ID | None = None,
    ) -> Connection[PersonType]:
        """Pages of persons."""

    @connection(order=lambda u: [u.c.path])
    def units(self, first: int = 50, after: str | None = None) -> Connection[UnitType] | None:
        """Pages of units."""

    @listing(lambda u, args, env: u.c.kind == args.bind("kind"), order_by=lambda u: u.c.path)
    def units_of_kind(self, kind: UnitKind = UnitKind.BRANCH) -> list[UnitType]:
        """Units of a kind."""

    @figures(Numbers, permission=READ)
    def totals(self, path: str | None = None) -> Totals:
        """Numbers."""

    @node()
    def node(self, id: strawberry.ID) -> Node | None:
        """Anything."""

    @strawberry.field(metadata=permitted(Public("a constant")))
    def version(self) -> str:
        return "1"


@strawberry.type
class Mutation:
    @strawberry.mutation(metadata=permitted(READ))
    async def person_rename(
        self, info: strawberry.Info, id: strawberry.ID, name: str
    ) -> PersonRenamePayload:
        from zhibu.identifiers import row_of

        found = row_of(id, "Person")
        await info.context.rename(found, name)
        return PersonRenamePayload(person=await row(info, PersonType, found))


SCHEMA = strawberry.Schema(
    Query,
    Mutation,
    types=[CreditType],
    config=StrawberryConfig(default_resolver=dict_or_attribute),
)


TENANT, OTHER = UUID(int=1), UUID(int=2)
TODAY = date(2026, 5, 4)
EVERYWHERE = PathSet({"1.": (True, True)})
NOWHERE = PathSet({})


def below(*paths: str) -> PathSet:
    return PathSet({path: (True, True) for path in paths})


def scope(anyone: PathSet, mine: PathSet | None = None, member: UUID | None = None) -> Scope:
    return Scope(anyone, anyone if mine is None else mine, member.hex if member else "")


def identity(kind: int, number: int, tenant: UUID = TENANT) -> UUID:
    return UUID(int=tenant.int << 64 | kind << 32 | number)


def seeded(tenant: UUID, persons: int) -> dict[Any, list[dict[str, Any]]]:
    """Six units in two subtrees; persons spread over them; some without credits."""
    paths = ["1.", "1.1.", "1.1.1.", "1.1.2.", "1.2.", "1.2.1."]
    units = [
        {
            "tenant_id": tenant,
            "id": identity(1, n, tenant),
            "path": path,
            "name": f"Unit {n} of {tenant.int}",
            "kind": "branch" if path.count(".") == 3 else "committee",
            "founded_on": date(1990 + n, 1, 31) if n % 2 else None,
        }
        for n, path in enumerate(paths)
    ]
    people, credits = [], []
    for n in range(persons):
        unit = units[n % 6]
        person = {
            "tenant_id": tenant,
            "id": identity(2, n, tenant),
            "unit_id": unit["id"],
            "path": unit["path"],
            "name": f'名字 {n} "quoted" %s {{x}}' if n == 7 else f"Person {n} of {tenant.int}",
            "sort_name": f"p{n % 4}",
            "born_on": date(1950 + n % 9, 1 + n % 12, 1 + n % 28),
            "left_on": date(2025, 1, 1) if n % 5 == 0 else None,
            "stage": "full" if n % 3 else "probationary",
            "active": n % 2 == 0,
            "dues": None if n % 4 == 0 else Decimal(n * 25) / 100,
            "tags": ["a", str(n)] if n % 2 else [],
            "seen_at": None if n % 3 == 0 else datetime(2026, 1, 2, 3, 4, n, n * 1000, tzinfo=UTC),
            "phone": f"+86 {n}",
        }
        people.append(person)
        for k in range(n % 8):
            credits.append(
                {
                    "tenant_id": tenant,
                    "id": identity(3, n * 100 + k, tenant),
                    "person_id": person["id"],
                    "path": person["path"],
                    "year": 2025 + k % 2,
                    "hours": Decimal(k * 150 + 25) / 100,
                    "earned_on": date(2026, 1, 1) + timedelta(days=k // 2),
                    "told_at": datetime(2026, 1, 2, 3, 4, 5, k * 7, tzinfo=UTC),
                    "verified": k % 3 != 0,
                    "stage": "full",
                }
            )
    return {Unit: units, Person: people, Credit: credits}


@dataclass
class Store:
    """A toy database: `run` answers the driver's own rows."""

    dialect: Any
    run: Any


def fill(engine: Any) -> None:
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        for tenant, persons in ((TENANT, 60), (OTHER, 9)):
            for table, rows in seeded(tenant, persons).items():
                connection.execute(table.insert(), rows)
        # Strangers in another tenant that point at our rows: any missing criterion shows them.
        (stray, *_) = seeded(OTHER, 4)[Credit]
        for n in range(60):
            wrong = {"id": identity(3, 9000 + n, OTHER), "person_id": identity(2, n), "year": 2026}
            wrong |= {"hours": Decimal(1000), "verified": True}
            connection.execute(Credit.insert(), {**stray, **wrong})
        (lost, *_) = seeded(OTHER, 1)[Person]
        for n in range(6):
            wrong = {"id": identity(2, 500 + n, OTHER), "unit_id": identity(1, n)}
            connection.execute(Person.insert(), {**lost, **wrong})


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("toy") / "toy.db"
        engine = create_engine(f"sqlite:///{file}")
        fill(engine)
        engine.dispose()
        connection = sqlite3.connect(file, isolation_level=None)
        yield Store(sqlite(paramstyle="qmark"), lambda s, p: connection.execute(s, p).fetchall())
        connection.close()
        return
    import psycopg
    from sqlalchemy.dialects.postgresql.psycopg import dialect as postgresql

    server = request.getfixturevalue("postgres_server")
    with server.database() as urls:
        engine = create_engine(urls.owner.replace("postgresql:", "postgresql+psycopg:"))
        fill(engine)
        engine.dispose()
        with psycopg.connect(urls.owner, autocommit=True) as pg:
            pg.execute("SET timezone TO 'Asia/Shanghai'")
            yield Store(postgresql(paramstyle="format"), lambda s, p: pg.execute(s, p).fetchall())


@dataclass
class Request:
    """What a toy resolver finds in `info.context`."""

    store: Store
    scopes: dict[str, Scope] = field(default_factory=dict)
    tenant_id: UUID = TENANT
    today: date = TODAY
    binds: dict[str, Any] = field(default_factory=dict)
    statements: list[str] = field(default_factory=list)
    parameters: list[tuple[Any, ...]] = field(default_factory=list)
    rounds: int = 0

    def scope(self, action: Any) -> Scope:
        return self.scopes.get(str(action)) or scope(EVERYWHERE)

    async def fetch(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> list[list[Any]]:
        self.rounds += 1
        self.statements += [sql for sql, _ in statements]
        self.parameters += [tuple(parameters) for _, parameters in statements]
        return [self.store.run(sql, tuple(parameters)) for sql, parameters in statements]

    async def rename(self, person: UUID, name: str) -> None:
        update = Person.update().where(Person.c.id == bindparam("p", type_=Uuid()))
        compiled = update.values(name=bindparam("n", type_=Text())).compile(
            dialect=self.store.dialect
        )
        values = {"p": person.hex, "n": name}
        cursor_values = tuple(values[name] for name in compiled.positiontup)
        self.store.run(str(compiled) + " RETURNING id", cursor_values)


@dataclass
class Toy:
    """The engine over a store, and the names the tests speak in."""

    store: Store
    engine: Engine

    def request(self, **scopes: Scope) -> Request:
        return Request(self.store, {f"toy:{name}:read": found for name, found in scopes.items()})

    async def fast(
        self, document: str, variables: Mapping[str, Any] | None = None, by: Request | None = None
    ) -> Any:
        """The compiled answer, decoded; it must be compiled."""
        import orjson

        by = by or self.request()
        operation = self.engine.operation(document)
        assert not operation.errors, operation.errors
        plan = self.engine.plan(operation, variables, by)
        assert plan is not None, "not compiled"
        return orjson.loads(await self.engine.run(plan, by))["data"]

    async def slow(
        self, document: str, variables: Mapping[str, Any] | None = None, by: Request | None = None
    ) -> Any:
        """The answer of graphql-core, with its errors raised."""
        operation = self.engine.operation(document)
        assert not operation.errors, operation.errors
        result = await self.engine.execute(operation, variables, by or self.request())
        if result.errors:
            raise result.errors[0].original_error or result.errors[0]
        return result.data

    def person(self, number: int, tenant: UUID = TENANT) -> str:
        return global_id("Person", identity(2, number, tenant))

    def unit(self, number: int) -> str:
        return global_id("Unit", identity(1, number))


@pytest.fixture(scope="session")
def toy(store: Store) -> Toy:
    return Toy(store, Engine(SCHEMA, store.dialect, secret=b"toy" * 10))


@pytest.fixture(scope="session")
def restricted(toy: Toy) -> list[Request]:
    """Callers of different reach: a subtree, one's own row, nothing, and a hole in it."""
    me = identity(2, 7)
    own = scope(NOWHERE, EVERYWHERE, me)
    return [
        toy.request(person=scope(below("1.1.")), unit=scope(below("1.1.1."))),
        toy.request(person=own, phone=own, credit=own),
        toy.request(phone=scope(NOWHERE), credit=scope(NOWHERE), unit=scope(NOWHERE)),
        toy.request(
            person=scope(PathSet({"1.": (True, True), "1.1.": (False, False)})),
            phone=scope(below("1.1.", "1.2.1.")),
        ),
    ]


@pytest.fixture
def other_tenant(toy: Toy) -> Request:
    return Request(toy.store, tenant_id=OTHER)


@pytest.fixture
def other_person(toy: Toy) -> str:
    return toy.person(3, OTHER)


@pytest.fixture
def member_of() -> Any:
    """The row of a person's number."""
    return lambda number: identity(2, number)


@pytest.fixture
def strayed(toy: Toy) -> str:
    """A person whom tests may rename without disturbing others: nobody else counts on the name."""
    return toy.person(59)


@pytest.fixture
def tables() -> dict[str, Any]:
    return {"unit": Unit, "person": Person, "credit": Credit}
