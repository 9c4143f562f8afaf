"""The databases: migrations, models, and the wall between institutions."""

import asyncio
from collections.abc import Iterator

from sqlalchemy import Connection, Engine, make_url, text

from zhibu.cli.doctor.finding import Finding, judged, ok, warning
from zhibu.plugins import Plugins, discover
from zhibu.settings import Settings
from zhibu.storage.ddl import triggers
from zhibu.storage.homes import Homes
from zhibu.storage.migrate import drift, orphans, pending
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
            yield judged("walls", name, gaps(connection, app_role=_role(name, settings)))
            yield judged("triggers", name, triggers(connection))
            yield _statements(name, connection, settings)


def _statements(name: str, connection: Connection, settings: Settings) -> Finding:
    """Through a pooler only what the role itself is given lasts."""
    query = text("SELECT coalesce(rolconfig, '{}') FROM pg_roles WHERE rolname = :role")
    given = connection.execute(query, {"role": _role(name, settings)}).scalar() or []
    if settings.prepare or any(each.startswith("statement_timeout=") for each in given):
        return ok("statements", name)
    return warning("statements", name, "ALTER ROLE … SET statement_timeout = '5s'")


def _role(name: str, settings: Settings) -> str:
    url = settings.database if name == "default" else settings.homes[name].app
    return make_url(url).username or ""
