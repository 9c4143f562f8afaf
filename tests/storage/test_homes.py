"""Both homes keep the same promises."""

import asyncio
import os
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.identifiers import new_id
from zhibu.settings import Database, Settings
from zhibu.storage.homes import (
    HomeBusy,
    HomeMissing,
    Homes,
    HomeUnknown,
    HomeUnreachable,
    OutcomeUnknown,
    TenantMissing,
)
from zhibu.storage.homes.files import migrating_engine
from zhibu.storage.homes.sessions import TenantSession
from zhibu.storage.migrate import downgrade
from zhibu.storage.violations import unique_violation
from zhibu.testing.databases import opened


async def points(town: Any, tenant: Any) -> list[int]:
    rows = await town.homes.home(tenant).read(tenant, [("SELECT points FROM toy_person", ())])
    return sorted(row[0] for row in rows[0])


async def test_an_act_that_raises_leaves_nothing(town: Any) -> None:
    async def act() -> None:
        async with town.homes.home(town.a).act(town.a) as session:
            await session.execute(update(town.person).values(points=7))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await act()
    assert await points(town, town.a) == [0, 0, 0]


async def test_a_cancelled_act_leaves_nothing_and_the_next_one_goes_on(town: Any) -> None:
    started = asyncio.Event()

    async def forever() -> None:
        async with town.homes.home(town.a).act(town.a) as session:
            await session.execute(update(town.person).values(points=7))
            started.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(forever())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await points(town, town.a) == [0, 0, 0]
    async with town.homes.home(town.a).act(town.a) as session:
        await session.execute(update(town.person).values(points=1))
    assert await points(town, town.a) == [1, 1, 1]


async def test_an_act_is_kept_when_its_block_ends_and_touches_one_tenant(town: Any) -> None:
    async with town.homes.home(town.a).act(town.a) as session:
        assert (await session.execute(update(town.person).values(points=7))).rowcount == 3
    assert await points(town, town.a) == [7, 7, 7]
    assert await points(town, town.b) == [0, 0, 0]


async def test_reading_cannot_write(town: Any) -> None:
    home = town.homes.home(town.a)
    with pytest.raises(Exception, match=r"read-?only"):
        await home.read(town.a, [("UPDATE toy_person SET points = 9", ())])
    with pytest.raises(DBAPIError, match=r"read-?only"):
        async with home.view(town.a) as session:
            await session.execute(update(town.person).values(points=9))
    assert await points(town, town.a) == [0, 0, 0]


async def test_a_view_sees_the_rows_and_a_write_follows_it(town: Any) -> None:
    home = town.homes.home(town.a)
    async with home.view(town.a) as session:
        assert await session.scalar(select(func.count()).select_from(town.person)) == 3
    async with home.act(town.a) as session:
        await session.execute(update(town.person).values(points=2))
    assert await points(town, town.a) == [2, 2, 2]


async def test_all_statements_of_a_read_see_one_state(town: Any) -> None:
    mark = "?" if town.homes.home(town.a).name == "sqlite" else "%s"
    one, two = await town.homes.home(town.a).read(
        town.a,
        [
            (f"SELECT number FROM toy_person WHERE number > {mark} ORDER BY 1", ("1",)),
            ("SELECT count(*) FROM toy_person", ()),
        ],
    )
    assert one == [("2",), ("3",)]
    assert two == [(3,)]


async def test_a_failed_read_harms_no_later_one(town: Any) -> None:
    for _ in range(3):
        with pytest.raises(Exception, match="no_such_table"):
            await town.homes.home(town.a).read(
                town.a, [("SELECT 1", ()), ("SELECT * FROM no_such_table", ())]
            )
    assert await points(town, town.a) == [0, 0, 0]


