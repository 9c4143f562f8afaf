"""Doing what waits: some jobs at a time, of every tenant in turn, beside the requests or alone."""

import asyncio
import os
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from math import inf
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from zhibu.act import TenantFacts
from zhibu.errors import Unavailable
from zhibu.jobs import store
from zhibu.jobs.doing import do
from zhibu.jobs.rules import JobFacts, State, taken
from zhibu.jobs.scheduling import Slots
from zhibu.jobs.work import Schedule, Work
from zhibu.logs import logger
from zhibu.tenants.directory import facts_of
from zhibu.tenants.errors import TenantUnknown
from zhibu.tenants.rules import ACTIVE, TenantEntry

if TYPE_CHECKING:
    from zhibu.platform import Platform

STALE = 60.0  # seconds after which a worker that has not looked is taken for dead
POLL = 5.0  # seconds after which everything is looked at, heard of or not
GRACE = 5.0  # seconds that work may take to end when the process does
AT_ONCE = 4  # jobs of one process; of long ones a single one
REMEMBERED = 60.0  # seconds for which a tenant's name and zone are believed

log = logger("zhibu.jobs")


class Runner:
    """A worker: it takes jobs whose kinds it knows, and makes those that the clock asks for.

    Any number of workers, in any processes, may do so at once.
    """

    def __init__(
        self, platform: "Platform", works: Iterable[Work], schedules: Iterable[Schedule] = ()
    ) -> None:
        schedules = list(schedules)
        self.works = {work.kind: work for work in (*works, *(each.work for each in schedules))}
        self.name = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:6]}"
        self._platform = platform
        self._slots = Slots(platform, schedules)
        self._facts: dict[UUID, tuple[float, TenantFacts]] = {}
        self._doing: dict[asyncio.Task[None], Work | None] = {}
        self._rung: set[UUID] = set()
        self._bell = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None
        self._ears: list[asyncio.Task[None]] = []
        self._stopping = False
        self._looked = -inf
        self._full = False  # perhaps something waits for a hand that is busy
        self._served: dict[UUID, int] = {}
        self._turns = count(1)

    async def start(self) -> None:
        self._ears = [
            asyncio.create_task(home.listen(store.CHANNEL, self._heard))
            for home in self._platform.homes.each()
        ]
        self._loop = asyncio.create_task(self._run(), name="zhibu jobs")

    async def stop(self, grace: float = GRACE) -> None:
        """End soon; what is not done by then is given back, for the next worker to begin anew."""
        if self._loop is None:
            return
        self._stopping = True
        self._bell.set()
        for ear in self._ears:
            ear.cancel()
        # It is about to end; cancelled in the midst of connecting, it would leave that open.
        await asyncio.wait({self._loop}, timeout=GRACE)
        self._loop.cancel()
        doing = list(self._doing)
        if doing:
            await asyncio.wait(doing, timeout=grace)
        for task in doing:
            task.cancel()
        await asyncio.gather(self._loop, *self._ears, *doing, return_exceptions=True)
        self._loop, self._stopping = None, False

    @property
    def alive(self) -> bool:
        """Whether it looks for work, and has done so of late."""
        running = self._loop is not None and not self._loop.done() and not self._stopping
        return running and monotonic() - self._looked < STALE

    def wake(self, tenant_id: UUID) -> None:
        """Something of this tenant was enqueued and committed."""
        self._rung.add(tenant_id)
        self._bell.set()

    def _heard(self, tenant: str) -> None:
        with suppress(ValueError):
            self.wake(UUID(tenant))

    async def run_waiting(self) -> int:
        """Do everything that waits now, one after the other; how many jobs that was."""
        done, self._full = 0, False
        for entry in await self._entries():
            while not self._stopping and (taken := await self._take(entry)) is not None:
                tenant, job = taken
                await do(self._platform, tenant, job, self.works.get(job.kind))
                done += 1
        return done

    async def tick(self) -> int:
        """Make the jobs that the clock asks for; how many are new."""
        made = 0
        for entry in await self._entries():
            with _alone(entry):
                made += await self._slots.fill(await self._tenant(entry))
        return made

    async def _run(self) -> None:
        everything = monotonic()
        while not self._stopping:
            self._bell.clear()
            self._looked = monotonic()
            rung, self._rung = self._rung, set()
            look = monotonic() >= everything
            if look:
                everything = monotonic() + POLL
            try:
                if look:
                    await self.tick()
                entries = await self._entries()
                await self._begin(
                    [each for each in entries if look or self._full or each.id in rung]
                )
            except Unavailable as error:
                log.warning("jobs wait", error=error)
            except Exception:
                log.exception("looking for jobs failed")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), max(0.0, everything - monotonic()))

    async def _begin(self, entries: list[TenantEntry]) -> None:
        """Take one job of each tenant in turn, until none waits or every hand is busy.

        Who was served longest ago comes first: no tenant's hundred imports keep another waiting.
        """
        self._full = False
        waiting = sorted(entries, key=lambda entry: self._served.get(entry.id, 0))
        while waiting and not self._stopping:
            more = []
            for entry in waiting:
                if len(self._doing) >= AT_ONCE:
                    self._full = True
                    return
                with _alone(entry):
                    if (taken := await self._take(entry)) is not None:
                        more.append(entry)
                        self._served[entry.id] = next(self._turns)
                        self._set_about(*taken)
            waiting = more

    def _set_about(self, tenant: TenantFacts, job: JobFacts) -> None:
        work = self.works.get(job.kind)
        doing = asyncio.create_task(do(self._platform, tenant, job, work), name=f"job {job.id}")
        self._doing[doing] = work
        doing.add_done_callback(lambda done: self._done(tenant.id, done))

    def _done(self, tenant_id: UUID, done: asyncio.Task[None]) -> None:
        del self._doing[done]
        if not done.cancelled() and (error := done.exception()) is not None:
            log.error("a job's outcome was not kept; it will be done again", exc_info=error)
        self.wake(tenant_id)

    async def _take(self, entry: TenantEntry) -> tuple[TenantFacts, JobFacts] | None:
        """The tenant's next job, now in the hands of this worker."""
        home, now = self._platform.homes.home(entry.id), self._platform.clock()
        if not await store.anything_ready(home, entry.id, now):
            return None
        tenant = await self._tenant(entry)
        # Whoever was passed over in this round comes first in the next.
        busy = self._full or any(work is not None and work.long for work in self._doing.values())
        self._full = busy
        kinds = [kind for kind, work in self.works.items() if not (busy and work.long)]
        while True:
            async with home.act(entry.id) as session:
                job = await store.next_ready(
                    session, entry.id, now, kinds=kinds, known=list(self.works)
                )
                if job is None:
                    return None
                work = self.works.get(job.kind)
                mine = taken(job, self.name, work.retries if work else 0, now)
                await store.save(session, entry.id, job, mine)
            if mine.state is State.RUNNING:
                return tenant, mine
            log.error("a job was lost", job=job.id, kind=job.kind, times=mine.failures)

    async def _entries(self) -> list[TenantEntry]:
        return [each for each in await self._platform.directory.entries() if each.state == ACTIVE]

    async def _tenant(self, entry: TenantEntry) -> TenantFacts:
        until, facts = self._facts.get(entry.id, (0.0, None))
        if facts is None or until < monotonic():
            facts = await facts_of(self._platform.homes, entry)
            self._facts[entry.id] = (monotonic() + REMEMBERED, facts)
        return facts


@contextmanager
def _alone(entry: TenantEntry) -> Iterator[None]:
    """A tenant whose home is away, or not as it should be, keeps no other waiting."""
    try:
        yield
    except (Unavailable, TenantUnknown) as error:
        log.warning("jobs wait", tenant=entry.code, error=error)
    except Exception:
        log.exception("jobs cannot be looked for", tenant=entry.code)
