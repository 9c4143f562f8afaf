"""PostgreSQL stops, crashes or drops connections: the server stays, and nothing is lost."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx2 as httpx
import psycopg
import pytest
from tests.faults.after import faults
from tests.faults.conftest import Served, prepared

from zhibu.plugins import Plugins
from zhibu.settings import Settings
from zhibu.testing.databases import fresh_postgresql, postgresql_homes
from zhibu.testing.house import Furnished, furnish
from zhibu.testing.postgresql import ADMIN, Server, postgresql

WRITES = 20
RECOVERED = 20.0  # seconds; five are demanded of a machine with nothing else to do: `make load`
FULL = Path("/dev/full")  # whatever is written to it finds no space left
FOLLOWING = b"""SELECT pg_walfile_name(pg_current_wal_lsn() + n * 16777216)
                  FROM generate_series(1, 8) n"""  # sixteen megabytes each
OURS = "SELECT pid FROM pg_stat_activity WHERE usename = 'zhibu_app'"


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A PostgreSQL that nobody else needs."""
    with postgresql() as server:
        yield server


@pytest.fixture
def own_copy(
    own_server: Server, installed_plugins: Plugins, tmp_path: Path
) -> Iterator[tuple[Settings, Furnished]]:
    with (
        postgresql_homes(installed_plugins, own_server, tmp_path / "migrated") as migrated,
        fresh_postgresql(migrated, own_server, tmp_path / "data") as settings,
    ):
        yield settings, furnish(settings, installed_plugins)


def restarted_fast(server: Server) -> None:
    server.stop(signal.SIGINT)
    server.start()


def restarted_after_a_crash(server: Server) -> None:
    server.stop(signal.SIGQUIT)
    server.start()


def connections_ended(server: Server) -> None:
    server.run(f"SELECT pg_terminate_backend(pid) FROM ({OURS}) ours")


def connection_killed(server: Server) -> None:
    """One killed process makes the server throw out all others and recover."""
    with psycopg.connect(server.url(ADMIN, "postgres")) as connection:
        row = connection.execute(OURS.encode()).fetchone()
    assert row is not None, "the product holds no connection"
    os.kill(row[0], signal.SIGKILL)


FAULTS = (restarted_fast, connections_ended, connection_killed, restarted_after_a_crash)


def disk_full(server: Server) -> list[Path]:
    """There is room for the log that is being written and for nothing that follows it."""
    log = server.folder / "data" / "pg_wal"
    with psycopg.connect(server.url(ADMIN, "postgres"), autocommit=True) as connection:
        rows = connection.execute(FOLLOWING).fetchall()
    following = [log / name for (name,) in rows]
    for file in following:
        file.unlink(missing_ok=True)
        file.symlink_to(FULL)
    return following


async def test_a_full_disk_stops_the_database_and_loses_nothing(
    own_server: Server,
    own_copy: tuple[Settings, Furnished],
    installed_plugins: Plugins,
    tmp_path: Path,
) -> None:
    async with prepared(*own_copy, installed_plugins, tmp_path) as served:
        async with served.storm.blowing() as storm:
            await storm.more(WRITES)
            following = disk_full(own_server)
            with suppress(psycopg.Error):
                own_server.run("SELECT pg_switch_wal()", "CREATE TABLE filled ()")
            await storm.refused("503 TENANT_UNAVAILABLE")
            await told_ready(served, 503)
            own_server.stop(signal.SIGQUIT)  # a checkpoint would find no room either
            for file in following:  # there is room again
                file.unlink()
            own_server.start()
            assert await storm.success() < RECOVERED
            await storm.more(WRITES)
        assert served.program.alive
        await told_ready(served, 200)
        served.program.end()
        assert await faults(served.settings, served.tenant, served.storm) == []
    assert "No space left on device" in (own_server.folder / "log").read_text()


async def told_ready(served: Served, status: int) -> None:
    """Wait until monitoring is answered so; what it was told a second ago, it is told again."""
    async with (
        asyncio.timeout(RECOVERED),
        httpx.AsyncClient(base_url=served.program.address) as client,
    ):
        while (await client.get("/readyz")).status_code != status:  # noqa: ASYNC110  # nobody tells
            await asyncio.sleep(0.1)


async def test_nothing_is_lost_when_the_database_goes_away_and_comes_back(
    own_server: Server,
    own_copy: tuple[Settings, Furnished],
    installed_plugins: Plugins,
    tmp_path: Path,
) -> None:
    recovered = []
    async with prepared(*own_copy, installed_plugins, tmp_path) as served:
        async with served.storm.blowing() as storm:
            for fault in FAULTS:
                await storm.more(WRITES)
                fault(own_server)
                recovered.append(await storm.success())
            await storm.more(WRITES)
        assert served.program.alive
        served.program.end()
        assert await faults(served.settings, served.tenant, served.storm) == []
    assert max(recovered) < RECOVERED
    refused = {said for said in served.storm.trouble if said[0].isdigit()}
    assert refused <= {"503 TENANT_UNAVAILABLE"}
