"""Workers are processes: killed, stopped, and told by one another what waits."""

import asyncio
import os
import signal
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from zhibu.jobs.rules import LEASE, State
from zhibu.jobs.running import Runner
from zhibu.jobs.work import Task, Work
from zhibu.platform import Platform
from zhibu.settings import Settings
from zhibu.storage.homes import Home
from zhibu.testing.house import Institution
from zhibu.testing.processes import Running, start
from zhibu.testing.serving import PROGRAM
from zhibu.testing.works import ENDLESS, GREET, ask_for, job_of, worker_process


async def test_a_worker_that_is_killed_leaves_nothing_half_done_and_another_one_does_it(
    institution: Institution, settings: Settings
) -> None:
    id = await ask_for(institution, ENDLESS, login=None)
    with worker_process(settings, institution.house.now) as process:
        assert await asyncio.to_thread(process.out.readline) == "begun\n"
        process.send_signal(signal.SIGKILL)
        await asyncio.to_thread(process.wait)
    assert (await job_of(institution, id)).state is State.RUNNING
    quick = replace(ENDLESS, run=GREET.run)
    worker = Runner(institution.house.platform, [GREET, quick])
    assert await worker.run_waiting() == 0
    institution.house.now += LEASE + timedelta(seconds=1)
    assert await worker.run_waiting() == 1  # and not the one asked for by the act that was killed
    found = await job_of(institution, id)
    assert (found.state, found.attempt, found.failures) == (State.SUCCEEDED, 2, 1)


async def test_work_asked_for_in_another_process_begins_when_it_is_committed(
    institution: Institution, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL without waiting for the next look; on SQLite nobody tells."""
    if settings.database == "sqlite":
        monkeypatch.setattr("zhibu.jobs.running.POLL", 0.05)
    else:
        monkeypatch.setattr("zhibu.jobs.running.POLL", 3600.0)
    done = asyncio.Event()

    async def say(task: Task) -> None:
        done.set()

    work = Work(kind="say", run=say)
    other = await Platform.open(settings, institution.house.platform.plugins)
    other.clock = institution.house.platform.clock
    worker = Runner(other, [work])
    await worker.start()
    try:
        await heard(other.homes.default)
        await ask_for(institution, work)
        await asyncio.wait_for(done.wait(), 20)
    finally:
        await worker.stop()
        await other.close()


async def heard(home: Home) -> None:
    """Until somebody listens: the server names whoever does."""
    if home.name == "sqlite":
        return
    query = text("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
    async with asyncio.timeout(20):
        while True:
            async with home.control() as session:
                if (await session.execute(query)).scalar_one():
                    return
            await asyncio.sleep(0.01)


def worker_command(settings: Settings) -> Running:
    """`zhibu worker`, begun."""
    env = {**os.environ, "ZHIBU_DATA": str(settings.data), "ZHIBU_DATABASE": settings.database}
    if settings.owner_database:
        env["ZHIBU_OWNER_DATABASE"] = settings.owner_database
    return start(PROGRAM, ["worker"], env=env, heard=True)


async def test_the_command_does_what_waits_until_it_is_told_to_stop(
    institution: Institution, settings: Settings
) -> None:
    answer = await institution.ask(
        "officer",
        "mutation ($input: ExportStartInput!) { exportStart(input: $input) { job { id } } }",
        {"input": {"kind": "members", "purpose": "年度统计"}},
    )
    id = answer["data"]["exportStart"]["job"]["id"]
    with worker_command(settings) as process:
        try:
            async with asyncio.timeout(60):
                while True:
                    job = (await institution.ask("officer", ASK, {"id": id}))["data"]["job"]
                    if job["state"] not in ("WAITING", "RUNNING"):
                        break
                    await asyncio.sleep(0.05)
        finally:
            process.send_signal(signal.SIGTERM)
            said = await asyncio.to_thread(process.out.read)
    assert job == {"state": "SUCCEEDED", "attempts": 1, "nextAttemptAt": None}
    assert process.wait() == 0, said


ASK = "query ($id: ID!) { job(id: $id) { state attempts nextAttemptAt } }"
