"""A small plugin of our own, so that storage is judged without anybody's tables."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
    insert,
)
from sqlalchemy.types import Integer, String, Uuid

from zhibu.contributions import Migrations
from zhibu.identifiers import new_id
from zhibu.settings import Settings
from zhibu.storage.homes import Homes
from zhibu.storage.tables import NAMING
from zhibu.testing.databases import (
    Server,
    fresh_postgresql,
    fresh_sqlite,
    opened,
    postgresql_homes,
    sqlite_homes,
)

TOY = MetaData(naming_convention=NAMING)
HOUSE = Table(
    "toy_house",
    TOY,
    Column("tenant_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("name", String, nullable=False),
)
PERSON = Table(
    "toy_person",
    TOY,
    Column("tenant_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("house_id", Uuid, nullable=False),
    Column("number", String(40), nullable=False),
    Column("points", Integer, nullable=False),
    Column("door", String, nullable=False, server_default=""),
    UniqueConstraint("tenant_id", "number"),
    Index(None, "tenant_id", "door"),
    ForeignKeyConstraint(["tenant_id", "house_id"], ["toy_house.tenant_id", "toy_house.id"]),
)

RANK = Table(
    "toy_rank",
    TOY,
    Column("tenant_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("points", Integer, nullable=False),
)


class Toy:
    """The histories of the toy plugin, and nobody else's."""

    def migrations(self) -> dict[str, Migrations]:
        folder = Path(__file__).parent / "toy" / "migrations"
        return {"toy": Migrations(folder=folder, metadata=TOY)}


@dataclass(frozen=True)
class Town:
    """Two tenants with a house and three people each; the numbers are the same in both."""

    homes: Homes
    a: UUID
    b: UUID
    house: dict[UUID, UUID]
    person: Table = PERSON
    metadata: MetaData = TOY


@pytest.fixture(scope="session")
def toy() -> Toy:
    return Toy()


@pytest.fixture(scope="session")
def toy_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with sqlite_homes(Toy(), tmp_path_factory.mktemp("toy")) as settings:
        yield settings


@pytest.fixture(scope="session")
def toy_postgresql(
    postgres_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    with postgresql_homes(Toy(), postgres_server, tmp_path_factory.mktemp("toy")) as settings:
        yield settings


@pytest.fixture
def sqlite_settings(toy_sqlite: Settings, tmp_path: Path) -> Iterator[Settings]:
    with fresh_sqlite(toy_sqlite, tmp_path / "data") as settings:
        yield settings


@pytest.fixture
def postgresql_settings(
    toy_postgresql: Settings, postgres_server: Server, tmp_path: Path
) -> Iterator[Settings]:
    with fresh_postgresql(toy_postgresql, postgres_server, tmp_path / "data") as settings:
        yield settings


@pytest.fixture(params=["sqlite", "postgresql"])
def toy_settings(request: pytest.FixtureRequest) -> Settings:
    found: Settings = request.getfixturevalue(f"{request.param}_settings")
    return found


@pytest.fixture
async def town(toy_settings: Settings) -> AsyncIterator[Town]:
    """On both databases."""
    async with opened(toy_settings) as homes:
        yield await _settle(homes)


@pytest.fixture
async def sqlite_town(sqlite_settings: Settings) -> AsyncIterator[Town]:
    async with opened(sqlite_settings) as homes:
        yield await _settle(homes)


@pytest.fixture
async def postgresql_town(postgresql_settings: Settings) -> AsyncIterator[Town]:
    async with opened(postgresql_settings) as homes:
        yield await _settle(homes)


async def _settle(homes: Homes) -> Town:
    house = {new_id(): new_id(), new_id(): new_id()}
    for tenant, its in house.items():
        home = homes.home(tenant)
        await home.create(tenant)
        async with home.act(tenant) as session:
            await session.execute(insert(HOUSE).values(tenant_id=tenant, id=its, name="1"))
            for number in ("1", "2", "3"):
                await session.execute(
                    insert(PERSON).values(
                        tenant_id=tenant, id=new_id(), house_id=its, number=number, points=0
                    )
                )
    a, b = house
    return Town(homes, a, b, house)
