"""Attacks on the wall between tenants on PostgreSQL. First what must be refused."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import render_python_code
from alembic.operations.ops import UpgradeOps
from sqlalchemy import create_engine, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from zhibu.identifiers import new_id
from zhibu.settings import Settings
from zhibu.storage.homes import HomeUnreachable, OutcomeUnknown
from zhibu.storage.homes.readers import Readers
from zhibu.storage.homes.sessions import tenant_session
from zhibu.storage.rls import GrantTable, gaps
from zhibu.testing.databases import Server, opened


def driven(url: str | None) -> str:
    assert url is not None
    return url.replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture
async def one(postgresql_town: Any, postgresql_settings: Settings) -> AsyncIterator[AsyncEngine]:
    """The application's role with a single connection: whatever leaks is seen."""
    engine = create_async_engine(driven(postgresql_settings.database), pool_size=1, max_overflow=0)
    yield engine
    await engine.dispose()


async def owners(session: AsyncSession, sql: str = "SELECT tenant_id FROM toy_person") -> set[Any]:
    return {row[0] for row in await session.execute(text(sql))}


async def nobody_is_left(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        assert not await connection.scalar(text("SELECT current_setting('app.tenant_id', true)"))
        assert await connection.scalar(text("SELECT count(*) FROM toy_person")) == 0


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT tenant_id FROM toy_person",
        "SELECT p.tenant_id FROM toy_person p, toy_house h WHERE true",
        "WITH x AS (SELECT * FROM toy_person) SELECT tenant_id FROM x"
        " UNION ALL SELECT tenant_id FROM toy_house",
        "SELECT tenant_id FROM toy_person WHERE tenant_id = tenant_id OR true",
        "SELECT (SELECT max(tenant_id::text)::uuid FROM toy_person)",
        "SELECT p.tenant_id FROM toy_house h LEFT JOIN LATERAL"
        " (SELECT * FROM toy_person) p ON true",
    ],
)
async def test_raw_sql_sees_its_own_rows_only(postgresql_town: Any, sql: str) -> None:
    town = postgresql_town
    async with town.homes.home(town.a).act(town.a) as session:
        assert await owners(session, sql) == {town.a}
    rows = await town.homes.home(town.b).read(town.b, [(sql, ())])
    assert set(rows[0]) == {(town.b,)}


@pytest.mark.parametrize("sql", ["UPDATE toy_person SET points = 9", "DELETE FROM toy_person"])
async def test_writing_without_a_filter_reaches_its_own_rows_only(
    postgresql_town: Any, sql: str
) -> None:
    town = postgresql_town
    async with town.homes.home(town.a).act(town.a) as session:
        assert (await session.execute(text(sql))).rowcount == 3
    async with town.homes.home(town.b).view(town.b) as session:
        assert list(await session.scalars(select(town.person.c.points))) == [0, 0, 0]


async def test_a_row_of_another_tenant_cannot_be_inserted(postgresql_town: Any) -> None:
    town = postgresql_town
    row = {"tenant_id": town.b, "id": new_id(), "house_id": town.house[town.b]}
    with pytest.raises(DBAPIError, match="row-level security"):
        async with town.homes.home(town.a).act(town.a) as session:
            await session.execute(insert(town.person).values(**row, number="9", points=0))


async def test_a_row_cannot_be_moved_to_another_tenant(postgresql_town: Any) -> None:
    town = postgresql_town
    with pytest.raises(DBAPIError, match="row-level security"):
        async with town.homes.home(town.a).act(town.a) as session:
            await session.execute(update(town.person).values(tenant_id=town.b))


async def test_a_reference_cannot_point_into_another_tenant(postgresql_town: Any) -> None:
    town = postgresql_town
    row = {"tenant_id": town.a, "id": new_id(), "house_id": town.house[town.b]}
    with pytest.raises(DBAPIError, match="foreign key"):
        async with town.homes.home(town.a).act(town.a) as session:
            await session.execute(insert(town.person).values(**row, number="9", points=0))


async def test_a_connection_keeps_nothing_after_commit(
    one: AsyncEngine, postgresql_town: Any
) -> None:
    async with tenant_session(one, postgresql_town.a) as session:
        assert await owners(session) == {postgresql_town.a}
        await session.commit()
    await nobody_is_left(one)


async def test_a_connection_keeps_nothing_after_rollback(
    one: AsyncEngine, postgresql_town: Any
) -> None:
    async with tenant_session(one, postgresql_town.a) as session:
        await session.execute(update(postgresql_town.person).values(points=1))
        await session.rollback()
    await nobody_is_left(one)


