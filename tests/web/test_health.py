"""Who asks whether this process should be asked is told the truth: not ready, and ready again."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from psycopg.conninfo import conninfo_to_dict

from zhibu.graph.answering import Answerings
from zhibu.settings import Settings
from zhibu.testing.house import House
from zhibu.testing.postgresql import Server
from zhibu.web import health


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found out a moment ago is found out again."""
    monkeypatch.setattr(health, "KEPT", 0.0)
    monkeypatch.setattr(health, "WITHIN", 60.0)  # a machine that tests all else at once is slow


async def asked(house: House) -> tuple[int, set[str]]:
    """The status, and the checks that failed."""
    answer = await house.client.get("/readyz")
    said: dict[str, Any] = answer.json()
    assert said["ready"] is (answer.status_code == 200)
    return answer.status_code, {name for name, how in said["checks"].items() if how != "ok"}


async def test_a_process_that_can_serve_says_so_to_anybody(house: House) -> None:
    platform = house.platform
    platform.answerings = Answerings(platform.answerings.parts, secret=platform.cursors)
    assert await asked(house) == (200, set())
    assert platform.answerings.built >= 2
    answer = await house.client.get("/readyz")
    assert set(answer.json()) == {"ready", "checks"}
    assert answer.headers["cache-control"] == "no-store"


async def test_whoever_leaves_is_not_ready_and_still_alive(house: House) -> None:
    await house.platform.leave()
    assert await asked(house) == (503, {"serving"})
    assert (await house.client.get("/healthz")).status_code == 200


async def test_without_its_database_it_is_not_ready_until_that_is_back(
    house: House, settings: Settings, request: pytest.FixtureRequest
) -> None:
    assert await asked(house) == (200, set())
    if settings.database == "sqlite":
        file = settings.data / "control.db"
        file.rename(file.with_name("elsewhere"))
        assert await asked(house) == (503, {"database", "migrations"})
        file.with_name("elsewhere").rename(file)
    else:
        server: Server = request.getfixturevalue("postgres_server")
        name = str(conninfo_to_dict(settings.database)["dbname"])
        server.run(
            f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false',
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        )
        assert await asked(house) == (503, {"database", "migrations"})
        server.run(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    assert await asked(house) == (200, set())


async def test_a_schema_that_cannot_be_composed_is_served_by_nobody(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: Any) -> Any:
        raise TypeError("a field of a plugin")

    monkeypatch.setattr(house.platform.answerings, "of", broken)
    assert await asked(house) == (503, {"schema"})
    assert (await house.client.get("/healthz")).status_code == 200


async def test_tables_of_another_version_are_not_served(
    house: House, settings: Settings, request: pytest.FixtureRequest
) -> None:
    older = "UPDATE core_version SET version_num = 'core_0001'"
    if settings.database == "sqlite":

        def change() -> None:
            with closing(sqlite3.connect(settings.data / "control.db")) as control:
                control.execute(older)
                control.commit()

        await asyncio.to_thread(change)  # whoever is about to write may end first
    else:
        server: Server = request.getfixturevalue("postgres_server")
        server.run(older, database=str(conninfo_to_dict(settings.database)["dbname"]))
    assert await asked(house) == (503, {"migrations"})


async def test_a_worker_that_stopped_looking_is_noticed_where_it_should_run(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    working = replace(house.platform.settings, run_jobs=True)
    monkeypatch.setattr(house.platform, "settings", working)
    assert await asked(house) == (503, {"jobs"})
    await house.platform.jobs.start()
    try:
        async with house.platform.homes.control():
            pass
        assert await asked(house) == (200, set())
    finally:
        await house.platform.jobs.stop()
    assert await asked(house) == (503, {"jobs"})
