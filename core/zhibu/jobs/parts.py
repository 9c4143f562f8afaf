"""Long work that writes in parts: whoever takes up the work of a lost worker goes on after it.

    done = await parts.kept(task)
    for number, branches in enumerate(batched(everything, 100)):
        if number not in done:
            await parts.keep(task, number, await written(branches))  # names and their contents
    await parts.give(task, "all.zip", count=number + 1)

What is in a part must depend on nothing but its number and the records, and everything that says
when on the moment the job was asked for: then the result is the same, whoever was lost meanwhile.
Where that changes while the job goes on, a part says what it `rests_on`: the work writes it anew
when that is no more so, and looks once more when the result is kept, in `closing`.
Parts end with the job; what was in them is sealed as files are, and discarded by night.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime

from zhibu.act import Act
from zhibu.jobs import results, store
from zhibu.jobs.archives import Archive, packed
from zhibu.jobs.rules import Part
from zhibu.jobs.work import Task
from zhibu.storage.attachments import ZIP, AttachmentMissing

MOST = 100_000_000  # bytes of a part, which is in memory as a whole
LARGEST = 2_000_000_000  # bytes of all of them


Closing = Callable[[Act, Mapping[int, Part]], Awaitable[None]]


class PartGone(Exception):
    """A part was thrown away, as somebody was erased, or what it rests on is no more so: the next
    attempt writes it again.
    """


async def kept(task: Task) -> dict[int, Part]:
    """The parts that this attempt and those before it have kept, by their numbers."""
    tenant_id = task.tenant.id
    async with task.platform.homes.home(tenant_id).view(tenant_id) as session:
        found = await store.parts.of_job(session, tenant_id, task.job.id)
    return {part.number: part for part in found}


async def keep(
    task: Task, number: int, files: Mapping[str, bytes], *, rows: int = 0, rests_on: str = ""
) -> None:
    """Keep a part: files by their names, none of which another part has. Raises `LeaseLost`."""
    content = await asyncio.to_thread(packed, files, _asked(task))

    async def whole() -> AsyncIterator[bytes]:
        yield content

    stored = await task.platform.attachments.put(task.tenant.id, whole(), MOST, made=ZIP)
    part = Part(
        number=number,
        sha256=stored.sha256,
        size=stored.size,
        files=len(files),
        rows=rows,
        rests_on=rests_on,
    )
    async with task.act() as act:
        await store.parts.add(act.session, act.tenant_id, task.job.id, part, act.now)


async def give(task: Task, name: str, *, count: int, closing: Closing | None = None) -> None:
    """Keep the files of all parts, numbered from 0, in one archive, as the job's result.

    `closing` is done in the act that keeps it, with what was packed: what it writes stands if and
    only if there is a result, and what it raises leaves none. One part is in memory at a time,
    twice. Raises `PartGone`.
    """
    found = await kept(task)
    if set(found) != set(range(count)):
        raise PartGone(f"{len(found)} of {count} parts")

    async def still(act: Act) -> None:
        if await store.parts.of_job(act.session, act.tenant_id, task.job.id) != [*found.values()]:
            raise PartGone("one of those that were packed")
        if closing is not None:
            await closing(act, found)

    archive = _together(task, found)
    await results.give_stream(task, archive, name, LARGEST, made=ZIP, closing=still)


async def _together(task: Task, found: Mapping[int, Part]) -> AsyncIterator[bytes]:
    archive = Archive(_asked(task))
    for part in found.values():
        yield await asyncio.to_thread(_copied, task, part, archive)
    yield archive.end()


def _copied(task: Task, part: Part, archive: Archive) -> bytes:
    try:
        with task.platform.attachments.open(task.tenant.id, part.sha256) as opened:
            archive.copy(opened)
    except AttachmentMissing as error:
        raise PartGone(f"part {part.number}") from error
    return archive.take()


def _asked(task: Task) -> datetime:
    return task.job.created_at.astimezone(task.tenant.zone)
