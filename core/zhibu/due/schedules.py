"""What the clock asks for about deadlines."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from zhibu.due.service.sweeping import sweep
from zhibu.jobs.work import Schedule, Task


async def _sweep(task: Task) -> Mapping[str, Any]:
    return dict(await sweep(task.platform, task.act))


# Before anybody comes to work, so that the day's inbox is there.
SWEEP = Schedule(name="due.sweep", at=time(6), run=_sweep, retries=3, long=True)
SCHEDULES = [SWEEP]
