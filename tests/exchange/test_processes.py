"""Workers that are killed for good, and everything that may go wrong in any order."""

import asyncio
import json
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from tests.exchange.conftest import Pair, cut_at, ledger, messages

from zhibu.identifiers import new_id
from zhibu.jobs.rules import LEASE
from zhibu.settings import Settings
from zhibu.testing.processes import Running, start

PROGRAM = """
import asyncio
from datetime import datetime
from pathlib import Path
from zhibu.act import Event
from zhibu.contributions import Exchange
from zhibu.platform import Platform
from zhibu.settings import Settings

async def received(act, told):
    act.record(Event(name="education.heard", subject=("Thing", told.about), facts=dict(told.body)))
    print("begun", flush=True)
    await asyncio.Event().wait()

async def work():
    platform = await Platform.open(Settings(data=Path({data!r}), **{urls!r}))
    platform.clock = lambda: datetime.fromisoformat({now!r})
    kind = Exchange(kind="education.told", received=received, undeliverable=received)
    platform.exchanges = {{"education.told": kind}}
    await platform.jobs.start()
    await asyncio.Event().wait()

asyncio.run(work())
"""


@contextmanager
def worker(settings: Settings, now: datetime) -> Iterator[Running]:
    """A process that delivers, and stands still in the midst of what it does over there."""
    urls = {"database": settings.database, "owner_database": settings.owner_database}
    program = PROGRAM.format(data=str(settings.data), urls=urls, now=now.isoformat())
    with start(program, heard=True) as process:
        yield process


async def test_a_worker_killed_while_it_tells_leaves_nothing_and_another_tells_it_once(
    pair: Pair, about: UUID, settings: Settings
) -> None:
    house = pair.home.house
    await pair.say("一", about)
    with worker(settings, house.now) as process:
        assert await asyncio.to_thread(process.out.readline) == "begun\n"
        process.send_signal(signal.SIGKILL)
        await asyncio.to_thread(process.wait)
    assert await messages(pair.there) == []
    await pair.work()
    assert pair.heard.came == []  # its lease has not ended
    house.now += LEASE + timedelta(seconds=1)
    await pair.work()
    assert pair.heard.came == ["一"]


PLACES = [f"{code} {moment}" for code in ("yunling", "haibin") for moment in ("before", "after")]


@pytest.mark.parametrize("seed", range(2))
async def test_whatever_goes_wrong_in_whatever_order_each_message_is_told_once_in_order(
    pair: Pair, seed: int
) -> None:
    """Three matters, both sides speak, processes are lost, time passes, the plugin goes off."""
    chance = random.Random(seed)
    house, matters = pair.home.house, [new_id() for _ in range(3)]
    sent: dict[UUID, list[str]] = {matter: [] for matter in matters}
    for step in range(24):
        about = chance.choice(matters)
        match chance.choice(["say", "say", "work", "cut", "cut", "wait", "switch"]):
            case "say":
                await pair.say(str(step), about)
                sent[about].append(str(step))
            case "work":
                await pair.work()
            case "cut":
                async with cut_at(pair.home, chance.choice(PLACES)):
                    await pair.work()
            case "wait":
                house.now += timedelta(minutes=chance.choice([1, 20, 90]))
                await house.platform.jobs.tick()
            case "switch":
                await pair.there.switch("education", chance.random() < 0.5)
    await pair.there.switch("education", True)
    for _ in range(6):
        house.now += timedelta(hours=2)
        await house.platform.jobs.tick()
        await pair.work()
    came = await _said(pair, "education.heard", there=True)
    back = await _said(pair, "education.came_back", there=False)
    for matter, said in sent.items():
        took, returned = came.get(matter, []), back.get(matter, [])
        assert sorted([*took, *returned], key=int) == said
        assert took == sorted(took, key=int)
        assert returned == sorted(returned, key=int)
    ours = {row.id: str(row.state) for row in await messages(pair.home)}
    theirs = {row.id: str(row.state) for row in await messages(pair.there)}
    match_of = {"delivered": "received", "undeliverable": "turned_away"}
    assert {id: match_of[state] for id, state in ours.items()} == theirs


async def _said(pair: Pair, event: str, *, there: bool) -> dict[UUID, list[str]]:
    """What the plugin's own entries say of each matter, in the order of the ledger."""
    found: dict[UUID, list[str]] = {}
    for body, facts in await ledger(pair.there if there else pair.home, event):
        about = UUID(json.loads(body)["subject"][1])
        found.setdefault(about, []).append(facts["say"])
    return found
