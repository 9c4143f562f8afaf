"""Measures the ledger and the figures: appending, verifying, recounting, on both databases.

.venv/bin/python bench/ledger.py [ENTRIES]
"""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

from zhibu.act import Event
from zhibu.events import ledger
from zhibu.events.anchors import Anchors
from zhibu.events.entries import Origin
from zhibu.figures import keeping
from zhibu.figures.core import FIGURES
from zhibu.identifiers import new_id
from zhibu.parameters import definitions
from zhibu.parameters.book import Book
from zhibu.plugins import Plugins
from zhibu.policy import Policy, default_folder
from zhibu.settings import Settings
from zhibu.storage.encryption import Keyring
from zhibu.testing.databases import (
    fresh_postgresql,
    fresh_sqlite,
    opened,
    postgresql,
    postgresql_homes,
    sqlite_homes,
)
from zhibu.testing.register import Register, founded

NOW = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
ORIGIN = Origin(at=NOW, request_id="bench", by="某人", via="session", account_id=new_id())
ACTS = 300


def happened() -> Event:
    facts = {"name": "张某", "hours": "2.5", "topic": "political_theory", "reason": "按计划开展"}
    return Event(
        name="education.credit_verified",
        subject=("Credit", new_id()),
        path="1.2.3.",
        member_id=new_id(),
        facts=facts,
    )


async def timed(count: int, once: Callable[[], Awaitable[None]]) -> str:
    taken = []
    for _ in range(count):
        start = perf_counter()
        await once()
        taken.append((perf_counter() - start) * 1000)
    cut = quantiles(taken, n=100)
    return f"p50 {median(taken):.2f} ms  p99 {cut[98]:.2f} ms"


async def measure(settings: Settings, folder: Path, entries: int) -> None:
    async with opened(settings) as homes:
        tenant_id = new_id()
        home = homes.home(tenant_id)
        await home.create(tenant_id)
        print(f"{home.name}")

        async def empty() -> None:
            async with home.act(tenant_id) as session:
                await session.connection()

        async def one() -> None:
            async with home.act(tenant_id) as session:
                await ledger.write(session, tenant_id, ORIGIN, [happened()])

        await one()
        print(f"  a transaction without anything   {await timed(ACTS, empty)}")
        print(f"  a transaction with one entry     {await timed(ACTS, one)}")
        start = perf_counter()
        await asyncio.gather(*(one() for _ in range(ACTS)))
        print(f"  one tenant, acts at once         {ACTS / (perf_counter() - start):.0f} a second")
        start = perf_counter()
        async with home.act(tenant_id) as session:
            await ledger.write(session, tenant_id, ORIGIN, [happened() for _ in range(entries)])
        taken = perf_counter() - start
        each = taken / entries * 1e6
        print(f"  an import of {entries} entries      {taken:.2f} s, {each:.0f} µs each")
        anchors = Anchors(settings)
        await anchors.checkpoint(home, tenant_id, NOW)
        start, used = perf_counter(), process_time()
        found = await anchors.verify(home, tenant_id)
        taken, used = perf_counter() - start, process_time() - used
        assert found.sound
        speed = (
            f"{found.entries / taken:.0f} a second, {found.entries / used:.0f} of processor time"
        )
        print(f"  verifying {found.entries} entries        {speed}")
        register = await founded(
            Register(
                homes=homes,
                tenant_id=tenant_id,
                policy=Policy.load(default_folder(), Plugins({})),
                keyring=Keyring.create(folder / "keys"),
                book=Book(definitions.load({"core": definitions.CORE})),
            )
        )
        for _ in range(25):
            await register.member("branch")
        branch = register.units["branch"].id

        async def refresh() -> None:
            async with home.act(tenant_id) as session:
                await keeping.refresh(session, tenant_id, [branch], FIGURES)

        print(f"  recounting {len(FIGURES)} figures of a branch  {await timed(ACTS, refresh)}")


def main(entries: int) -> None:
    none = Plugins({})
    with tempfile.TemporaryDirectory() as name, postgresql() as server:
        folder = Path(name)
        with (
            sqlite_homes(none, folder / "a") as migrated,
            fresh_sqlite(migrated, folder / "sqlite") as settings,
        ):
            asyncio.run(measure(settings, folder / "sqlite", entries))
        with (
            postgresql_homes(none, server, folder / "b") as migrated,
            fresh_postgresql(migrated, server, folder / "postgresql") as settings,
        ):
            (folder / "postgresql").mkdir(exist_ok=True)
            asyncio.run(measure(settings, folder / "postgresql", entries))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
