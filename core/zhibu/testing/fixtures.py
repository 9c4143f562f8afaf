"""Fixtures for every plugin's tests; pytest finds them by itself once the core is installed."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from zhibu.cli.starting import rarely
from zhibu.declared import parts_of
from zhibu.identifiers import new_id
from zhibu.plugins import Plugins, discover
from zhibu.settings import Database, Settings
from zhibu.storage.homes import Homes
from zhibu.testing.databases import (
    Server,
    fresh_postgresql,
    fresh_sqlite,
    opened,
    postgresql,
    postgresql_homes,
    sqlite_homes,
)
from zhibu.testing.house import Furnished, House, Institution, furnish, running


def pytest_collection_finish() -> None:
    """Modules, schemas and the tests themselves stay: do not look through them over and over."""
    rarely()


@pytest.fixture(scope="session")
def installed_plugins() -> Plugins:
    """Every installed plugin. Not to be overridden: the migrated templates serve every test."""
    found = discover()
    parts_of(found)  # the types of the API are many, and stay as well
    rarely()
    return found


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One PostgreSQL for the whole session of this process."""
    with postgresql() as server:
        yield server


@pytest.fixture
def postgres(postgres_server: Server) -> Iterator[Database]:
    """An empty database with its two roles: `.app` and `.owner` are their URLs."""
    with postgres_server.database() as urls:
        yield urls


@pytest.fixture(scope="session")
def migrated_sqlite(
    installed_plugins: Plugins, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """A SQLite installation to copy, never to use."""
    with sqlite_homes(installed_plugins, tmp_path_factory.mktemp("migrated")) as settings:
        yield settings


@pytest.fixture(scope="session")
def migrated_postgresql(
    installed_plugins: Plugins, postgres_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """A PostgreSQL installation to copy, never to use."""
    folder = tmp_path_factory.mktemp("migrated")
    with postgresql_homes(installed_plugins, postgres_server, folder) as settings:
        yield settings


@pytest.fixture(scope="session")
def founded_sqlite(
    migrated_sqlite: Settings, installed_plugins: Plugins, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Furnished]:
    """The same with an institution in it, for `house`: founding one takes seconds."""
    with fresh_sqlite(migrated_sqlite, tmp_path_factory.mktemp("founded")) as settings:
        yield furnish(settings, installed_plugins)


@pytest.fixture(scope="session")
def founded_postgresql(
    migrated_postgresql: Settings,
    postgres_server: Server,
    installed_plugins: Plugins,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Furnished]:
    """The same with an institution in it, for `house`."""
    folder = tmp_path_factory.mktemp("founded")
    with fresh_postgresql(migrated_postgresql, postgres_server, folder) as settings:
        yield furnish(settings, installed_plugins)


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a fresh, migrated installation: every test runs once on each database."""
    folder = tmp_path / "data"
    if "house" in request.fixturenames:
        template = request.getfixturevalue(f"founded_{request.param}").settings
    else:
        template = request.getfixturevalue(f"migrated_{request.param}")
    if request.param == "sqlite":
        with fresh_sqlite(template, folder) as found:
            yield found
    else:
        server = request.getfixturevalue("postgres_server")
        with fresh_postgresql(template, server, folder) as found:
            yield found


@pytest.fixture
def sqlite_settings(founded_sqlite: Furnished, tmp_path: Path) -> Iterator[Settings]:
    """What a module gives as its `settings` if no database has a part in what it tests."""
    with fresh_sqlite(founded_sqlite.settings, tmp_path / "data") as found:
        yield found


@pytest.fixture
async def homes(settings: Settings) -> AsyncIterator[Homes]:
    """Fresh, migrated homes with the tables of every installed plugin."""
    async with opened(settings) as found:
        yield found


@pytest.fixture
async def house(
    settings: Settings, installed_plugins: Plugins, request: pytest.FixtureRequest
) -> AsyncIterator[House]:
    """The whole product, running; its first `found()` is the institution that is there already."""
    name = "sqlite" if settings.database == "sqlite" else "postgresql"
    furnished: Furnished = request.getfixturevalue(f"founded_{name}")
    async with running(settings, installed_plugins) as found:
        found.ready = {furnished.institution.tenant.code: furnished.institution}
        yield found


@pytest.fixture
async def institution(house: House) -> Institution:
    """An institution with a small tree and an account for each role; every plugin is on."""
    return await house.found()


@pytest.fixture
async def tenant_id(homes: Homes) -> UUID:
    """A tenant whose home was created in `homes`; it has no rows yet."""
    tenant = new_id()
    await homes.home(tenant).create(tenant)
    return tenant