async def test_a_connection_keeps_nothing_after_a_cancelled_task(
    one: AsyncEngine, postgresql_town: Any
) -> None:
    async def sleep() -> None:
        async with tenant_session(one, postgresql_town.a) as session:
            await session.execute(text("SELECT pg_sleep(30)"))

    task = asyncio.create_task(sleep())
    await asyncio.sleep(0.2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await nobody_is_left(one)


async def test_a_savepoint_keeps_the_tenant_and_the_next_transaction_too(
    one: AsyncEngine, postgresql_town: Any
) -> None:
    a = postgresql_town.a
    async with tenant_session(one, a) as session:
        with pytest.raises(DBAPIError, match="division"):
            async with session.begin_nested():
                await session.execute(text("SELECT 1/0"))
        assert await owners(session) == {a}
        await session.commit()
        assert await owners(session) == {a}


async def test_without_a_transaction_nothing_is_seen(
    one: AsyncEngine, postgresql_town: Any
) -> None:
    async with one.connect() as connection:
        autocommit = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await autocommit.execute(text(f"SET LOCAL app.tenant_id = '{postgresql_town.a}'"))
        assert await autocommit.scalar(text("SELECT count(*) FROM toy_person")) == 0


async def test_control_sessions_see_no_tenant(postgresql_town: Any) -> None:
    async with postgresql_town.homes.control() as session:
        assert await owners(session) == set()


async def test_the_owner_is_bound_too(postgresql_town: Any, postgresql_settings: Settings) -> None:
    engine = create_engine(driven(postgresql_settings.owner_database))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM toy_person")) == 0
    engine.dispose()


@pytest.mark.parametrize(
    "sql",
    [
        "TRUNCATE toy_person",
        "ALTER TABLE toy_person DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE toy_person NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY tenant_isolation ON toy_person",
        "CREATE POLICY all_of_it ON toy_person USING (true)",
        "SET ROLE zhibu_owner",
        "SET SESSION AUTHORIZATION postgres",
        "ALTER TABLE toy_person OWNER TO zhibu_app",
        "ALTER ROLE zhibu_app BYPASSRLS",
        "CREATE TABLE evil (x int)",
        "CREATE TEMPORARY TABLE evil (x int)",
        "CREATE FUNCTION evil() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "UPDATE toy_version SET version_num = 'x'",
    ],
)
async def test_the_application_cannot_lift_the_wall(postgresql_town: Any, sql: str) -> None:
    town = postgresql_town
    with pytest.raises(DBAPIError, match=r"permission denied|must be|owner"):
        async with town.homes.home(town.a).act(town.a) as session:
            await session.execute(text(sql))


async def test_switching_row_security_off_ends_in_an_error(postgresql_town: Any) -> None:
    town = postgresql_town
    async with town.homes.home(town.a).view(town.a) as session:
        await session.execute(text("SET LOCAL row_security = off"))
        with pytest.raises(DBAPIError, match="row-level security"):
            await session.execute(text("SELECT * FROM toy_person"))


async def test_sql_of_somebody_else_is_not_what_the_wall_stops(postgresql_town: Any) -> None:
    """The wall stops forgotten filters. Who can run SQL of his own can name another tenant."""
    town = postgresql_town
    async with town.homes.home(town.a).act(town.a) as session:
        await session.execute(text(f"SET LOCAL app.tenant_id = '{town.b}'"))
        assert await owners(session) == {town.b}


async def test_readers_of_one_connection_never_mix_tenants(
    postgresql_town: Any, postgresql_settings: Settings
) -> None:
    town = postgresql_town
    readers = Readers(postgresql_settings.database, size=1, wait=5, prepare=True)
    query = [("SELECT DISTINCT tenant_id FROM toy_person", ())]

    async def one(tenant: Any) -> None:
        assert await readers.read(tenant, query) == [[(tenant,)]]

    await asyncio.gather(*(one(town.a if i % 2 else town.b) for i in range(60)))
    assert len(readers._idle) == 1
    stranger = await readers.read(new_id(), [("SELECT count(*) FROM toy_person", ())])
    assert stranger == [[(0,)]]
    await readers.close()


async def test_a_cancelled_read_gives_its_turn_back_and_stops_on_the_server(
    postgresql_town: Any, postgresql_settings: Settings
) -> None:
    town = postgresql_town
    readers = Readers(postgresql_settings.database, size=1, wait=5, prepare=True)
    task = asyncio.create_task(readers.read(town.a, [("SELECT pg_sleep(30)", ())]))
    await asyncio.sleep(0.2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await readers.read(town.b, [("SELECT DISTINCT tenant_id FROM toy_person", ())]) == [
        [(town.b,)]
    ]
    sleeping = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%%'"
    assert await readers.read(town.b, [(f"{sleeping} AND state = 'active'", ())]) == [[(0,)]]
    await readers.close()


async def test_values_of_every_kind_and_size_arrive_as_they_were(postgresql_town: Any) -> None:
    town = postgresql_town
    home = town.homes.home(town.a)
    large = "证" * 3_000_000
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    given = (town.a, None, 7, Decimal("1.50"), date(2026, 2, 28), now, b"\0\xff", True, large)
    kinds = ["uuid", "text", "int8", "numeric", "date", "timestamptz", "bytea", "bool", "text"]
    sql = "SELECT " + ", ".join(f"%s::{kind}" for kind in kinds) + ", '100%%', '[1]'::json"
    for _ in range(3):
        many = ("SELECT generate_series(1, 200000)", ())
        [row], series = await home.read(town.a, [(sql, given), many])
        assert row == (*given, "100%", [1])
        assert len(series) == 200_000


async def test_what_was_prepared_before_a_migration_is_read_again_after_it(
    postgresql_town: Any, postgresql_settings: Settings
) -> None:
    town = postgresql_town
    home = town.homes.home(town.a)
    query = [("SELECT * FROM toy_house", ())]
    before = await home.read(town.a, query)
    engine = create_engine(driven(postgresql_settings.owner_database))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE toy_house ADD COLUMN colour text"))
    engine.dispose()
    assert await home.read(town.a, query) == [[(*before[0][0], None)]]


@pytest.mark.parametrize("prepare", [True, False])
async def test_a_statement_may_be_read_with_values_of_changing_types(
    postgresql_settings: Settings, prepare: bool
) -> None:
    readers = Readers(postgresql_settings.database, size=1, wait=5, prepare=prepare)
    for value in (1, None, 2**40, "x", 1):
        given = "text" if isinstance(value, str) else "int8"
        told = [(None if value is None else str(value),)]
        query = (f"SELECT (%s::{given})::text", (value,))
        assert await readers.read(new_id(), [query, query]) == [told, told]
    await readers.close()


async def test_nothing_but_a_uuid_names_a_tenant(postgresql_town: Any) -> None:
    with pytest.raises(TypeError):
        await postgresql_town.homes.home(postgresql_town.a).read(
            f"{postgresql_town.b}' ; --", [("SELECT 1", ())]
        )


async def test_connections_that_died_in_the_pool_are_replaced_unseen(
    postgresql_town: Any, postgres_server: Server
) -> None:
    town = postgresql_town
    home = town.homes.home(town.a)
    assert await home.read(town.a, [("SELECT 1", ())]) == [[(1,)]]
    postgres_server.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'zhibu_app'"
    )
    assert await home.read(town.a, [("SELECT 2", ())]) == [[(2,)]]
    async with home.act(town.a) as session:
        assert await owners(session) == {town.a}


async def test_a_connection_lost_within_an_act_is_named(
    postgresql_town: Any, postgres_server: Server
) -> None:
    town = postgresql_town

    async def act() -> None:
        async with town.homes.home(town.a).act(town.a) as session:
            pid = await session.scalar(text("SELECT pg_backend_pid()"))
            postgres_server.run(f"SELECT pg_terminate_backend({pid})")
            await session.execute(text("SELECT 1"))

    with pytest.raises(HomeUnreachable):
        await act()
    assert await town.homes.home(town.a).read(town.a, [("SELECT 1", ())]) == [[(1,)]]


async def test_a_connection_lost_at_the_end_leaves_the_outcome_open(
    postgresql_town: Any, postgres_server: Server
) -> None:
    town = postgresql_town

    async def act() -> None:
        async with town.homes.home(town.a).act(town.a) as session:
            pid = await session.scalar(text("SELECT pg_backend_pid()"))
            postgres_server.run(f"SELECT pg_terminate_backend({pid})")

    with pytest.raises(OutcomeUnknown):
        await act()


async def test_a_server_that_is_away_is_named_at_once() -> None:
    nowhere = "postgresql://zhibu_app@127.0.0.1:9/none"
    settings = Settings(database=nowhere, owner_database=nowhere)
    tenant = new_id()
    async with opened(settings) as homes, asyncio.timeout(2):
        with pytest.raises(HomeUnreachable):
            await homes.home(tenant).read(tenant, [("SELECT 1", ())])
        with pytest.raises(HomeUnreachable):
            async with homes.home(tenant).act(tenant):
                raise AssertionError("nobody is there")


async def test_the_catalogue_has_no_gap(
    postgresql_town: Any, postgresql_settings: Settings
) -> None:
    engine = create_engine(driven(postgresql_settings.owner_database))
    with engine.connect() as connection:
        assert gaps(connection) == []
    engine.dispose()


def test_the_tables_of_every_installed_plugin_have_no_gap(migrated_postgresql: Settings) -> None:
    engine = create_engine(driven(migrated_postgresql.owner_database))
    walled = text("SELECT count(*) FROM pg_policies")
    with engine.connect() as connection:
        assert gaps(connection) == []
        assert connection.scalar(walled) >= 50
    engine.dispose()


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("CREATE TABLE bare (tenant_id uuid)", "bare: tenant_id without forced"),
        ("ALTER TABLE toy_person NO FORCE ROW LEVEL SECURITY", "toy_person: tenant_id without"),
        ("DROP POLICY tenant_isolation ON toy_person", "toy_person: no policy of exactly"),
        ("CREATE POLICY wide ON toy_person USING (true)", "toy_person: more than one policy"),
        (
            "ALTER POLICY tenant_isolation ON toy_person USING (true)",
            "toy_person: no policy of exactly",
        ),
        ("CREATE VIEW peek AS SELECT * FROM toy_person", "peek: a view reads with the rights"),
        (
            "CREATE MATERIALIZED VIEW kept AS SELECT * FROM toy_person",
            "kept: a view reads with the rights",
        ),
        (
            "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
            "f: a function runs with the rights",
        ),
        ("GRANT TRUNCATE ON toy_person TO zhibu_app", "toy_person: the application may truncate"),
        (
            "CREATE SEQUENCE counted; GRANT USAGE ON SEQUENCE counted TO zhibu_app",
            "counted: a sequence counts for every tenant",
        ),
        (
            "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO zhibu_app",
            "zhibu_owner: what it makes later is given away unseen",
        ),
        ("GRANT TRUNCATE ON toy_person TO PUBLIC", "toy_person: the application may truncate"),
    ],
)
async def test_the_catalogue_tells_each_gap(
    postgresql_town: Any, postgresql_settings: Settings, sql: str, told: str
) -> None:
    engine = create_engine(driven(postgresql_settings.owner_database))
    with engine.begin() as connection:
        connection.execute(text(sql))
    with engine.connect() as connection:
        assert any(gap.startswith(told) for gap in gaps(connection)), gaps(connection)
    engine.dispose()