async def test_a_home_compiles_what_it_reads(town: Any) -> None:
    home = town.homes.home(town.a)
    statement = select(town.person.c.number).where(town.person.c.tenant_id == town.a)
    compiled = statement.compile(dialect=home.dialect)
    assert compiled.positional
    process: Any = compiled._bind_processors
    values = [
        process[name](compiled.params[name]) if name in process else compiled.params[name]
        for name in compiled.positiontup or ()
    ]
    assert len((await home.read(town.a, [(compiled.string, values)]))[0]) == 3


async def test_a_session_without_a_tenant_cannot_work(town: Any) -> None:
    async with town.homes.home(town.a).act(town.a) as session:
        engine = session.bind
    async with AsyncSession(engine, sync_session_class=TenantSession) as stranger:
        with pytest.raises(TenantMissing):
            await stranger.execute(text("SELECT 1"))


async def test_a_second_row_of_one_number_names_the_constraint(town: Any) -> None:
    row = {"tenant_id": town.a, "house_id": town.house[town.a], "points": 0}
    broken = []
    for number, identifier in (("1", new_id()), ("9", None)):
        async with town.homes.home(town.a).act(town.a) as session:
            first = await session.scalar(select(town.person.c.id).limit(1))
            with pytest.raises(IntegrityError) as caught:
                async with session.begin_nested():
                    await session.execute(
                        insert(town.person).values(**row, number=number, id=identifier or first)
                    )
            broken.append(unique_violation(caught.value, town.metadata))
    assert broken == ["uq_toy_person_tenant_id_number", "pk_toy_person"]


async def test_another_broken_constraint_is_no_unique_violation(town: Any) -> None:
    with pytest.raises(IntegrityError) as caught:
        async with town.homes.home(town.a).act(town.a) as session:
            await session.execute(
                insert(town.person).values(
                    tenant_id=town.a, id=new_id(), house_id=new_id(), number="9", points=0
                )
            )
    assert unique_violation(caught.value, town.metadata) is None


async def test_no_increment_is_lost(town: Any) -> None:
    async def one() -> None:
        async with town.homes.home(town.a).act(town.a) as session:
            query = select(town.person.c.points).where(town.person.c.number == "1")
            now = await session.scalar(query.with_for_update())
            await asyncio.sleep(0)
            await session.execute(
                update(town.person).where(town.person.c.number == "1").values(points=now + 1)
            )

    await asyncio.gather(*(one() for _ in range(40)))
    assert await points(town, town.a) == [0, 0, 40]


async def test_tenants_worked_on_at_once_never_mix(town: Any) -> None:
    async def one(tenant: Any) -> None:
        home = town.homes.home(tenant)
        async with home.act(tenant) as session:
            owners = await session.scalars(select(town.person.c.tenant_id).distinct())
            assert set(owners) == {tenant}
        rows = await home.read(tenant, [("SELECT DISTINCT tenant_id FROM toy_person", ())])
        assert rows == [[(tenant if home.name == "postgresql" else tenant.hex,)]]

    await asyncio.gather(*(one(town.a if i % 2 else town.b) for i in range(100)))


async def test_a_tenant_may_live_elsewhere_and_nowhere_unknown(
    postgresql_settings: Settings, toy: Any
) -> None:
    async with opened(postgresql_settings) as homes:
        here, there, lost = new_id(), new_id(), new_id()
        homes.placement = {there: "sqlite", lost: "moon"}
        assert homes.home(here).name == "postgresql"
        assert homes.home(there).name == "sqlite"
        with pytest.raises(HomeUnknown):
            homes.home(lost)
        await homes.migrate(toy)
        await homes.home(there).create(there)
        rows = await homes.home(there).read(there, [("SELECT count(*) FROM toy_person", ())])
        assert rows == [[(0,)]]


