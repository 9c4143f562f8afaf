"""What the clock asks for is one job for each slot, whoever makes it first."""

import asyncio
from collections import Counter
from datetime import time, timedelta

import pytest

from zhibu.jobs.running import Runner
from zhibu.jobs.work import Schedule, Task
from zhibu.testing.house import Institution

EVERY = timedelta(minutes=5)


@pytest.fixture
def done() -> Counter[str]:
    return Counter()


@pytest.fixture
def schedules(done: Counter[str]) -> list[Schedule]:
    async def count(task: Task) -> None:
        done[f"{task.job.kind} {task.arguments['slot'][:16]}"] += 1

    return [
        Schedule(name="often", every=EVERY, run=count),
        Schedule(name="nightly", at=time(3, 10), run=count),
    ]


async def test_three_workers_make_each_slot_once(
    institution: Institution, schedules: list[Schedule], done: Counter[str]
) -> None:
    platform = institution.house.platform
    workers = [Runner(platform, [], schedules) for _ in range(3)]
    for _ in range(3):
        made = await asyncio.gather(*(each.tick() for each in workers))
        await asyncio.gather(*(each.run_waiting() for each in workers))
        institution.house.now += EVERY
        assert sum(made) in (1, 2)
    minutes = ("00", "05", "10")
    assert done == Counter(
        ["nightly 2026-06-14T19:10", *(f"often 2026-06-15T04:{minute}" for minute in minutes)]
    )


async def test_slots_that_passed_while_nobody_worked_are_made_up_for_once(
    institution: Institution, schedules: list[Schedule], done: Counter[str]
) -> None:
    for _ in range(2):
        worker = Runner(institution.house.platform, [], schedules)  # a process that was restarted
        await worker.tick()
        await worker.run_waiting()
        institution.house.now += timedelta(days=3)
    assert [each for each in sorted(done) if each.startswith("nightly")] == [
        "nightly 2026-06-14T19:10",
        "nightly 2026-06-17T19:10",
    ]


async def test_a_clock_that_jumps_and_comes_back_does_nothing_twice(
    institution: Institution, schedules: list[Schedule], done: Counter[str]
) -> None:
    for jump in (timedelta(0), timedelta(days=1), timedelta(days=-1), timedelta(hours=1)):
        institution.house.now += jump
        worker = Runner(institution.house.platform, [], schedules)
        await worker.tick()
        await worker.run_waiting()
    assert set(done.values()) == {1}
    assert len(done) == 5


async def test_where_there_is_nothing_to_do_no_job_is_made(institution: Institution) -> None:
    asked = []

    async def nothing(platform: object, tenant: object) -> bool:
        asked.append(tenant)
        return False

    async def run(task: Task) -> None:
        raise AssertionError("nobody asked for it")

    worker = Runner(
        institution.house.platform, [], [Schedule(name="idle", every=EVERY, run=run, when=nothing)]
    )
    assert [await worker.tick(), await worker.tick(), await worker.run_waiting()] == [0, 0, 0]
    assert len(asked) == 1
