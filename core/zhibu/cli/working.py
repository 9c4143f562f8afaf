"""A worker: a process that does what waits, without serving anybody."""

import asyncio
import signal

import typer

from zhibu.cli.errors import NotInitialized
from zhibu.cli.serving import require_free, require_migrated
from zhibu.cli.terminal import terminal_of
from zhibu.metrics import Page
from zhibu.platform import Platform
from zhibu.rounds import anchor

GRACE = 30  # seconds that work may take to end; the rest is given back


def worker(context: typer.Context) -> None:
    terminal = terminal_of(context)
    settings = terminal.settings
    if not settings.keys.exists():
        raise NotInitialized(data=str(settings.data))
    asyncio.run(require_migrated(settings))
    require_free(settings.metrics_port)

    async def work(platform: Platform) -> None:
        """Until SIGINT or SIGTERM."""
        stop = asyncio.Event()
        for each in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(each, stop.set)
        await platform.jobs.start()
        terminal.say("working")
        async with Page.of(platform).served(settings.metrics_port):
            await stop.wait()
        await platform.jobs.stop(GRACE)
        await anchor(platform)

    terminal.run(work)
    terminal.say("stopped")