async def test_migrating_reaches_every_tenant_that_is_there(
    sqlite_settings: Settings, toy: Any
) -> None:
    async with opened(sqlite_settings) as homes:
        tenants = [new_id(), new_id()]
        for tenant in tenants:
            await homes.home(tenant).create(tenant)
        [*files] = (sqlite_settings.data / "tenants").glob("*.db")
        for file in files:
            with migrating_engine(file).connect() as connection:
                downgrade(connection, toy, "toy")
        await homes.migrate(toy)
        for tenant in tenants:
            rows = await homes.home(tenant).read(tenant, [("SELECT count(*) FROM toy_person", ())])
            assert rows == [[(0,)]]
        assert len(files) == len(tenants)


async def test_a_tenant_nobody_created_has_no_file(sqlite_settings: Settings) -> None:
    async with opened(sqlite_settings) as homes:
        stranger = new_id()
        assert not await homes.home(stranger).exists(stranger)
        with pytest.raises(HomeMissing):
            await homes.home(stranger).read(stranger, [("SELECT 1", ())])
        with pytest.raises(HomeMissing):
            async with homes.home(stranger).act(stranger):
                raise AssertionError("there is no such home")


async def test_who_waits_too_long_is_told_so(toy_settings: Settings) -> None:
    settings = replace(toy_settings, wait=0.2, writers=1, readers=1)
    tenant = new_id()
    async with opened(settings) as homes:
        home = homes.home(tenant)
        await home.create(tenant)
        async with home.act(tenant):
            with pytest.raises(HomeBusy):
                async with home.act(tenant):
                    raise AssertionError("two at once")


async def test_many_tenants_share_few_open_files(sqlite_settings: Settings) -> None:
    async with Homes(replace(sqlite_settings, open_files=3)) as homes:
        tenants = [new_id() for _ in range(8)]
        for tenant in tenants:
            await homes.home(tenant).create(tenant)
        for _ in range(2):
            for tenant in tenants:
                async with homes.home(tenant).act(tenant) as session:
                    await session.execute(text("SELECT 1"))
                await homes.home(tenant).read(tenant, [("SELECT 1", ())])
        assert len(homes.home(tenants[0])._open) <= 3  # type: ignore[attr-defined]


async def test_a_home_says_what_stands_in_it_and_who_uses_it(town: Any) -> None:
    home = town.homes.home(town.a)
    assert set(await home.versions()) == {"core", "toy"}
    assert await home.exists(town.a)
    name = "files" if home.name == "sqlite" else "writers"
    assert home.in_use[name] == 0
    async with home.act(town.a):
        assert home.in_use[name] == 1
    assert home.in_use[name] == 0


