"""What the clock asks for about deadlines."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from zhibu.due.service.delivering import deliver, ready
from zhibu.due.service.reminding import remind
from zhibu.due.service.sweeping import sweep
from zhibu.jobs.work import Schedule, Task


async def _sweep(task: Task) -> Mapping[str, Any]:
    changed = await sweep(task.platform, task.act)
    return {**changed, "reminders": await remind(task.act, task.platform.workdays)}


async def _deliver(task: Task) -> Mapping[str, Any]:
    return dict(await deliver(task.platform, task.tenant))


# Before anybody comes to work, so that the day's inbox is there.
SWEEP = Schedule(name="due.sweep", at=time(6), run=_sweep, retries=3, long=True)
DELIVER = Schedule(
    name="due.deliver",
    every=timedelta(minutes=5),
    run=_deliver,
    when=ready,
    within=timedelta(minutes=30),
)
SCHEDULES = [SWEEP, DELIVER]
