"""Doing one job: in whose name, for how long, and what becomes of it."""

import asyncio
import random
import secrets
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from zhibu.act import Event, TenantFacts
from zhibu.errors import Refused, Unavailable, ZhibuError
from zhibu.jobs import store
from zhibu.jobs.callers import caller_of_job
from zhibu.jobs.errors import JobKindUnknown
from zhibu.jobs.public import FINISHED
from zhibu.jobs.rules import LEASE, JobFacts, State, ended, failed, given_back
from zhibu.jobs.work import LeaseLost, Task, Work
from zhibu.logs import logger
from zhibu.logs.about import About, begin, end
from zhibu.storage.homes.patience import patiently

if TYPE_CHECKING:
    from zhibu.platform import Platform

PATIENCE = (1, 2, 4, 8)  # seconds between attempts to keep an outcome

log = logger("zhibu.jobs")


async def do(platform: "Platform", tenant: TenantFacts, job: JobFacts, work: Work | None) -> None:
    """Do a job that this worker has taken, and keep what came of it.

    Cancelled, it gives the job back. What another worker has taken meanwhile is left to that one.
    """
    about = About(secrets.token_hex(8), job=job.id, tenant=tenant.code)
    about.operation = job.kind
    before = begin(about)
    try:
        with patiently():
            await _do(platform, tenant, job, work, about.request)
    finally:
        end(before)


async def _do(
    platform: "Platform", tenant: TenantFacts, job: JobFacts, work: Work | None, request_id: str
) -> None:
    task: Task | None = None
    began = monotonic()
    try:
        try:
            caller = await caller_of_job(platform, tenant, job)
            task = Task(
                job=job, tenant=tenant, caller=caller, request_id=request_id, platform=platform
            )
            if work is None:
                raise JobKindUnknown(kind=job.kind)
            async with _renewed(task), asyncio.timeout(work.within.total_seconds()):
                outcome = await work.run(task)
            after = ended(job, State.SUCCEEDED, dict(outcome or {}), platform.clock())
        except Refused as refused:
            after = _refused(platform, tenant, job, refused.errors)
        except Unavailable as error:
            log.warning("a job waits", error=error)
            after = _failed(platform, job, work, request_id)
        except ZhibuError as error:
            after = _refused(platform, tenant, job, (error,))
        except (LeaseLost, asyncio.CancelledError):
            raise
        except Exception as error:
            log.error("a job failed", exc_info=error)
            after = _failed(platform, job, work, request_id)
        if task is not None:
            after = replace(after, result_id=task.result_id)
        await _finish(platform, tenant, job, after, task)
        took = monotonic() - began
        log.info("job", state=str(after.state), attempt=job.attempt, ms=round(took * 1000))
    except LeaseLost as error:
        log.warning("a job is left to another worker", error=error)
    except asyncio.CancelledError:
        await asyncio.shield(_give_back(platform, tenant, job))
        raise


@asynccontextmanager
async def _renewed(task: Task) -> AsyncIterator[None]:
    """While the block runs, say that the worker is alive; interrupt it when the job is lost."""
    doing = asyncio.current_task()
    assert doing is not None
    lost = False

    async def renew() -> None:
        nonlocal lost
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 3)
            try:
                await task.renew()
            except Unavailable:  # the database is away, or this very job is writing: no one else
                continue  # can have taken it, and its own acts renew it as well
            except LeaseLost:
                lost = True
                doing.cancel()
                return

    renewing = asyncio.create_task(renew(), name=f"lease of {task.job.id}")
    try:
        yield
    except asyncio.CancelledError:
        if lost:
            raise LeaseLost(f"job {task.job.id}, attempt {task.job.attempt}") from None
        raise
    finally:
        renewing.cancel()
        await asyncio.gather(renewing, return_exceptions=True)


def _failed(platform: "Platform", job: JobFacts, work: Work | None, request_id: str) -> JobFacts:
    retries = work.retries if work else 0
    outcome = {"reference": request_id}
    jitter = random.random()  # noqa: S311  # nosec B311  # spreads retries, guards nothing
    return failed(job, retries, outcome, platform.clock(), jitter)


def _refused(
    platform: "Platform", tenant: TenantFacts, job: JobFacts, errors: Iterable[ZhibuError]
) -> JobFacts:
    said = [
        {
            "code": error.code,
            "path": list(error.path),
            "message": platform.texts.error(error, tenant.locale),
        }
        for error in errors
    ]
    return ended(job, State.REFUSED, {"errors": said}, platform.clock())


async def _finish(
    platform: "Platform", tenant: TenantFacts, job: JobFacts, after: JobFacts, task: Task | None
) -> None:
    """Keep what became of the job, although the database may be busy or away for some seconds."""
    for wait in (*PATIENCE, None):
        try:
            await _kept(platform, tenant, job, after, task)
        except Unavailable:
            if wait is None:
                raise
            await asyncio.sleep(wait)
        else:
            return


async def _kept(
    platform: "Platform", tenant: TenantFacts, job: JobFacts, after: JobFacts, task: Task | None
) -> None:
    """For an account that can still act, an end has its line in the ledger."""
    lost = LeaseLost(f"job {job.id}, attempt {job.attempt}")
    if task is None or job.account_id is None or after.finished_at is None:
        async with platform.homes.home(tenant.id).act(tenant.id) as session:
            if not await store.save(session, tenant.id, job, after):
                raise lost
        return
    facts = {"kind": job.kind, "state": str(after.state)}
    async with platform.act(tenant, task.caller, request_id=task.request_id) as act:
        if not await store.save(act.session, tenant.id, job, after):
            raise lost
        act.record(Event(name=FINISHED, subject=("Job", job.id), path=job.path, facts=facts))


async def _give_back(platform: "Platform", tenant: TenantFacts, job: JobFacts) -> None:
    async with platform.homes.home(tenant.id).act(tenant.id) as session:
        await store.save(session, tenant.id, job, given_back(job))
