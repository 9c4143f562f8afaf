"""What long work made, kept for whoever asked for it."""

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable

from zhibu.act import Act
from zhibu.attachments import service as files
from zhibu.attachments.rules import LONGEST_NAME
from zhibu.jobs.work import Task

MOST = 200_000_000  # bytes


async def give(task: Task, content: bytes, name: str) -> None:
    """Keep a file as the job's result, for the account that asked and for a while."""

    async def whole() -> AsyncIterator[bytes]:
        yield content

    await give_stream(task, whole(), name, MOST)


async def give_stream(
    task: Task,
    content: AsyncIterable[bytes],
    name: str,
    most: int,
    *,
    made: str | None = None,
    closing: Callable[[Act], Awaitable[None]] | None = None,
) -> None:
    """Keep what is written little by little as the job's result; `made` is its media type.

    `closing` is done first in the same act.
    """
    stored = await task.platform.attachments.put(task.tenant.id, content, most, made=made)
    async with task.act() as act:
        if closing is not None:
            await closing(act)
        task.result_id = await files.add_private(act, stored, name[-LONGEST_NAME:])
