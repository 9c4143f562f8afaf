"""The databases: migrations, models, and the wall between institutions."""

import asyncio
from collections.abc import Iterator

from psycopg import AsyncConnection
from sqlalchemy import Connection, Engine, make_url, text

from zhibu.cli.doctor.finding import Finding, fault, judged, ok, warning
from zhibu.plugins import Plugins, discover
from zhibu.settings import Database, Settings
from zhibu.storage.ddl import triggers
from zhibu.storage.homes import Homes
from zhibu.storage.homes.poolers import shared
from zhibu.storage.migrate import drift, orphans, pending
from zhibu.storage.migrate.running import shared as owner_shared
from zhibu.storage.rls import gaps


def examine_databases(settings: Settings) -> list[Finding]:
    plugins = discover(settings.plugins)
    return [
        finding
        for name, engine in asyncio.run(_databases(settings)).items()
        for finding in _examined(name, engine, plugins, settings)
    ]


async def _databases(settings: Settings) -> dict[str, Engine]:
    async with Homes(settings) as homes:
        return homes.databases()


def _examined(name: str, engine: Engine, plugins: Plugins, settings: Settings) -> Iterator[Finding]:
    with engine.connect() as connection:
        behind = pending(connection, plugins)
        steps = [f"{plugin} {now or '-'} → {head}" for plugin, (now, head) in behind.items()]
        yield judged("migrations", name, steps)
        connection.rollback()
        left = orphans(connection, plugins)
        if left:
            yield warning("orphans", name, ", ".join(left))
        if not behind:
            connection.rollback()
            differing = drift(connection, plugins)
            yield judged("drift", name, [each for found in differing.values() for each in found])
        if engine.dialect.name == "postgresql":
            connection.rollback()
            yield judged("walls", name, gaps(connection, app_role=_role(_database(name, settings))))
            yield judged("triggers", name, triggers(connection))
            given = _given(connection, _role(_database(name, settings)))
            if "jit=off" in given:
                yield ok("compiling", name)
            else:
                yield warning("compiling", name, "ALTER ROLE … SET jit = off")
            yield from _pooler(name, connection, settings, given)


def _given(connection: Connection, role: str) -> list[str]:
    """The settings that stand with a role, as `name=value`."""
    query = text("SELECT coalesce(rolconfig, '{}') FROM pg_roles WHERE rolname = :role")
    return connection.execute(query, {"role": role}).scalar() or []


def _pooler(
    name: str, connection: Connection, settings: Settings, given: list[str]
) -> Iterator[Finding]:
    """What a pooler between us and the server takes away, and whether it is made up for."""
    database = _database(name, settings)
    if owner_shared(connection):
        yield fault("pooler", name, "the owner's URL leads to one; migrations need the server")
    direct = database.direct
    if not asyncio.run(_through_pooler(database.app)):
        yield ok("pooler", name, "none")
        return
    if direct is None:
        told = "workers look for jobs every few seconds; set direct_database to have them hear"
        yield warning("pooler", name, told)
    elif asyncio.run(_through_pooler(direct)):
        yield warning("pooler", name, "direct_database leads to it as well")
    else:
        yield ok("pooler", name, "jobs are heard of past it")
    if any(each.startswith("statement_timeout=") for each in given):
        yield ok("statements", name)
    else:
        yield warning("statements", name, "ALTER ROLE … SET statement_timeout = '5s'")


async def _through_pooler(url: str) -> bool:
    async with await AsyncConnection.connect(url, autocommit=True) as connection:
        return await shared(connection)


def _database(name: str, settings: Settings) -> Database:
    owner = settings.owner_database or ""
    default = Database(app=settings.database, owner=owner, direct=settings.direct_database)
    return settings.homes.get(name, default)


def _role(database: Database) -> str:
    return make_url(database.app).username or ""