async def test_a_file_that_another_process_made_meanwhile_stays_as_it_is(
    sqlite_town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, tenant = sqlite_town.homes.default, new_id()
    link = os.link

    def late(source: Path, file: Path) -> None:
        file.write_bytes(b"theirs")
        link(source, file)

    monkeypatch.setattr(os, "link", late)
    await home.create(tenant)
    [file] = (home.folder / "tenants").glob(f"{tenant.hex}*")
    assert file.read_bytes() == b"theirs"


async def test_a_tenant_may_live_in_a_database_of_its_own(
    postgresql_settings: Settings, sqlite_settings: Settings, tmp_path: Path
) -> None:
    urls = Database(app=postgresql_settings.database, owner=str(postgresql_settings.owner_database))
    tenant, here = new_id(), new_id()
    async with opened(replace(sqlite_settings, homes={"east": urls})) as homes:
        homes.placement = {tenant: "east"}
        east = homes.home(tenant)
        assert (east.name, homes.default.name) == ("postgresql", "sqlite")
        assert homes.each() == [homes.default, east]
        assert await east.read(tenant, [("SELECT count(*) FROM toy_person", ())]) == [[(0,)]]
        await homes.home(here).create(here)
        names = set(homes.databases())
    assert names == {"east", "control.db", "template.db", f"tenants/{here.hex}.db"}
    async with opened(replace(postgresql_settings, data=tmp_path / "nothing")) as homes:
        assert set(homes.databases()) == {"default"}


@pytest.mark.parametrize(
    ("breaks", "told"), [(False, HomeUnreachable), (True, OutcomeUnknown)], ids=["act", "commit"]
)
async def test_a_connection_that_cannot_be_given_back_is_a_home_that_is_away(
    town: Any, monkeypatch: pytest.MonkeyPatch, breaks: bool, told: type[Exception]
) -> None:
    close, commit = AsyncSession.close, AsyncSession.commit
    broken = OperationalError("", {}, psycopg.OperationalError("still in pipeline mode"))

    async def refusing(session: AsyncSession) -> None:
        await close(session)
        raise broken

    async def unheard(session: AsyncSession) -> None:
        await commit(session)
        raise OperationalError(
            "", {}, psycopg.OperationalError("gone"), connection_invalidated=True
        )

    monkeypatch.setattr(AsyncSession, "close", refusing)
    if breaks:
        monkeypatch.setattr(AsyncSession, "commit", unheard)
    with pytest.raises(told):
        async with town.homes.home(town.a).act(town.a):
            pass


async def test_what_breaks_only_at_the_commit_leaves_nothing(sqlite_town: Any) -> None:
    town = sqlite_town

    async def act() -> None:
        async with town.homes.home(town.a).act(town.a) as session:
            await session.execute(text("PRAGMA defer_foreign_keys = ON"))
            await session.execute(text("DELETE FROM toy_house"))

    with pytest.raises(DBAPIError, match="FOREIGN KEY"):
        await act()
    rows = await town.homes.home(town.a).read(town.a, [("SELECT count(*) FROM toy_house", ())])
    assert rows == [[(1,)]]


async def test_files_in_use_stay_open_whatever_the_limit(sqlite_settings: Settings) -> None:
    tenants = [new_id() for _ in range(3)]
    async with Homes(replace(sqlite_settings, open_files=1)) as homes, AsyncExitStack() as stack:
        for tenant in tenants:
            home = homes.home(tenant)
            await home.create(tenant)
            await stack.enter_async_context(home.act(tenant))
        assert home.in_use == {"files": 3}


async def test_many_read_one_file_and_few_connections_stay(sqlite_town: Any) -> None:
    counted = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 100000)"
    home = sqlite_town.homes.home(sqlite_town.a)
    asked = [(f"{counted} SELECT count(*) FROM c", ())]
    found = await asyncio.gather(*(home.read(sqlite_town.a, asked) for _ in range(16)))
    assert found == [[[(100_000,)]]] * 16
    assert 0 < len(home._open[home.file_of(sqlite_town.a)]._idle) <= 4


async def test_a_control_file_that_is_no_database_is_named(sqlite_town: Any) -> None:
    home = sqlite_town.homes.default
    await sqlite_town.homes.close()
    home.control_file.write_bytes(b"no database" * 1000)
    with pytest.raises(HomeUnreachable):
        await home.versions()


async def test_what_is_told_over_a_channel_is_heard(postgresql_town: Any, sqlite_town: Any) -> None:
    town, heard = postgresql_town, asyncio.Event()
    home = town.homes.home(town.a)
    listening = asyncio.create_task(home.listen("news", lambda said: heard.set()))
    async with asyncio.timeout(20):
        while not heard.is_set():  # it is not known since when somebody listens
            async with home.act(town.a) as session:
                await session.execute(text("SELECT pg_notify('news', 'x')"))
            await asyncio.sleep(0.01)
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening
    file = sqlite_town.homes.default
    assert await file.listen("news", lambda said: None) is None  # there is nobody to tell


async def test_who_hears_nothing_says_so_and_tries_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    nowhere = "postgresql://zhibu_app@127.0.0.1:9/none"
    settings = Settings(database=nowhere, owner_database=nowhere, wait=0.01)
    async with opened(settings) as homes, asyncio.timeout(20):
        listening = asyncio.create_task(homes.default.listen("news", lambda said: None))
        while caplog.text.count("nothing is heard") < 2:  # noqa: ASYNC110 - a log has no event
            await asyncio.sleep(0.01)
        listening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await listening
