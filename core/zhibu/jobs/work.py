"""Work that the core does beside requests, asked for by people or by the clock.

Retriable work is a `Work`, which the core lists in `zhibu.core.works` and a plugin in its hook
`works`. Ask for it within the act that needs it; it exists if and only if that act is committed:

    DELIVER = Work(kind="due.deliver", run=_deliver, retries=8)

    await jobs.enqueue(act, DELIVER, {"delivery": id.hex}, path, as_system=True, key=f"due:{id}")

    async def _deliver(task: Task) -> None:
        async with task.act() as act:       # a transaction of the tenant; as many as needed
            ...

It is done at least once: a worker may be lost after it has written and before it says so, so `run`
must find what it did before. What an act of a lost worker writes is never kept, since every act
ends by proving that the job is still its own. `ZhibuError`s other than `Unavailable` are answers,
and end the job as refused; anything else is tried `retries` times more, with growing pauses.

Work of hours keeps what it made in parts (`zhibu.jobs.parts`): whoever takes it up goes on after
the last one that was kept.

Periodic work is a `Schedule`, listed in `zhibu.core.schedules`. Each slot of each tenant is one
job, however many workers there are:

    Schedule(name="due.remind", at=time(8), run=_remind, retries=3)       # daily, the tenant's time
    Schedule(name="due.send", every=timedelta(minutes=5), run=_send, when=_anything)

`when(platform, tenant)` is asked before a job is made: answer False where there is nothing to do,
and an idle tenant costs no rows. A job of a schedule runs as the installation itself, with the slot
in `task.arguments["slot"]`, and is not in the ledger; what it does to records is, as always.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any
from uuid import UUID

from zhibu.accounts.rules.factors import Use
from zhibu.act import Act, Caller, TenantFacts
from zhibu.errors import Unavailable
from zhibu.jobs import store
from zhibu.jobs.rules import LEASE, JobFacts, Priority

if TYPE_CHECKING:  # the platform does this work
    from zhibu.platform import Platform

PROGRESS = 1.0  # seconds between two notes of how far it is


class LeaseLost(Exception):
    """Another worker has the job by now: what this one was about to write is not written."""


@dataclass(kw_only=True)
class Task:
    """A job while it runs, as its code sees it."""

    job: JobFacts
    tenant: TenantFacts
    caller: Caller
    request_id: str
    platform: "Platform"
    result_id: UUID | None = None
    _noted: float = field(default=0.0)

    @property
    def arguments(self) -> Mapping[str, Any]:
        return self.job.arguments

    @asynccontextmanager
    async def act(self, *, now: datetime | None = None) -> AsyncIterator[Act]:
        """One transaction in the name of whoever asked. Raises `LeaseLost` at its end."""
        made = self.platform.act(self.tenant, self.caller, now=now, request_id=self.request_id)
        async with made as act:
            yield act
            await self.hold(act)

    async def hold(self, act: Act) -> None:
        """Prove, within the act, that the job is still this worker's. Raises `LeaseLost`."""
        lease = self.platform.clock() + LEASE
        await self._keep({"lease_until": lease}, act)

    async def renew(self) -> None:
        """Say that the worker is alive. Raises `LeaseLost`."""
        await self._keep({"lease_until": self.platform.clock() + LEASE})

    async def progress(self, done: int, total: int | None = None) -> None:
        """Note how far it is, at most once a second. Raises `LeaseLost`.

        It is a transaction of its own: on SQLite, never call it inside `act`, which would wait
        for itself.
        """
        if monotonic() - self._noted < PROGRESS:
            return
        self._noted = monotonic()
        with suppress(Unavailable):  # it is said again soon
            await self._keep({"done": done, "total": total})

    async def _keep(self, changes: Mapping[str, Any], act: Act | None = None) -> None:
        tenant_id = self.tenant.id
        if act is not None:
            held = await store.keep(act.session, tenant_id, self.job, changes)
        else:
            async with self.platform.homes.home(tenant_id).act(tenant_id) as session:
                held = await store.keep(session, tenant_id, self.job, changes)
        if not held:
            raise LeaseLost(f"job {self.job.id}, attempt {self.job.attempt}")


Run = Callable[[Task], Awaitable[Mapping[str, Any] | None]]
When = Callable[["Platform", TenantFacts], Awaitable[bool]]


@dataclass(frozen=True, kw_only=True)
class Work:
    """What is done for jobs of a kind: `run` answers the job's outcome, which survives JSON.

    `retries` is how often it may be begun again after it failed, or after its worker was lost.
    Of `long` work a worker does one piece at a time, beside short work. Beyond `within` it counts
    as failed. `proof` is what a session must have proven of late to ask for it again.
    """

    kind: str
    run: Run
    retries: int = 0
    priority: Priority = Priority.USUAL
    long: bool = False
    within: timedelta = timedelta(hours=2)
    proof: Use | None = None


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """Work that the clock asks for: `every` so often, or daily `at` a time in the tenant's zone.

    `at_start` also when a worker begins to work, unless one did within the last ten minutes.
    """

    name: str
    run: Run
    every: timedelta | None = None
    at: time | None = None
    when: When | None = None
    at_start: bool = False
    retries: int = 0
    priority: Priority = Priority.IDLE
    long: bool = False
    within: timedelta = timedelta(hours=2)

    @property
    def work(self) -> Work:
        """What its jobs do; their kind is its name."""
        return Work(
            kind=self.name,
            run=self.run,
            retries=self.retries,
            priority=self.priority,
            long=self.long,
            within=self.within,
        )
