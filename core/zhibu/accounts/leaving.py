"""Whoever is let go at home stays in no other institution: sessions through doors end there too."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from zhibu.accounts import store
from zhibu.accounts.principals import system_caller
from zhibu.accounts.public import OVERSIGHT_LEFT
from zhibu.accounts.rules.oversight import Door
from zhibu.accounts.service.oversight.events import event_of, words_of
from zhibu.act import Act
from zhibu.errors import Unavailable
from zhibu.jobs.rules import Priority
from zhibu.jobs.service import enqueue
from zhibu.jobs.work import Task, Work
from zhibu.policy.paths import ROOT
from zhibu.tenants.directory import facts_of
from zhibu.tenants.errors import TenantUnknown


async def leave(act: Act, account_id: UUID) -> None:
    """End what the account began in other institutions, once this act is committed."""
    if await store.oversight.received_by(act.session, act.tenant_id, account_id):
        given = {"account": str(account_id)}
        await enqueue(act, LEAVING, given, ROOT, as_system=True)


async def _left(task: Task) -> Mapping[str, Any]:
    """One that is away is tried again and keeps no other waiting."""
    async with task.act() as act:
        doors = await store.oversight.received_by(
            act.session, act.tenant_id, UUID(task.arguments["account"])
        )
    ended, away = 0, None
    for door in doors:
        try:
            ended += await _end(task, door)
        except TenantUnknown:
            continue  # it is no more, and nobody is inside
        except Unavailable as error:
            away = error
    if away is not None:
        raise away
    return {"ended": ended}


async def _end(task: Task, door: Door) -> int:
    platform, now = task.platform, task.platform.clock()
    seen = await facts_of(platform.homes, await platform.directory.by_id(door.counterpart_id))
    caller = system_caller(now.astimezone(seen.zone).date(), task.tenant.name)
    async with platform.act(seen, caller, now=now, request_id=task.request_id) as act:
        count = await store.sessions.end_all_through(act.session, seen.id, door.id, now)
        if count:
            given = await store.oversight.find(act.session, seen.id, door.id)
            assert given is not None
            act.record(event_of(OVERSIGHT_LEFT, given, words_of(given, seen), count=count))
    return count


# Tried for longer than such a session lasts.
LEAVING = Work(kind="accounts.leave", run=_left, retries=12, priority=Priority.URGENT)
