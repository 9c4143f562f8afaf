"""Figures as work: rebuilt when somebody asks, compared with the records every night."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from zhibu.figures import service
from zhibu.jobs.work import Schedule, Task, Work
from zhibu.logs import logger

log = logger("zhibu.figures")


async def _rebuild(task: Task) -> Mapping[str, Any]:
    async with task.act() as act:
        reason = task.arguments["reason"]
        wrong = await service.rebuild(act, task.platform.figures, reason=reason)
    return {"wrong": len(wrong), "first": service.words(wrong)}


async def _verify(task: Task) -> Mapping[str, Any]:
    platform, tenant = task.platform, task.tenant
    async with platform.looking(tenant, task.caller) as act:
        wrong = await service.compare(act, platform.figures)
    if wrong:
        log.error("figures are not what the records say", tenant=tenant.code, wrong=len(wrong))
        async with task.act() as act:
            service.report(act, wrong)
    return {"wrong": len(wrong), "first": service.words(wrong)}


REBUILD = Work(kind="figures.rebuild", run=_rebuild, retries=2, long=True)
VERIFY = Schedule(name="figures.verify", at=time(2, 40), run=_verify, retries=2, long=True)
