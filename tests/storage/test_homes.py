"""Both homes keep the same promises."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.identifiers import new_id
from zhibu.settings import Settings
from zhibu.storage.homes import HomeBusy, HomeMissing, Homes, HomeUnknown, TenantMissing
from zhibu.storage.homes.sessions import TenantSession
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
