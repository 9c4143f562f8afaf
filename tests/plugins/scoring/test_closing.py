"""Closing the year of many branches by a job: nothing twice, nothing lost when it is killed."""

import asyncio
import signal
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from zhibu.identifiers import row_of
from zhibu.jobs.rules import LEASE, State
from zhibu.settings import Settings
from zhibu.testing.processes import start
from zhibu.testing.works import job_of
from zhibu_scoring.tables import ScoringResult

PROGRAM = """
import asyncio
from datetime import datetime
from pathlib import Path
from zhibu.platform import Platform
from zhibu.settings import Settings
from zhibu_scoring.service.years import drawing

of_branch, drawn = drawing.of_branch, []

async def slowly(act, unit, year):
    if drawn:
        print("begun", flush=True)
        await asyncio.Event().wait()
    drawn.append(unit.id)
    return await of_branch(act, unit, year)

async def work():
    drawing.of_branch = slowly
    platform = await Platform.open(Settings(data=Path({data!r}), **{urls!r}))
    platform.clock = lambda: datetime.fromisoformat({now!r})
    await platform.jobs.run_waiting()

asyncio.run(work())
"""

WRITING = """
import asyncio, threading
from datetime import datetime
from pathlib import Path
from zhibu import exporting
from zhibu.jobs import work, workbooks
from zhibu.platform import Platform
from zhibu.settings import Settings

progress, noted = work.Task.progress, threading.Event()
work.PROGRESS = workbooks.PAUSE = 0

def stuck(rows, *given, **more):
    next(rows)
    noted.wait()
    next(rows)
    threading.Event().wait()

async def said(task, done, total=None):
    await progress(task, done, total)
    noted.set()
    if done:
        print("begun", flush=True)

async def export():
    exporting.write, work.Task.progress = stuck, said
    platform = await Platform.open(Settings(data=Path({data!r}), **{urls!r}))
    platform.clock = lambda: datetime.fromisoformat({now!r})
    await platform.jobs.run_waiting()

asyncio.run(export())
"""


def killed(program: str) -> None:
    """Run a worker until it says that it is in the midst of its work, and kill it there."""
    with start(program, heard=True) as process:
        assert process.out.readline() == "begun\n"
        process.send_signal(signal.SIGKILL)
        process.wait()


def filled(program: str, scoring: Any, settings: Settings) -> str:
    urls = {"database": settings.database, "owner_database": settings.owner_database}
    now = scoring.at.house.now.isoformat()
    return program.format(data=str(settings.data), urls=urls, now=now)


async def results(scoring: Any) -> Mapping[UUID, tuple[Decimal | None, int | None, str]]:
    tenant = scoring.at.tenant
    async with scoring.at.house.platform.homes.home(tenant.id).view(tenant.id) as session:
        rows = await session.execute(
            select(
                ScoringResult.member_id, ScoringResult.total, ScoringResult.rank, ScoringResult.mark
            )
        )
        found = {row.member_id: (row.total, row.rank, row.mark) for row in rows}
    return found


async def prepared(scoring: Any) -> str:
    """Members of three branches, last year to be closed; the job that does it."""
    for unit in ("other", "other", "far"):
        await scoring.at.member(unit)
    await scoring.approved()
    await scoring.approved(scoring.peer, item="attitude")
    scoring.at.house.now = datetime(2027, 1, 4, 4, tzinfo=UTC)
    await scoring.at.later(days=0)
    given = {"organization": scoring.at.id("committee"), "year": 2026}
    made = await scoring.done("officer", "scoringYearDrawUp", given, "job scoringYear { id }")
    assert made["scoringYear"] is None
    return str(made["job"])


async def test_a_job_sums_up_every_branch_below_and_none_elsewhere(scoring: Any) -> None:
    job = await prepared(scoring)
    await scoring.at.house.platform.jobs.run_waiting()
    found = await job_of(scoring.at, row_of(job, "Job"))
    assert found.state is State.SUCCEEDED
    assert found.outcome is not None
    assert (found.outcome["branches"], found.outcome["drawn_up"]) == (2, 2)
    made = await results(scoring)
    assert {made[scoring.me.id][:2], made[scoring.peer.id][:2]} == {
        (Decimal(102), 1),
        (Decimal(95), 2),
    }
    again = {"organization": scoring.at.id("committee"), "year": 2026}
    await scoring.done("officer", "scoringYearDrawUp", again, "job")
    await scoring.at.house.platform.jobs.run_waiting()
    assert await results(scoring) == made


async def test_killed_between_two_branches_it_goes_on_and_comes_to_the_same(
    scoring: Any, settings: Settings
) -> None:
    job = await prepared(scoring)
    await asyncio.to_thread(killed, filled(PROGRAM, scoring, settings))
    half = await results(scoring)
    assert half
    scoring.at.house.now += LEASE + timedelta(seconds=1)
    await scoring.at.house.platform.jobs.run_waiting()
    found = await job_of(scoring.at, row_of(job, "Job"))
    assert (found.state, found.attempt) == (State.SUCCEEDED, 2)
    assert found.outcome is not None
    assert found.outcome["drawn_up"] == 1
    whole = await results(scoring)
    assert len(half) < len(whole)
    assert {id: whole[id] for id in half} == half
    assert whole[scoring.me.id][:2] == (Decimal(102), 1)


@pytest.mark.clause("S4-65")
async def test_the_summaries_of_all_branches_say_how_far_they_are_and_survive_their_worker(
    scoring: Any, settings: Settings
) -> None:
    await prepared(scoring)
    house = scoring.at.house
    await house.platform.jobs.run_waiting()
    start = "mutation ($input: ExportStartInput!) { exportStart(input: $input) { job { id } } }"
    given = {
        "kind": "scoring_summary",
        "purpose": "汇总",
        "organization": scoring.at.id("committee"),
    }
    answer = await scoring.at.ask("officer", start, {"input": given})
    id = answer["data"]["exportStart"]["job"]["id"]
    await asyncio.to_thread(killed, filled(WRITING, scoring, settings))
    far = "query ($id: ID!) { job(id: $id) { state done total } }"
    rows = len(await results(scoring))
    answer = await scoring.at.ask("officer", far, {"id": id})
    assert answer["data"]["job"] == {"state": "RUNNING", "done": 1, "total": rows}
    assert (await scoring.at.ask("me", far, {"id": id}))["data"]["job"] is None
    house.now += LEASE + timedelta(seconds=1)
    await house.platform.jobs.run_waiting()
    found = await job_of(scoring.at, row_of(id, "Job"))
    assert (found.state, found.attempt, found.outcome) == (State.SUCCEEDED, 2, {"rows": rows})
