"""Installations that are served by a process of their own, with somebody who may write."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.faults.programs import Program
from tests.faults.storms import Storm

from zhibu.identifiers import global_id
from zhibu.plugins import Plugins
from zhibu.settings import Settings
from zhibu.testing.databases import fresh_postgresql, fresh_sqlite
from zhibu.testing.house import Furnished, running
from zhibu.testing.postgresql import Server

WORKERS = 6


@dataclass(frozen=True, kw_only=True)
class Served:
    """A running program, the storm that may blow at it, and where its records are."""

    program: Program
    storm: Storm
    settings: Settings
    tenant: str


@pytest.fixture(params=["sqlite", "postgresql"])
def copied(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Settings, Furnished]]:
    """A copy of the furnished installation, on each database."""
    furnished: Furnished = request.getfixturevalue(f"founded_{request.param}")
    folder = tmp_path / "data"
    if request.param == "sqlite":
        with fresh_sqlite(furnished.settings, folder) as settings:
            yield settings, furnished
    else:
        server: Server = request.getfixturevalue("postgres_server")
        with fresh_postgresql(furnished.settings, server, folder) as settings:
            yield settings, furnished


@pytest.fixture
async def served(
    copied: tuple[Settings, Furnished], installed_plugins: Plugins, tmp_path: Path
) -> AsyncIterator[Served]:
    """The product, served by a process that tests may kill."""
    async with prepared(*copied, installed_plugins, tmp_path) as found:
        yield found


@asynccontextmanager
async def prepared(
    settings: Settings, furnished: Furnished, plugins: Plugins, folder: Path
) -> AsyncIterator[Served]:
    """A copy of the furnished installation, with members for the storm, being served."""
    code = furnished.institution.tenant.code
    async with running(settings, plugins) as house:
        house.now = datetime.now(UTC)
        institution = replace(furnished.institution, house=house)
        people = [await institution.member() for _ in range(WORKERS)]
        credential = await house.sign_in(code, "secretary")
    program = Program(settings, folder / "server.log")
    storm = Storm(
        address=program.address,
        credential=credential,
        members=[global_id("Member", person.id) for person in people],
    )
    program.start()
    try:
        yield Served(program=program, storm=storm, settings=settings, tenant=code)
    finally:
        program.end()
