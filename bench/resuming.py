"""Killing a worker in the midst of long work, and letting another one take over."""

import asyncio
import hashlib
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select

from zhibu.jobs.rules import LEASE
from zhibu.platform import Platform
from zhibu.settings import Settings
from zhibu.storage.homes import Home
from zhibu.testing.house import House
from zhibu_scoring.tables import ScoringResult, ScoringYear

SAID = (
    ScoringResult.member_id,
    ScoringResult.base,
    ScoringResult.plus,
    ScoringResult.minus,
    ScoringResult.total,
    ScoringResult.rank,
    ScoringResult.mark,
    ScoringResult.ground,
    ScoringResult.eligible,
    ScoringResult.low,
    ScoringResult.behind,
)


async def digest(home: Home, tenant_id: UUID) -> str:
    """Sixteen letters that are others wherever one member's result is another."""
    found = hashlib.sha256()
    async with home.view(tenant_id) as session:
        rows = await session.stream(select(*SAID).order_by(ScoringResult.member_id))
        async for row in rows:
            found.update(repr(tuple(map(str, row))).encode())
    return found.hexdigest()[:16]


async def forget(home: Home, tenant_id: UUID) -> None:
    """As if nobody had closed anything."""
    async with home.act(tenant_id) as session:
        for table in (ScoringResult, ScoringYear):
            await session.execute(delete(table).where(table.tenant_id == tenant_id))


async def drawn_up(home: Home, tenant_id: UUID) -> int:
    async with home.view(tenant_id) as session:
        return int(await session.scalar(select(func.count()).select_from(ScoringYear)) or 0)


async def taken_over(
    house: House,
    settings: Settings,
    tenant_id: UUID,
    half: int,
    *,
    counted: Callable[[Home, UUID], Awaitable[int]] = drawn_up,
    resumed: Callable[[], None] = lambda: None,
) -> int:
    """A process of its own works until so much is done, and is killed as by `kill -9`.

    Then this one does what waits. Answers how much the killed one left.
    """
    home = house.platform.homes.home(tenant_id)
    given = {
        "data": str(settings.data),
        "database": settings.database,
        "owner_database": settings.owner_database,
        "now": house.now.isoformat(),
    }
    order = ("-m", "bench.resuming", json.dumps(given))
    process = await asyncio.create_subprocess_exec(sys.executable, *order)
    left = 0
    while left < half:
        await asyncio.sleep(0.2)
        left = await counted(home, tenant_id)
        assert process.returncode is None, "it ended before it was killed"
    process.kill()
    await process.wait()
    left = await counted(home, tenant_id)
    resumed()
    house.now += LEASE + timedelta(seconds=1)
    await house.platform.jobs.run_waiting()
    return left


async def _work(given: dict[str, Any]) -> None:
    urls = {name: given[name] for name in ("database", "owner_database")}
    platform = await Platform.open(Settings(data=Path(given["data"]), **urls))
    now = datetime.fromisoformat(given["now"])
    platform.clock = lambda: now
    await platform.jobs.run_waiting()


if __name__ == "__main__":
    asyncio.run(_work(json.loads(sys.argv[1])))
