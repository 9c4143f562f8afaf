"""Attacks on the wall between tenants on SQLite: there is no statement that reaches a neighbour."""

import asyncio
import os
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from zhibu.identifiers import new_id
from zhibu.settings import Settings
from zhibu.storage.homes import HomeNotMigrated, HomeUnreachable
from zhibu.testing.databases import opened


def neighbour(town: Any) -> Path:
    path: Path = town.homes.home(town.b).file_of(town.b)
    return path


@pytest.mark.parametrize(
    "sql", ["ATTACH DATABASE '{file}' AS other", "VACUUM INTO '{folder}/stolen.db'"]
)
@pytest.mark.parametrize("way", ["act", "view"])
async def test_no_session_reaches_another_file(sqlite_town: Any, sql: str, way: str) -> None:
    file = neighbour(sqlite_town)
    home = sqlite_town.homes.home(sqlite_town.a)
    async with getattr(home, way)(sqlite_town.a) as session:
        connection = await session.connection()
        driver = (await connection.get_raw_connection()).driver_connection
        await driver.execute("ROLLBACK")  # neither works within a transaction anyway
        with pytest.raises(DBAPIError, match="attached"):
            await session.execute(text(sql.format(file=file, folder=file.parent)))
    assert not (file.parent / "stolen.db").exists()


async def test_no_reader_reaches_another_file(sqlite_town: Any) -> None:
    file = neighbour(sqlite_town)
    home = sqlite_town.homes.home(sqlite_town.a)
    for way in ([], [("COMMIT", ())]):
        with pytest.raises(Exception, match=r"attached|within transaction"):
            await home.read(sqlite_town.a, [*way, (f"ATTACH DATABASE '{file}' AS b", ())])
    with pytest.raises(Exception, match="attached"):
        await home.read(sqlite_town.a, [("COMMIT", ()), (f"VACUUM INTO '{file}.2'", ())])


async def test_raw_sql_sees_its_own_rows_only(sqlite_town: Any) -> None:
    home = sqlite_town.homes.home(sqlite_town.a)
    for sql in (
        "SELECT tenant_id FROM toy_person",
        "SELECT tenant_id FROM toy_person WHERE tenant_id = tenant_id OR 1",
        "SELECT tenant_id FROM toy_person UNION ALL SELECT tenant_id FROM main.toy_house",
    ):
        assert set((await home.read(sqlite_town.a, [(sql, ())]))[0]) == {(sqlite_town.a.hex,)}


async def test_the_control_file_holds_no_tenants_rows(sqlite_town: Any) -> None:
    async with sqlite_town.homes.control() as session:
        assert await session.scalar(text("SELECT count(*) FROM toy_person")) == 0


async def test_a_writer_is_durable_and_checks_references(sqlite_town: Any) -> None:
    async with sqlite_town.homes.home(sqlite_town.a).act(sqlite_town.a) as session:
        found = {
            pragma: await session.scalar(text(f"PRAGMA {pragma}"))
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


async def test_a_tenant_is_a_whole_copy_and_creating_it_again_harms_nothing(
    sqlite_town: Any,
) -> None:
    home = sqlite_town.homes.home(sqlite_town.a)
    await home.create(sqlite_town.a)
    rows = await home.read(sqlite_town.a, [("SELECT count(*) FROM toy_person", ())])
    assert rows == [[(3,)]]


async def test_one_tenant_created_by_many_at_once_is_created_once(sqlite_town: Any) -> None:
    tenant = new_id()
    home = sqlite_town.homes.home(tenant)
    await asyncio.gather(*(home.create(tenant) for _ in range(8)))
    assert await home.exists(tenant)
    assert [file.suffix for file in home.file_of(tenant).parent.glob(f"{tenant.hex}*")] == [".db"]


async def test_no_tenant_is_created_before_the_first_migration(tmp_path: Path) -> None:
    async with opened(Settings(data=tmp_path)) as homes:
        tenant = new_id()
        with pytest.raises(HomeNotMigrated):
            await homes.home(tenant).create(tenant)
        with pytest.raises(HomeNotMigrated):
            async with homes.control():
                raise AssertionError("there is no control file")


async def test_a_file_that_is_no_database_is_named(sqlite_town: Any) -> None:
    tenant = new_id()
    home = sqlite_town.homes.home(tenant)
    home.file_of(tenant).write_bytes(os.urandom(8192))
    with pytest.raises(HomeUnreachable):
        await home.read(tenant, [("SELECT 1 FROM toy_person", ())])
    with pytest.raises(HomeUnreachable):
        async with home.act(tenant):
            raise AssertionError("it cannot begin")


async def test_a_cancelled_read_stops_its_thread(sqlite_town: Any) -> None:
    endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c"
    home = sqlite_town.homes.home(sqlite_town.a)
    task = asyncio.create_task(home.read(sqlite_town.a, [(endless, ())]))
    await asyncio.sleep(0.2)
    task.cancel()
    async with asyncio.timeout(2):
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await home.read(sqlite_town.a, [("SELECT 1", ())]) == [[(1,)]]


async def test_a_statement_of_a_session_visits_its_thread_once(
    sqlite_town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = 0
    ordinary = aiosqlite.Connection._execute

    async def counted(self: Any, *args: Any, **options: Any) -> Any:
        nonlocal visits
        visits += 1
        return await ordinary(self, *args, **options)

    home = sqlite_town.homes.home(sqlite_town.a)
    async with home.act(sqlite_town.a) as session:
        monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
        rows = await session.execute(select(sqlite_town.person.c.number))
        assert sorted(rows.scalars()) == ["1", "2", "3"]
        assert (await session.execute(update(sqlite_town.person).values(points=2))).rowcount == 3
    assert visits == 4  # and the commit, and the pool makes sure that nothing is left open


async def test_a_row_with_a_number_of_the_database_s_own_says_it(sqlite_town: Any) -> None:
    home = sqlite_town.homes.home(sqlite_town.a)
    async with home.act(sqlite_town.a) as session:
        await session.execute(text("CREATE TEMPORARY TABLE line (id INTEGER PRIMARY KEY, t TEXT)"))
        for number in (1, 2):
            added = await session.execute(text("INSERT INTO line (t) VALUES ('x')"))
            assert added.lastrowid == number
