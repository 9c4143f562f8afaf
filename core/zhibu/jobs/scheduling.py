"""What the clock asks for: one job for each slot of a schedule, whoever makes it first."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from zhibu.act import TenantFacts
from zhibu.identifiers import new_id
from zhibu.jobs import store
from zhibu.jobs.rules import JobFacts, State, latest_slot, slot_key
from zhibu.jobs.work import Schedule
from zhibu.policy.paths import ROOT

if TYPE_CHECKING:
    from zhibu.platform import Platform


class Slots:
    """The slots that this process has seen to; that each is filled once, the database sees to."""

    def __init__(self, platform: "Platform", schedules: Iterable[Schedule]) -> None:
        self._platform = platform
        self._schedules = tuple(schedules)
        self._seen: dict[tuple[UUID, str], datetime] = {}

    async def fill(self, tenant: TenantFacts) -> int:
        """Make the jobs of the slots that have come since; how many nobody had made before."""
        now = self._platform.clock()
        due = []
        for schedule in self._schedules:
            slot = latest_slot(now, tenant.zone, schedule.every, schedule.at)
            if self._seen.get((tenant.id, schedule.name)) != slot:
                wanted = schedule.when is None or await schedule.when(self._platform, tenant)
                due.append((schedule, slot, wanted))
        jobs = [_job(schedule, slot, now) for schedule, slot, wanted in due if wanted]
        made = 0
        if jobs:
            async with self._platform.homes.home(tenant.id).act(tenant.id) as session:
                for job in jobs:
                    made += await store.add(session, tenant.id, job) == job.id
        for schedule, slot, _ in due:
            self._seen[tenant.id, schedule.name] = slot
        return made


def _job(schedule: Schedule, slot: datetime, now: datetime) -> JobFacts:
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
        key=slot_key(schedule.name, slot),
    )
