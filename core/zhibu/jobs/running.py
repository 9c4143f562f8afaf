"""Doing long work beside the requests of one process: one job at a time, in the order asked for."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from uuid import UUID

from zhibu.act import Act, Caller, Event, TenantFacts
from zhibu.errors import Refused, Unavailable, ZhibuError
from zhibu.jobs import store
from zhibu.jobs.errors import JobKindUnknown
from zhibu.jobs.public import FINISHED
from zhibu.jobs.rules import JobFacts, State
from zhibu.jobs.workplace import Workplace, caller_of_job, tenants_of

POLL = 5.0  # seconds after which work that another process asked for is seen
GRACE = 5.0  # seconds that work may take to end when the process does
PROGRESS = 1.0  # seconds between two notes of how far it is

logger = logging.getLogger("zhibu.jobs")


@dataclass(kw_only=True)
class Task:
    """A job while it runs, as its code sees it."""

    job: JobFacts
    tenant: TenantFacts
    caller: Caller
    request_id: str
    workplace: Workplace
    result_id: UUID | None = None
    _noted: float = field(default=0.0)

    @property
    def arguments(self) -> Mapping[str, Any]:
        return self.job.arguments

    @asynccontextmanager
    async def act(self) -> AsyncIterator[Act]:
        """One transaction in the name of whoever asked."""
        made = self.workplace.act(self.tenant, self.caller, request_id=self.request_id)
        async with made as act:
            yield act

    async def progress(self, done: int, total: int | None = None) -> None:
        """Note how far it is, at most once a second.

        It is a transaction of its own: on SQLite, never call it inside `act`, which would wait
        for itself.
        """
        if monotonic() - self._noted < PROGRESS:
            return
        self._noted = monotonic()
        await self.note({"done": done, "total": total})

    async def note(self, changes: Mapping[str, Any]) -> None:
        tenant_id = self.tenant.id
        async with self.workplace.homes.home(tenant_id).act(tenant_id) as session:
            await store.save(session, tenant_id, self.job.id, changes)


Work = Callable[[Task], Awaitable[Mapping[str, Any]]]


class Runner:
    """The one runner of an installation. `works` says what is done for each kind of job.

    What a crashed process left running is marked interrupted at the start; it is not begun again
    by itself, since nobody knows how far it came.
    """

    def __init__(self, workplace: Workplace, works: Mapping[str, Work]) -> None:
        self._workplace = workplace
        self.works = works
        self._wake = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None
        self._stopping = False

    async def start(self) -> None:
        for tenant in await tenants_of(self._workplace):
            async with self._workplace.homes.home(tenant.id).act(tenant.id) as session:
                await store.interrupt(session, tenant.id, self._workplace.clock())
        self._loop = asyncio.create_task(self._run(), name="zhibu jobs")

    async def stop(self) -> None:
        """End soon; what runs for longer is found interrupted at the next start."""
        if self._loop is not None:
            self._stopping = True
            self.wake()
            await asyncio.wait({self._loop}, timeout=GRACE)
            self._loop.cancel()
            with suppress(asyncio.CancelledError):
                await self._loop
            self._loop, self._stopping = None, False

    def wake(self) -> None:
        """Something was enqueued and committed."""
        self._wake.set()

    async def run_waiting(self) -> int:
        """Do everything that waits now; how many jobs that was."""
        count = 0
        for tenant in await tenants_of(self._workplace):
            while not self._stopping and (job := await self._claimed(tenant)) is not None:
                await self._do(tenant, job)
                count += 1
        return count

    async def _run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            try:
                await self.run_waiting()
            except Unavailable as error:
                logger.warning("jobs wait: %s", error)
            except Exception:
                logger.exception("looking for jobs failed")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), POLL)

    async def _claimed(self, tenant: TenantFacts) -> JobFacts | None:
        home = self._workplace.homes.home(tenant.id)
        async with home.view(tenant.id) as session:
            id = await store.first_waiting(session, tenant.id)
        if id is None:
            return None
        async with home.act(tenant.id) as session:
            return await store.claim(session, tenant.id, id, self._workplace.clock())

    async def _do(self, tenant: TenantFacts, job: JobFacts) -> None:
        request_id = secrets.token_hex(8)
        changes: dict[str, Any]
        task = None
        try:
            caller = await caller_of_job(self._workplace, tenant, job)
            task = Task(
                job=job,
                tenant=tenant,
                caller=caller,
                request_id=request_id,
                workplace=self._workplace,
            )
            work = self.works.get(job.kind)
            if work is None:
                raise JobKindUnknown(kind=job.kind)
            outcome = await work(task)
            changes = {"state": State.SUCCEEDED, "outcome": dict(outcome)}
        except Refused as refused:
            changes = self._refused(tenant, refused.errors)
        except ZhibuError as error:
            changes = self._refused(tenant, (error,))
        except Exception as error:
            logger.error("job %s failed (%s)", job.id, request_id, exc_info=error)
            changes = {"state": State.FAILED, "outcome": {"reference": request_id}}
        changes |= {
            "finished_at": self._workplace.clock(),
            "result_id": task.result_id if task else None,
        }
        await self._finish(tenant, job, changes, task, request_id)

    async def _finish(
        self,
        tenant: TenantFacts,
        job: JobFacts,
        changes: dict[str, Any],
        task: Task | None,
        request_id: str,
    ) -> None:
        """Keep the outcome; for an account that can still act, with its line in the ledger."""
        if task is None:
            async with self._workplace.homes.home(tenant.id).act(tenant.id) as session:
                await store.save(session, tenant.id, job.id, changes)
            return
        async with self._workplace.act(tenant, task.caller, request_id=request_id) as act:
            await store.save(act.session, tenant.id, job.id, changes)
            facts = {"kind": job.kind, "state": str(changes["state"])}
            act.record(Event(name=FINISHED, subject=("Job", job.id), path=job.path, facts=facts))

    def _refused(self, tenant: TenantFacts, errors: tuple[ZhibuError, ...]) -> dict[str, Any]:
        said = [
            {
                "code": error.code,
                "path": list(error.path),
                "message": self._workplace.texts.error(error, tenant.locale),
            }
            for error in errors
        ]
        return {"state": State.REFUSED, "outcome": {"errors": said}}