async def test_a_view_with_the_rights_of_who_asks_is_no_gap(
    postgresql_town: Any, postgresql_settings: Settings
) -> None:
    engine = create_engine(driven(postgresql_settings.owner_database))
    with engine.begin() as connection:
        connection.execute(
            text("CREATE VIEW ok WITH (security_invoker = true) AS SELECT * FROM toy_person")
        )
        assert gaps(connection) == []
    engine.dispose()


async def test_the_application_that_owns_or_bypasses_is_told(
    postgresql_town: Any, postgresql_settings: Settings, postgres_server: Server
) -> None:
    name = psycopg.conninfo.conninfo_to_dict(postgresql_settings.database)["dbname"]
    postgres_server.run("ALTER TABLE toy_house OWNER TO zhibu_app", database=str(name))
    postgres_server.run("ALTER ROLE zhibu_app BYPASSRLS")
    try:
        engine = create_engine(driven(postgresql_settings.owner_database))
        with engine.connect() as connection:
            found = gaps(connection)
        engine.dispose()
    finally:
        postgres_server.run("ALTER ROLE zhibu_app NOBYPASSRLS")
    assert "toy_house: the application owns it" in found
    assert "zhibu_app: the application may lift row-level security" in found


@pytest.mark.parametrize(
    ("owned", "written"),
    [(True, "rls.secure(op, 'toy_hat')"), (False, "rls.share(op, 'toy_hat')")],
)
def test_what_a_generated_migration_says_of_a_new_table(owned: bool, written: str) -> None:
    """A table of tenants is walled in; one of nobody's is shared."""
    assert written in render_python_code(UpgradeOps(ops=[GrantTable("toy_hat", owned=owned)]))
