"""Throwing away, every night, what has had its day."""

import asyncio
from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from zhibu.accounts.store import sessions
from zhibu.attachments import store as files
from zhibu.due.store import sending
from zhibu.events import receipts
from zhibu.jobs import store
from zhibu.jobs.work import Schedule, Task
from zhibu.members.service.erasing import erase
from zhibu.procedures import store as procedures
from zhibu.retention import kept

KEPT_SLOTS = timedelta(days=7)  # jobs of the installation itself
BATCH = 200  # members of one transaction


async def _sweep(task: Task) -> Mapping[str, Any]:
    async with task.act() as act:
        session, tenant_id, now = act.session, act.tenant_id, act.now
        lasting = kept(act.parameters, act.today)
        await receipts.sweep(session, tenant_id, now)
        await sessions.sweep(session, tenant_id, now - lasting.sessions)
        await sending.forget(session, tenant_id, now - lasting.deliveries)
        results = await files.private_before(session, tenant_id, now - lasting.results)
        await store.drop_results(session, tenant_id, [file.id for file in results])
        await files.forget(session, tenant_id, [file.id for file in results])
        contents = {file.sha256 for file in results}
        contents -= await files.kept_among(session, tenant_id, contents)
        jobs = await store.forget(session, tenant_id, now - lasting.jobs, now - KEPT_SLOTS)
    for sha256 in contents:
        discard = task.platform.attachments.discard
        await asyncio.to_thread(discard, task.tenant.id, sha256, before=now - lasting.results)
    return {
        "results": len(results),
        "files": len(contents),
        "jobs": jobs,
        "erased": await _erased(task),
    }


async def _erased(task: Task) -> int:
    """Erase what those who left long ago are known by; how many they were."""
    count = 0
    while True:
        async with task.act() as act:
            ids = await erase(act, BATCH)
            await procedures.erase_proposed(act.session, act.tenant_id, ids)
        count += len(ids)
        if len(ids) < BATCH:
            return count


SWEEP = Schedule(name="core.sweep", at=time(3, 10), run=_sweep, retries=3)
