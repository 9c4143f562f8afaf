"""Work for tests of whoever does it: it ends well, is refused, breaks, or waits for others."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from zhibu.errors import Conflict, Refused, Unavailable
from zhibu.jobs import service, store
from zhibu.jobs.rules import JobFacts
from zhibu.jobs.work import Task, Work
from zhibu.settings import Settings
from zhibu.testing.house import Institution
from zhibu.testing.processes import Running, start


class Full(Conflict):
    """Nothing more goes in."""

    code = "test.full"


class Away(Unavailable):
    """Something outside does not answer."""

    code = "test.away"


async def _greet(task: Task) -> Mapping[str, Any]:
    async with task.act() as act:
        name = act.caller.name
    await task.progress(1, 2)
    return {"said": f"{task.arguments['greeting']} {name}"}


async def _refuse(task: Task) -> Mapping[str, Any]:
    raise Refused([Full(path=("rows", "3")), Full()])


async def _break(task: Task) -> Mapping[str, Any]:
    raise ZeroDivisionError


async def _stay_away(task: Task) -> Mapping[str, Any]:
    raise Away


async def _never_end(task: Task) -> Mapping[str, Any]:
    async with task.act() as act:
        await service.enqueue(act, GREET, {"greeting": "晚"}, "1.", as_system=True)
        print("begun", flush=True)
        await asyncio.Event().wait()
    raise AssertionError("nobody sets it")


GREET = Work(kind="greet", run=_greet)
REFUSE = Work(kind="refuse", run=_refuse, retries=5)
BREAK = Work(kind="break", run=_break)
AWAY = Work(kind="away", run=_stay_away, retries=2)
ENDLESS = Work(kind="endless", run=_never_end, retries=1)
WORKS = (GREET, REFUSE, BREAK, AWAY, ENDLESS)


@contextmanager
def worker_process(settings: Settings, now: datetime) -> Iterator[Running]:
    """A process that does these works, and says `begun` when it is in the midst of `ENDLESS`."""
    urls = {"database": settings.database, "owner_database": settings.owner_database}
    program = f"""
import asyncio
from datetime import datetime
from pathlib import Path
from zhibu.jobs.running import Runner
from zhibu.platform import Platform
from zhibu.settings import Settings
from zhibu.testing.works import WORKS

async def work():
    platform = await Platform.open(Settings(data=Path({str(settings.data)!r}), **{urls!r}))
    platform.clock = lambda: datetime.fromisoformat({now.isoformat()!r})
    await Runner(platform, WORKS).start()
    await asyncio.Event().wait()

asyncio.run(work())
"""
    with start(program, heard=True) as process:
        yield process


async def ask_for(
    institution: Institution, work: Work = GREET, login: str | None = "officer", **more: Any
) -> UUID:
    """Ask for work as an account, or as the installation itself."""
    path = institution.units["branch"].path
    made = institution.by(login) if login else institution.operator()
    async with made as act:
        arguments = {"greeting": "早"}
        return await service.enqueue(act, work, arguments, path, as_system=login is None, **more)


async def job_of(institution: Institution, id: UUID) -> JobFacts:
    """A job as it stands."""
    tenant_id = institution.tenant.id
    async with institution.house.platform.homes.home(tenant_id).view(tenant_id) as session:
        found = await store.job(session, tenant_id, id)
    assert found is not None
    return found
