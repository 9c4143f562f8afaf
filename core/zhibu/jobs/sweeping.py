"""Throwing away, every night, what has had its day."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from zhibu.accounts.store import sessions
from zhibu.act import Act
from zhibu.attachments import store as files
from zhibu.due.store import sending
from zhibu.events import receipts
from zhibu.exchange import store as exchange
from zhibu.jobs import store
from zhibu.jobs.work import Schedule, Task
from zhibu.members.service.erasing import erase
from zhibu.procedures import store as procedures
from zhibu.retention import kept

KEPT_SLOTS = timedelta(days=7)  # jobs of the installation itself
BATCH = 200  # members of one transaction, and contents of one question
UNCLAIMED = timedelta(days=1)  # no upload is under way for so long


async def _sweep(task: Task) -> Mapping[str, Any]:
    async with task.act() as act:
        session, tenant_id, now = act.session, act.tenant_id, act.now
        lasting = kept(act.parameters, act.today)
        await receipts.sweep(session, tenant_id, now)
        await sessions.sweep(session, tenant_id, now - lasting.sessions)
        await exchange.empty(session, tenant_id, now - lasting.exchanges)
        await sending.forget(session, tenant_id, now - lasting.deliveries)
        old = await _forgotten(act, now - lasting.results, now - lasting.sources)
        jobs = await store.forget(session, tenant_id, now - lasting.jobs, now - KEPT_SLOTS)
    await _discard(task, old)
    erased = await _erased(task)
    return {**old.counts, "jobs": jobs, "erased": erased, "unclaimed": await _unclaimed(task)}


async def _unclaimed(task: Task) -> int:
    """Discard the contents that no file has; how many.

    Whoever dies between forgetting a file and discarding its content leaves one, and so does an
    upload that was refused at its end.
    """
    async with task.act() as act:
        before = act.now - UNCLAIMED
    attachments, tenant_id, count = task.platform.attachments, task.tenant.id, 0
    found = await asyncio.to_thread(attachments.left_from, tenant_id, before)
    for start in range(0, len(found), BATCH):
        contents = found[start : start + BATCH]
        async with task.act() as act:
            has = await files.kept_among(act.session, tenant_id, contents)
        for sha256 in set(contents) - has:
            await asyncio.to_thread(attachments.discard, tenant_id, sha256, before=before)
            count += 1
    return count


async def _erased(task: Task) -> int:
    """Erase what those who left long ago are known by; how many they were.

    Nobody looks into every workbook for one name: all that were made or taken in until now go.
    """
    count = 0
    while True:
        async with task.act() as act:
            ids = await erase(act, BATCH)
            await procedures.erase_proposed(act.session, act.tenant_id, ids)
            named = await _forgotten(act, act.now, act.now) if ids else _Forgotten()
        await _discard(task, named)
        count += len(ids)
        if len(ids) < BATCH:
            return count


@dataclass(frozen=True, kw_only=True)
class _Forgotten:
    """Workbooks that are records no more, and until when each content was of no use."""

    results: int = 0
    sources: int = 0
    contents: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        return {"results": self.results, "sources": self.sources, "files": len(self.contents)}


async def _forgotten(act: Act, results: datetime, sources: datetime) -> _Forgotten:
    """Forget the workbooks that were given back, and those that were taken in, until then.

    What a job has in parts goes with the former: it writes them again.
    """
    session, tenant_id = act.session, act.tenant_id
    given = await files.private_before(session, tenant_id, results)
    read = await store.sources_before(session, tenant_id, sources)
    taken = await files.unclaimed(session, tenant_id, read)
    ids = [file.id for file in (*given, *taken)]
    await store.drop_files(session, tenant_id, ids)
    await files.forget(session, tenant_id, ids)
    parts = await store.parts.forget(session, tenant_id, results)
    ends = {file.sha256: sources for file in taken} | {file.sha256: results for file in given}
    ends |= dict.fromkeys(parts, results)
    left = await files.kept_among(session, tenant_id, ends)
    contents = {sha256: end for sha256, end in ends.items() if sha256 not in left}
    return _Forgotten(results=len(given), sources=len(taken), contents=contents)


async def _discard(task: Task, forgotten: _Forgotten) -> None:
    discard = task.platform.attachments.discard
    for sha256, before in forgotten.contents.items():
        await asyncio.to_thread(discard, task.tenant.id, sha256, before=before)


SWEEP = Schedule(name="core.sweep", at=time(3, 10), run=_sweep, retries=3)
