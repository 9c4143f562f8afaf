"""Long work: asked for in one act, done beside the requests, seen by whoever may."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from zhibu.accounts.service import accounts, tokens
from zhibu.core_actions import ORGANIZATION_MOVE, ORGANIZATION_READ
from zhibu.errors import NotFound
from zhibu.events.timeline import entries
from zhibu.identifiers import new_id
from zhibu.jobs import errors, service
from zhibu.jobs.public import ENQUEUED, FINISHED
from zhibu.jobs.rules import State
from zhibu.jobs.running import Runner
from zhibu.jobs.work import Task, Work
from zhibu.testing.house import Institution
from zhibu.testing.works import BREAK, GREET, REFUSE, WORKS, ask_for, job_of


async def test_nobody_but_an_account_asks_for_long_work(institution: Institution) -> None:
    async with institution.operator() as act:
        with pytest.raises(errors.JobNeedsAccount):
            await service.enqueue(act, GREET, {}, "1.")


async def test_work_asked_for_in_an_act_that_fails_is_not_done(
    institution: Institution, runner: Runner
) -> None:
    async def fail() -> None:
        async with institution.by("officer") as act:
            await service.enqueue(act, GREET, {"greeting": "早"}, "1.")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await runner.run_waiting() == 0


async def test_work_is_done_once_in_the_name_of_whoever_asked(
    institution: Institution, runner: Runner
) -> None:
    id = await ask_for(institution)
    assert (await job_of(institution, id)).state is State.WAITING
    assert [await runner.run_waiting(), await runner.run_waiting()] == [1, 0]
    found = await job_of(institution, id)
    assert (found.state, found.outcome) == (State.SUCCEEDED, {"said": "早 officer"})
    assert (found.done, found.total) == (1, 2)
    assert found.finished_at is not None


async def test_two_runners_do_not_do_the_same_work(institution: Institution) -> None:
    platform = institution.house.platform
    await ask_for(institution)
    done = await asyncio.gather(*(Runner(platform, WORKS).run_waiting() for _ in range(3)))
    assert sorted(done) == [0, 0, 1]


async def test_what_the_domain_refuses_and_what_breaks_end_differently(
    institution: Institution, runner: Runner
) -> None:
    refused, broken = [await ask_for(institution, work) for work in (REFUSE, BREAK)]
    await runner.run_waiting()
    first, second = await job_of(institution, refused), await job_of(institution, broken)
    assert first.state is State.REFUSED
    assert first.outcome is not None
    assert [each["path"] for each in first.outcome["errors"]] == [["rows", "3"], []]
    assert second.state is State.FAILED
    assert second.outcome is not None
    assert list(second.outcome) == ["reference"]


async def test_work_of_an_account_that_was_disabled_is_not_done(
    institution: Institution, runner: Runner
) -> None:
    id = await ask_for(institution)
    async with institution.operator("security_administrator") as act:
        await accounts.disable(act, institution.accounts["officer"])
    await runner.run_waiting()
    found = await job_of(institution, id)
    assert found.state is State.REFUSED
    assert found.outcome is not None
    assert found.outcome["errors"][0]["code"] == "core.job_account_ended"


async def test_work_asked_for_with_a_token_may_do_no_more_than_the_token(
    institution: Institution,
) -> None:
    async def reach(task: Task) -> Mapping[str, Any]:
        async with task.act() as act:
            paths = {name: unit.path for name, unit in institution.units.items()}
            seen = [name for name in ("branch", "other") if act.may(ORGANIZATION_READ, paths[name])]
            return {"seen": seen, "may_move": act.may(ORGANIZATION_MOVE, paths["branch"])}

    platform, now = institution.house.platform, institution.house.now
    work = Work(kind="reach", run=reach)
    runner = Runner(platform, [work])
    async with institution.by("officer") as act:
        issued = await tokens.create(
            act,
            name="接口",
            organization_id=institution.units["branch"].id,
            actions=[ORGANIZATION_READ.name],
            expires_at=now + timedelta(days=1),
        )
    signed = await platform.credentials.authenticate(issued.text, now)
    ids = []
    for _ in range(2):
        async with platform.act(signed.tenant, signed.caller, now=now) as act:
            ids.append(await service.enqueue(act, work, {}, institution.units["branch"].path))
        if len(ids) == 1:
            await runner.run_waiting()
            async with institution.by("officer") as act:
                await tokens.revoke(act, issued.token.id)
    await runner.run_waiting()
    first, second = [await job_of(institution, id) for id in ids]
    assert first.outcome == {"seen": ["branch"], "may_move": False}
    assert second.state is State.REFUSED


async def test_a_running_runner_is_woken(institution: Institution, runner: Runner) -> None:
    await runner.start()
    try:
        id = await ask_for(institution)
        runner.wake(institution.tenant.id)
        for _ in range(200):
            if (await job_of(institution, id)).finished_at is not None:
                break
            await asyncio.sleep(0.02)
    finally:
        await runner.stop()
    assert (await job_of(institution, id)).state is State.SUCCEEDED


async def test_a_job_is_seen_by_its_owner_and_where_jobs_may_be_seen(
    institution: Institution,
) -> None:
    id = await ask_for(institution, login="recorder")
    for login in ("recorder", "officer"):
        async with institution.by(login) as act:
            assert (await service.job_of(act, id)).id == id
    async with institution.by("rival") as act:
        with pytest.raises(NotFound):
            await service.job_of(act, id)
        with pytest.raises(NotFound):
            await service.job_of(act, new_id())


async def test_asking_and_ending_are_in_the_ledger(
    institution: Institution, runner: Runner
) -> None:
    id = await ask_for(institution)
    await runner.run_waiting()
    tenant_id = institution.tenant.id
    async with institution.house.platform.homes.home(tenant_id).view(tenant_id) as session:
        found = await entries(session, tenant_id, subject_id=id)
    assert [(each.event, each.via) for each in found] == [(FINISHED, "job"), (ENQUEUED, "session")]
    assert found[0].facts == {"kind": "greet", "state": "succeeded"}
