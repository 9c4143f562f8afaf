"""Long work: asked for in one act, done beside the requests, seen by whoever may."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from zhibu.accounts.service import accounts, tokens
from zhibu.core_actions import ORGANIZATION_MOVE, ORGANIZATION_READ
from zhibu.errors import Conflict, NotFound, Refused
from zhibu.events.timeline import entries
from zhibu.identifiers import new_id
from zhibu.jobs import errors, service, store
from zhibu.jobs.public import ENQUEUED, FINISHED
from zhibu.jobs.rules import JobFacts, State
from zhibu.jobs.running import Runner, Task, Work
from zhibu.testing.house import Institution


class Full(Conflict):
    """Nothing more goes in."""

    code = "test.full"


async def greet(task: Task) -> Mapping[str, Any]:
    async with task.act() as act:
        name = act.caller.name
    await task.progress(1, 2)
    return {"said": f"{task.arguments['greeting']} {name}"}


async def refuse(task: Task) -> Mapping[str, Any]:
    raise Refused([Full(path=("rows", "3")), Full()])


async def break_down(task: Task) -> Mapping[str, Any]:
    raise ZeroDivisionError


WORKS: dict[str, Work] = {"greet": greet, "refuse": refuse, "break": break_down}


@pytest.fixture
def runner(institution: Institution) -> Runner:
    return Runner(institution.house.platform, WORKS)


async def enqueue(institution: Institution, kind: str = "greet", login: str = "officer") -> UUID:
    async with institution.by(login) as act:
        path = institution.units["branch"].path
        return await service.enqueue(act, kind, {"greeting": "早"}, path)


async def job(institution: Institution, id: UUID) -> JobFacts:
    tenant_id = institution.tenant.id
    async with institution.house.platform.homes.home(tenant_id).view(tenant_id) as session:
        found = await store.job(session, tenant_id, id)
    assert found is not None
    return found


async def test_nobody_but_an_account_asks_for_long_work(institution: Institution) -> None:
    async with institution.operator() as act:
        with pytest.raises(errors.JobNeedsAccount):
            await service.enqueue(act, "greet", {}, "1.")


async def test_work_that_nobody_does_is_refused_when_asked_for(institution: Institution) -> None:
    async with institution.by("officer") as act:
        with pytest.raises(errors.JobKindUnknown):
            await service.enqueue(act, "sing", {}, "1.", known=WORKS)


async def test_work_asked_for_in_an_act_that_fails_is_not_done(
    institution: Institution, runner: Runner
) -> None:
    async def fail() -> None:
        async with institution.by("officer") as act:
            await service.enqueue(act, "greet", {"greeting": "早"}, "1.")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await runner.run_waiting() == 0


async def test_work_is_done_once_in_the_name_of_whoever_asked(
    institution: Institution, runner: Runner
) -> None:
    id = await enqueue(institution)
    assert (await job(institution, id)).state is State.WAITING
    assert [await runner.run_waiting(), await runner.run_waiting()] == [1, 0]
    found = await job(institution, id)
    assert (found.state, found.outcome) == (State.SUCCEEDED, {"said": "早 officer"})
    assert (found.done, found.total) == (1, 2)
    assert found.finished_at is not None


async def test_two_runners_do_not_do_the_same_work(institution: Institution) -> None:
    platform = institution.house.platform
    await enqueue(institution)
    done = await asyncio.gather(*(Runner(platform, WORKS).run_waiting() for _ in range(3)))
    assert sorted(done) == [0, 0, 1]


async def test_what_the_domain_refuses_and_what_breaks_end_differently(
    institution: Institution, runner: Runner
) -> None:
    refused, broken = [await enqueue(institution, kind) for kind in ("refuse", "break")]
    await runner.run_waiting()
    first, second = await job(institution, refused), await job(institution, broken)
    assert first.state is State.REFUSED
    assert first.outcome is not None
    assert [each["path"] for each in first.outcome["errors"]] == [["rows", "3"], []]
    assert second.state is State.FAILED
    assert second.outcome is not None
    assert list(second.outcome) == ["reference"]


async def test_work_of_an_account_that_was_disabled_is_not_done(
    institution: Institution, runner: Runner
) -> None:
    id = await enqueue(institution)
    async with institution.operator("security_administrator") as act:
        await accounts.disable(act, institution.accounts["officer"])
    await runner.run_waiting()
    found = await job(institution, id)
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
    runner = Runner(platform, {"reach": reach})
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
            ids.append(await service.enqueue(act, "reach", {}, institution.units["branch"].path))
        if len(ids) == 1:
            await runner.run_waiting()
            async with institution.by("officer") as act:
                await tokens.revoke(act, issued.token.id)
    await runner.run_waiting()
    first, second = [await job(institution, id) for id in ids]
    assert first.outcome == {"seen": ["branch"], "may_move": False}
    assert second.state is State.REFUSED


async def test_a_crash_leaves_work_interrupted_and_its_owner_may_begin_it_again(
    institution: Institution, runner: Runner
) -> None:
    id = await enqueue(institution)
    tenant_id = institution.tenant.id
    async with institution.house.platform.homes.home(tenant_id).act(tenant_id) as session:
        await store.claim(session, tenant_id, id, institution.house.now)
    async with institution.by("officer") as act:
        with pytest.raises(errors.JobNotInterrupted):
            await service.again(act, id)
    await runner.start()
    await runner.stop()
    assert (await job(institution, id)).state is State.INTERRUPTED
    async with institution.by("municipal") as act:
        with pytest.raises(NotFound):
            await service.again(act, id)
    async with institution.by("officer") as act:
        second = await service.again(act, id)
    await runner.run_waiting()
    assert (await job(institution, second)).state is State.SUCCEEDED


async def test_a_running_runner_is_woken(institution: Institution, runner: Runner) -> None:
    await runner.start()
    try:
        id = await enqueue(institution)
        runner.wake()
        for _ in range(200):
            if (await job(institution, id)).finished_at is not None:
                break
            await asyncio.sleep(0.02)
    finally:
        await runner.stop()
    assert (await job(institution, id)).state is State.SUCCEEDED


async def test_a_job_is_seen_by_its_owner_and_where_jobs_may_be_seen(
    institution: Institution,
) -> None:
    id = await enqueue(institution, login="recorder")
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
    id = await enqueue(institution)
    await runner.run_waiting()
    tenant_id = institution.tenant.id
    async with institution.house.platform.homes.home(tenant_id).view(tenant_id) as session:
        found = await entries(session, tenant_id, subject_id=id)
    assert [(each.event, each.via) for each in found] == [(FINISHED, "job"), (ENQUEUED, "session")]
    assert found[0].facts == {"kind": "greet", "state": "succeeded"}
