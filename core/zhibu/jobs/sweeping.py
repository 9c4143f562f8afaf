"""Throwing away, every night, what has had its day: receipts, sessions, results, old jobs."""

import asyncio
from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from zhibu.accounts.store import sessions
from zhibu.attachments import store as files
from zhibu.attachments.rules import PRIVATE_FOR
from zhibu.events import receipts
from zhibu.jobs import store
from zhibu.jobs.work import Schedule, Task

KEPT = timedelta(days=90)  # jobs that somebody asked for; the ledger keeps its lines for ever
KEPT_SESSIONS = timedelta(days=45)  # after their end; an address is familiar for 30 days
KEPT_SLOTS = timedelta(days=7)  # jobs of the installation itself


async def _sweep(task: Task) -> Mapping[str, Any]:
    async with task.act() as act:
        session, tenant_id, now = act.session, act.tenant_id, act.now
        await receipts.sweep(session, tenant_id, now)
        await sessions.sweep(session, tenant_id, now - KEPT_SESSIONS)
        results = await files.private_before(session, tenant_id, now - PRIVATE_FOR)
        await store.drop_results(session, tenant_id, [file.id for file in results])
        await files.forget(session, tenant_id, [file.id for file in results])
        contents = {file.sha256 for file in results}
        contents -= await files.kept_among(session, tenant_id, contents)
        jobs = await store.forget(session, tenant_id, now - KEPT, now - KEPT_SLOTS)
    for sha256 in contents:
        discard = task.platform.attachments.discard
        await asyncio.to_thread(discard, task.tenant.id, sha256, before=now - PRIVATE_FOR)
    return {"results": len(results), "files": len(contents), "jobs": jobs}


SWEEP = Schedule(name="core.sweep", at=time(3, 10), run=_sweep, retries=3)
