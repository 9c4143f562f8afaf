"""Many workers, lost workers, failing work and a clock that jumps: each job is done, and once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from zhibu.errors import NotFound
from zhibu.events.timeline import entries
from zhibu.jobs import errors, service, store
from zhibu.jobs.doing import do
from zhibu.jobs.rules import LEASE, JobFacts, Priority, State, taken
from zhibu.jobs.running import Runner
from zhibu.jobs.work import LeaseLost, Task, Work
from zhibu.testing.house import Institution
from zhibu.testing.works import AWAY, BREAK, ENDLESS, GREET, WORKS, Away, ask_for, job_of

MOMENT = timedelta(seconds=1)


async def take(institution: Institution, worker: str = "lost") -> JobFacts | None:
    """Take the next job as a worker that is never heard of again."""
    tenant_id, now = institution.tenant.id, institution.house.now
    kinds = [work.kind for work in WORKS]
    async with institution.house.platform.homes.home(tenant_id).act(tenant_id) as session:
        job = await store.next_ready(session, tenant_id, now, kinds=kinds, known=kinds)
        if job is None:
            return None
        mine = taken(job, worker, 1, now)
        await store.save(session, tenant_id, job, mine)
    return mine


def task_of(institution: Institution, job: JobFacts) -> Task:
    platform = institution.house.platform
    return Task(
        job=job,
        tenant=institution.tenant,
        caller=platform.system(institution.tenant),
        request_id="test",
        platform=platform,
    )


async def test_three_workers_do_three_hundred_jobs_and_none_twice(
    institution: Institution,
) -> None:
    done: Counter[int] = Counter()

    async def count(task: Task) -> None:
        await asyncio.sleep(0)
        done[task.arguments["number"]] += 1

    work = Work(kind="count", run=count)
    async with institution.operator() as act:
        for number in range(300):
            await service.enqueue(act, work, {"number": number}, "1.", as_system=True)
    platform = institution.house.platform
    shares = await asyncio.gather(*(Runner(platform, [work]).run_waiting() for _ in range(3)))
    assert sum(shares) == 300
    assert done == Counter(range(300))
    assert min(shares) > 0


async def test_a_lost_worker_keeps_a_job_for_a_lease_and_another_one_does_it_then(
    institution: Institution,
) -> None:
    id = await ask_for(institution)
    retrying = Runner(institution.house.platform, [replace(GREET, retries=1)])
    assert await take(institution) is not None
    institution.house.now += LEASE
    assert await retrying.run_waiting() == 0
    institution.house.now += MOMENT
    assert await retrying.run_waiting() == 1
    found = await job_of(institution, id)
    assert (found.state, found.attempt, found.failures) == (State.SUCCEEDED, 2, 1)


async def test_what_may_not_be_begun_again_is_interrupted_and_its_owner_asks_again(
    institution: Institution, runner: Runner
) -> None:
    id = await ask_for(institution)
    assert await take(institution) is not None
    async with institution.by("officer") as act:
        with pytest.raises(errors.JobNotRepeatable):
            await service.again(act, runner.works, id)
    institution.house.now += LEASE + MOMENT
    assert await runner.run_waiting() == 0
    assert (await job_of(institution, id)).state is State.INTERRUPTED
    async with institution.by("municipal") as act:
        with pytest.raises(NotFound):
            await service.again(act, runner.works, id)
    async with institution.by("officer") as act:
        with pytest.raises(errors.JobKindUnknown):
            await service.again(act, {}, id)
        second = await service.again(act, runner.works, id)
    await runner.run_waiting()
    assert (await job_of(institution, second)).state is State.SUCCEEDED


async def test_a_worker_that_lost_its_lease_writes_neither_records_nor_result(
    institution: Institution,
) -> None:
    id = await ask_for(institution, replace(GREET, retries=1), login=None)
    first = await take(institution)
    assert first is not None
    institution.house.now += LEASE + MOMENT
    second = await take(institution, "second")
    assert second is not None
    assert (second.id, second.attempt) == (id, 2)
    stale = task_of(institution, first)
    written = []

    async def write() -> None:
        async with stale.act() as act:
            written.append(await service.enqueue(act, GREET, {}, "1.", as_system=True))

    for late in (stale.renew(), stale.progress(1), write()):
        with pytest.raises(LeaseLost):
            await late
    await do(institution.house.platform, institution.tenant, first, GREET)
    assert (await job_of(institution, id)) == second
    await do(institution.house.platform, institution.tenant, second, GREET)
    assert (await job_of(institution, id)).state is State.SUCCEEDED
    async with institution.operator() as act:
        assert await store.job(act.session, act.tenant_id, written[0]) is None


async def test_an_act_of_a_job_renews_its_lease(institution: Institution) -> None:
    id = await ask_for(institution, login=None)
    mine = await take(institution)
    assert mine is not None
    institution.house.now += LEASE / 2
    async with task_of(institution, mine).act():
        pass
    assert (await job_of(institution, id)).lease_until == institution.house.now + LEASE


async def test_failing_work_is_tried_again_later_and_is_dead_in_the_end(
    institution: Institution, runner: Runner
) -> None:
    id = await ask_for(institution, AWAY)
    for failures in (1, 2):
        assert [await runner.run_waiting(), await runner.run_waiting()] == [1, 0]
        found = await job_of(institution, id)
        assert (found.state, found.failures) == (State.WAITING, failures)
        assert found.not_before is not None
        institution.house.now = found.not_before
    await runner.run_waiting()
    found = await job_of(institution, id)
    assert (found.state, found.failures, found.attempt) == (State.FAILED, 3, 3)
    institution.house.now += timedelta(days=1)
    assert await runner.run_waiting() == 0


async def test_urgent_work_is_done_first_and_equals_in_the_order_asked_for(
    institution: Institution,
) -> None:
    order = []

    async def say(task: Task) -> None:
        order.append(task.job.id)

    works = [
        Work(kind=f"say {priority.name}", run=say, priority=priority)
        for priority in (Priority.IDLE, Priority.USUAL, Priority.URGENT)
    ]
    ids = [await ask_for(institution, work) for work in (*works, works[1])]
    await Runner(institution.house.platform, works).run_waiting()
    assert order == [ids[2], ids[1], ids[3], ids[0]]


async def test_of_jobs_with_one_key_there_is_one_until_it_has_ended(
    institution: Institution, runner: Runner
) -> None:
    first = await ask_for(institution, key="greeting")
    assert await ask_for(institution, key="greeting") == first
    assert await runner.run_waiting() == 1
    assert await ask_for(institution, key="greeting") != first
    assert await runner.run_waiting() == 1


async def test_work_of_the_installation_itself_holds_no_role_and_leaves_no_line(
    institution: Institution, runner: Runner
) -> None:
    seen = []

    async def look(task: Task) -> None:
        async with task.act() as act:
            seen.append((act.caller.account_id, act.caller.via, act.caller.principal.assignments))

    work = Work(kind="look", run=look)
    id = await ask_for(institution, work, login=None)
    await Runner(institution.house.platform, [work]).run_waiting()
    assert seen == [(None, "system", ())]
    async with institution.operator() as act:
        assert await entries(act.session, act.tenant_id, subject_id=id) == []


async def test_work_may_not_begin_before_its_time(institution: Institution, runner: Runner) -> None:
    at = institution.house.now + timedelta(hours=1)
    await ask_for(institution, not_before=at)
    assert await runner.run_waiting() == 0
    institution.house.now = at
    assert await runner.run_waiting() == 1


async def test_a_clock_that_is_put_back_keeps_nothing_waiting(
    institution: Institution, runner: Runner
) -> None:
    """A lease and a pause of the time before would otherwise last for a day."""
    lost = await ask_for(institution, replace(GREET, retries=1))
    assert await take(institution) is not None
    paused = await ask_for(institution, AWAY)
    await runner.run_waiting()
    fresh = await ask_for(institution)
    institution.house.now -= timedelta(days=1)
    retrying = Runner(institution.house.platform, [replace(GREET, retries=1), AWAY])
    assert await retrying.run_waiting() == 3
    assert (await job_of(institution, lost)).state is State.SUCCEEDED
    assert (await job_of(institution, paused)).failures == 2
    assert (await job_of(institution, fresh)).state is State.SUCCEEDED


async def test_a_clock_that_is_put_forward_lets_a_job_be_done_twice_but_end_once(
    institution: Institution, runner: Runner
) -> None:
    id = await ask_for(institution, replace(GREET, retries=1), login=None)
    mine = await take(institution)
    assert mine is not None
    institution.house.now += timedelta(days=1)
    await Runner(institution.house.platform, [replace(GREET, retries=1)]).run_waiting()
    ended = await job_of(institution, id)
    await do(institution.house.platform, institution.tenant, mine, GREET)
    assert await job_of(institution, id) == ended


async def test_work_that_lasts_too_long_has_failed(institution: Institution) -> None:
    work = replace(ENDLESS, within=timedelta(0), retries=0)
    id = await ask_for(institution, work)
    await Runner(institution.house.platform, [work]).run_waiting()
    assert (await job_of(institution, id)).state is State.FAILED


async def test_a_worker_that_stops_gives_its_jobs_back(
    institution: Institution,
) -> None:
    begun = asyncio.Event()

    async def never(task: Task) -> None:
        begun.set()
        await asyncio.Event().wait()

    work = Work(kind="never", run=never)
    id = await ask_for(institution, work)
    async with worker(institution, work):
        await asyncio.wait_for(begun.wait(), 10)
        assert (await job_of(institution, id)).state is State.RUNNING
    found = await job_of(institution, id)
    assert (found.state, found.failures, found.lease_until) == (State.WAITING, 0, None)


async def test_long_work_keeps_no_short_work_waiting(
    institution: Institution,
) -> None:
    begun: list[str] = []
    first, short = asyncio.Event(), asyncio.Event()

    async def last(task: Task) -> None:
        begun.append(task.job.kind)
        first.set()
        await asyncio.Event().wait()

    async def be_quick(task: Task) -> None:
        begun.append(task.job.kind)
        short.set()

    long = Work(kind="long", run=last, long=True)
    quick = Work(kind="quick", run=be_quick)
    second = [await ask_for(institution, long) for _ in range(2)][1]
    await ask_for(institution, quick)
    async with worker(institution, long, quick):
        await asyncio.wait_for(asyncio.gather(first.wait(), short.wait()), 10)
        assert (await job_of(institution, second)).state is State.WAITING
    assert sorted(begun) == ["long", "quick"]  # which of the two is begun first nobody says


async def test_many_long_jobs_of_one_tenant_keep_another_one_s_waiting_for_one(
    institution: Institution,
) -> None:
    begun: list[str] = []
    all_done = asyncio.Event()

    async def say(task: Task) -> None:
        begun.append(task.tenant.code)
        if len(begun) == 4:
            all_done.set()

    long = Work(kind="long", run=say, long=True)
    other = await institution.house.found("abcd", "甲乙机关")  # first in the directory
    for _ in range(3):
        await ask_for(other, long)
    await ask_for(institution, long)
    async with worker(institution, long):
        await asyncio.wait_for(all_done.wait(), 20)
    assert begun[:2] == ["abcd", "yunling"]


async def test_a_database_that_is_away_is_not_asked_again_and_again(
    institution: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    async def away() -> list[Any]:
        asked.append(1)
        raise Away

    monkeypatch.setattr(institution.house.platform.directory, "entries", away)
    async with worker(institution, GREET):
        for _ in range(200):
            await asyncio.sleep(0)
    assert len(asked) <= 2


async def test_a_tenant_that_cannot_be_looked_at_keeps_no_other_waiting(
    institution: Institution, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = await institution.house.found("abcd", "甲乙机关")
    looked = store.anything_ready

    async def look(home: Any, tenant_id: UUID, now: datetime) -> bool:
        if tenant_id == broken.tenant.id:
            raise ZeroDivisionError
        return await looked(home, tenant_id, now)

    monkeypatch.setattr(store, "anything_ready", look)
    done = asyncio.Event()

    async def say(task: Task) -> None:
        done.set()

    work = Work(kind="say", run=say)
    await ask_for(institution, work)
    async with worker(institution, work):
        await asyncio.wait_for(done.wait(), 20)
    assert "jobs cannot be looked for" in caplog.text


@asynccontextmanager
async def worker(institution: Institution, *works: Work) -> AsyncIterator[Runner]:
    """A worker at work, which does not wait for what never ends."""
    runner = Runner(institution.house.platform, works)
    await runner.start()
    try:
        yield runner
    finally:
        await runner.stop(grace=0)


async def test_work_of_a_kind_that_no_worker_knows_is_refused_after_a_day(
    institution: Institution, runner: Runner
) -> None:
    id = await ask_for(institution, Work(kind="sing", run=BREAK.run))
    assert await runner.run_waiting() == 0
    institution.house.now += timedelta(days=1) + MOMENT
    assert await runner.run_waiting() == 1
    found = await job_of(institution, id)
    assert found.state is State.REFUSED
    assert outcome_codes(found.outcome) == ["core.job_kind_unknown"]


def outcome_codes(outcome: Mapping[str, Any] | None) -> list[str]:
    return [error["code"] for error in (outcome or {})["errors"]]
