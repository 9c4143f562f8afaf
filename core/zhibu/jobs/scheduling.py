"""What the clock asks for: one job for each slot of a schedule, whoever makes it first."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from zhibu.act import TenantFacts
from zhibu.identifiers import new_id
from zhibu.jobs import store
from zhibu.jobs.rules import JobFacts, State, latest_slot, slot_key
from zhibu.jobs.work import Schedule
from zhibu.logs import logger
from zhibu.policy.paths import ROOT

if TYPE_CHECKING:
    from zhibu.platform import Platform

STARTS = timedelta(minutes=10)  # many processes that begin together count as one

log = logger("zhibu.jobs")


class Slots:
    """The slots that this process has seen to; that each is filled once, the database sees to."""

    def __init__(self, platform: "Platform", schedules: Iterable[Schedule]) -> None:
        self._platform = platform
        self._schedules = tuple(schedules)
        self._seen: dict[tuple[UUID, str], datetime] = {}

    async def fill(self, tenant: TenantFacts) -> int:
        """Make the jobs of the slots that have come since; how many nobody had made before."""
        now = self._platform.clock()
        come = {}
        jobs = []
        for schedule in self._schedules:
            slot = latest_slot(now, tenant.zone, schedule.every, schedule.at)
            seen = self._seen.get((tenant.id, schedule.name))
            if seen == slot:
                continue
            come[tenant.id, schedule.name] = slot
            if await self._wanted(schedule, tenant):
                jobs.append(_job(schedule, schedule.name, slot, now))
                if schedule.at_start and seen is None:
                    start = latest_slot(now, tenant.zone, STARTS, None)
                    jobs.append(_job(schedule, f"{schedule.name}@start", start, now))
        made = set()
        if jobs:
            async with self._platform.homes.home(tenant.id).act(tenant.id) as session:
                for job in jobs:
                    # At the start, what the clock has just asked for is enough.
                    if job.kind not in made and await store.add(session, tenant.id, job) == job.id:
                        made.add(job.kind)
        self._seen |= come
        return len(made)

    async def _wanted(self, schedule: Schedule, tenant: TenantFacts) -> bool:
        """Whether there is anything to do; where that cannot be found out, the job will tell."""
        if schedule.when is None:
            return True
        try:
            return await schedule.when(self._platform, tenant)
        except Exception as error:
            log.warning(
                "no telling whether a job is due",
                tenant=tenant.code,
                kind=schedule.name,
                error=error,
            )
            return True


def _job(schedule: Schedule, name: str, slot: datetime, now: datetime) -> JobFacts:
    return JobFacts(
        id=new_id(),
        kind=schedule.name,
        state=State.WAITING,
        account_id=None,
        token_id=None,
        path=ROOT,
        arguments={"slot": slot.astimezone(UTC).isoformat()},
        created_at=now,
        priority=schedule.priority,
        key=slot_key(name, slot),
    )
