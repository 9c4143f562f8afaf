"""A database with the measured world in it, by the product's migrations and its own figures."""

import time
from dataclasses import dataclass
from pathlib import Path

from bench.server import Server
from bench.world import Size, fill, tenants_of
from zhibu.figures import keeping
from zhibu.platform import Platform
from zhibu.plugins import discover
from zhibu.settings import Database, Settings
from zhibu.storage.homes import Homes

OTHERS = b"""SELECT count(*) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()"""


@dataclass(frozen=True)
class Prepared:
    """A filled database: its name, its URLs, and the product's folder for it."""

    name: str
    urls: Database
    folder: Path
    size: Size


async def prepared(server: Server, name: str, size: Size, folder: Path, year: int) -> Prepared:
    """Migrate, write the records, rebuild every kept figure, vacuum and analyze."""
    urls = server.create(name)
    settings = Settings(data=folder, database=urls.app, owner_database=urls.owner)
    async with Homes(settings) as homes:
        await homes.migrate(discover())
    fill(server, name, size, year)
    _settle(server, name)
    platform = await Platform.open(settings)
    try:
        for tenant in tenants_of(size):
            async with platform.homes.home(tenant.id).act(tenant.id) as session:
                await keeping.rebuild(session, tenant.id, platform.figures)
    finally:
        await platform.close()
    _settle(server, name)
    return Prepared(name, urls, folder, size)


def _settle(server: Server, name: str) -> None:
    """Vacuum when nobody is connected any more: an open transaction would keep rows unsettled."""
    with server.connect(name) as connection:
        for _ in range(100):
            if connection.execute(OTHERS).fetchone() == (0,):
                break
            time.sleep(0.1)
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")
