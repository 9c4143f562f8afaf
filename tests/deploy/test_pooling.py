"""Behind a pooler that shares connections: nobody's statements, settings or rows are another's."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from psycopg import AsyncConnection
from sqlalchemy import text
from tests.deploy.sharing import POOLERS, behind

from zhibu.cli.doctor import databases
from zhibu.cli.doctor.databases import examine_databases
from zhibu.cli.doctor.finding import State
from zhibu.identifiers import new_id
from zhibu.plugins import Plugins
from zhibu.settings import Settings
from zhibu.storage.homes import HomeBusy
from zhibu.storage.homes.pipeline import Pipeline
from zhibu.storage.homes.poolers import followed, shared
from zhibu.storage.homes.postgresql import PostgresqlHome
from zhibu.storage.homes.readers import Readers
from zhibu.storage.migrate.running import ThroughPooler
from zhibu.testing.databases import Server, fresh_postgresql, opened

WHO = [("SELECT current_setting('app.tenant_id')::uuid::text", ())]


@pytest.fixture
def fresh(
    migrated_postgresql: Settings, postgres_server: Server, tmp_path: Path
) -> Iterator[Settings]:
    with fresh_postgresql(migrated_postgresql, postgres_server, tmp_path / "data") as found:
        yield found


@pytest.fixture
def single(request: pytest.FixtureRequest) -> bool:
    """Whether the pooler has one connection only."""
    return "following" in request.node.name


@pytest.fixture(params=POOLERS)
async def pooled(
    request: pytest.FixtureRequest, fresh: Settings, postgres_server: Server
) -> AsyncIterator[Settings]:
    async with behind(request.param, postgres_server, fresh) as found:
        yield found


@asynccontextmanager
async def holding(settings: Settings, hold: bool) -> AsyncIterator[None]:
    """While the block runs, one connection to the server is lent to somebody else."""
    if not hold:
        yield
        return
    async with await AsyncConnection.connect(settings.database) as other:
        await other.execute("SELECT 1")
        yield


async def test_a_name_that_another_process_gave_a_statement_is_never_taken_for_ones_own(
    pooled: Settings, single: bool
) -> None:
    """Whoever of two processes prepares first, and whichever connection is lent to them."""
    tenants = {new_id(): Readers(pooled.database, size=1, wait=5, prepare=True) for _ in "ab"}
    try:
        for turn in range(6):
            for tenant, reader in tenants.items():
                assert await reader.read(tenant, WHO) == [[(str(tenant),)]]
                async with holding(pooled, bool(turn % 2) and not single):
                    assert await reader.read(tenant, WHO) == [[(str(tenant),)]]
    finally:
        for reader in tenants.values():
            await reader.close()


async def test_statements_are_prepared_where_the_pooler_follows_them_and_nowhere_else(
    pooled: Settings, fresh: Settings, request: pytest.FixtureRequest
) -> None:
    follows = "following" in request.node.name
    async with await AsyncConnection.connect(pooled.database, autocommit=True) as connection:
        assert await shared(connection)
        assert await followed(connection) is follows
    for url, prepares in ((pooled.database, follows), (fresh.database, True)):
        reading = await Pipeline.connect(url, prepare=True, wait=5)
        await reading.read(new_id(), WHO)
        assert bool(reading._prepared) is prepares
        await reading.close()
    async with await AsyncConnection.connect(fresh.database, autocommit=True) as connection:
        assert not await shared(connection)


async def test_who_writes_prepares_nothing_behind_a_pooler(
    pooled: Settings, fresh: Settings
) -> None:
    for settings, prepares in ((pooled, False), (fresh, True)):
        async with opened(settings) as homes, homes.control() as session:
            for _ in range(10):
                await session.execute(text("SELECT 1"))
            kept = await session.execute(text("SELECT count(*) FROM pg_prepared_statements"))
            assert bool(kept.scalar_one()) is prepares


async def test_a_tenant_is_forgotten_with_its_transaction(pooled: Settings) -> None:
    """On a connection of which any client may be the next."""
    tenant = new_id()
    async with opened(pooled) as homes:
        for _ in range(3):
            async with homes.home(tenant).act(tenant) as session:
                assert (await session.execute(text(WHO[0][0]))).scalar_one() == str(tenant)
            with pytest.raises(RuntimeError):
                async with homes.home(tenant).act(tenant) as session:
                    raise RuntimeError
            async with homes.control() as session:
                left = text("SELECT current_setting('app.tenant_id', true)")
                assert not (await session.execute(left)).scalar_one()


async def test_new_work_is_heard_of_past_the_pooler(pooled: Settings) -> None:
    heard = asyncio.Event()
    async with opened(pooled) as homes:
        listening = asyncio.create_task(homes.default.listen("news", lambda said: heard.set()))
        async with asyncio.timeout(20):
            while not heard.is_set():
                async with homes.control() as session:
                    await session.execute(text("SELECT pg_notify('news', 'x')"))
                await asyncio.sleep(0.01)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
    async with opened(replace(pooled, direct_database=None)) as homes, asyncio.timeout(20):
        await homes.default.listen("news", lambda said: None)  # nobody would tell it anything


async def test_who_finds_every_connection_lent_waits_once_and_is_told(
    pooled: Settings, single: bool
) -> None:
    tenant = new_id()
    async with opened(pooled) as homes, AsyncExitStack() as others:
        home = homes.default
        assert isinstance(home, PostgresqlHome)
        await asyncio.gather(*(home.read(tenant, WHO) for _ in range(2)))
        async with home.act(tenant):
            pass
        idle = len(home._readers._idle)
        for _ in range(1 if single else 2):
            await others.enter_async_context(holding(pooled, True))
        with pytest.raises(HomeBusy):
            await home.read(tenant, WHO)
        assert len(home._readers._idle) == idle - 1  # the others are not tried one by one
        with pytest.raises(HomeBusy):
            async with home.act(tenant):
                pass


async def test_nobody_migrates_through_a_pooler(
    pooled: Settings, installed_plugins: Plugins
) -> None:
    astray = replace(pooled, owner_database=pooled.database)
    async with opened(astray) as homes:
        with pytest.raises(ThroughPooler):
            await homes.migrate(installed_plugins)


async def test_the_doctor_says_what_a_pooler_takes_away(
    pooled: Settings,
    fresh: Settings,
    postgres_server: Server,
    single: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(databases, "drift", lambda *_: {})  # it takes longer than all the rest

    async def found(settings: Settings) -> dict[str, tuple[State, str]]:
        examined = await asyncio.to_thread(examine_databases, settings)
        return {each.check: (each.state, each.detail) for each in examined}

    assert (await found(fresh))["pooler"] == (State.OK, "none")
    if single:
        return
    said = await found(pooled)
    assert (said["pooler"][0], said["statements"][0]) == (State.OK, State.OK)
    for direct in (None, pooled.database):
        said = await found(replace(pooled, direct_database=direct))
        assert said["pooler"][0] is State.WARNING
        assert "direct_database" in said["pooler"][1]
    settings = {"statements": ("statement_timeout", "'5s'"), "compiling": ("jit", "off")}
    for check, (setting, value) in settings.items():
        postgres_server.run(f"ALTER ROLE zhibu_app RESET {setting}")
        try:
            assert (await found(pooled))[check][0] is State.WARNING
        finally:
            postgres_server.run(f"ALTER ROLE zhibu_app SET {setting} = {value}")
        assert (await found(pooled))[check][0] is State.OK
    owner_too = replace(pooled, owner_database=pooled.database)
    astray = await asyncio.to_thread(examine_databases, owner_too)
    assert State.FAULT in {each.state for each in astray if each.check == "pooler"}
