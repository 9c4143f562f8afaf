"""Bringing messages to the other institution: its home decides, then the own one notes it.

Interrupted anywhere it is simply done again: what was decided over there is answered again.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from zhibu.accounts.principals import system_caller
from zhibu.act import Act, TenantFacts
from zhibu.errors import Refused, Unavailable, ZhibuError
from zhibu.exchange import sealing, store
from zhibu.exchange.errors import CounterpartAway, MessagesLost, MessageTooEarly
from zhibu.exchange.rules import State, Told
from zhibu.exchange.service.taking import take, turn_away
from zhibu.exchange.words import DELIVERED, UNDELIVERABLE, event_of
from zhibu.jobs.rules import Priority
from zhibu.jobs.service import enqueue
from zhibu.jobs.work import Schedule, Task, Work
from zhibu.policy.paths import ROOT
from zhibu.tenants.directory import facts_of
from zhibu.tenants.rules import ACTIVE, FOUNDING, TenantEntry

if TYPE_CHECKING:  # the platform does this work
    from zhibu.platform import Platform

AGAIN = timedelta(hours=1)  # after which one that waits is seen to anew, whatever became of its job


async def deliver_soon(act: Act, message: UUID, path: str) -> None:
    """Have a message delivered once this act is committed; there is one job for each."""
    given, key = {"message": message.hex}, f"exchange:{message.hex}"
    await enqueue(act, DELIVER, given, path, key=key, as_system=True)


async def _deliver(task: Task) -> Mapping[str, Any]:
    """Deliver a message, and before it whatever was said earlier about its matter."""
    async with task.platform.looking(task.tenant, task.caller) as act:
        row = await store.find(act.session, act.tenant_id, UUID(task.arguments["message"]))
        waiting = await store.waiting_before(act.session, act.tenant_id, row) if row else []
        messages = [sealing.told(act, each) for each in waiting]
    for told in messages:
        try:
            decided = await _asked(task, told)
        except MessageTooEarly as early:
            await _remind(task, told, early.facts["last"])
            decided = await _asked(task, told)
        await _settle(task, told, decided)
    return {"messages": len(messages)}


async def _remind(task: Task, told: Told, last: int) -> None:
    """Tell the other institution again what it took and has lost, going on from an older backup.

    What it turned away then it turns away now. Raises `MessagesLost` where it is forgotten here.
    """
    async with task.platform.looking(task.tenant, task.caller) as act:
        rows = await store.ended_between(act.session, act.tenant_id, told, last)
        kept = [(row.state, sealing.told(act, row)) for row in rows if row.body_sealed]
    if len(kept) != told.number - last - 1:
        raise MessagesLost(other=told.counterpart)
    for state, each in kept:
        await _asked(task, each, wanted=state is State.DELIVERED)


async def _asked(task: Task, told: Told, *, wanted: bool = True) -> State:
    """What the other institution's home decides; it takes nothing where nothing is `wanted`.

    Raises `Unavailable` while it cannot be asked.
    """
    platform = task.platform
    entry = await platform.directory.known(told.counterpart)
    if entry is None:
        return State.TURNED_AWAY
    if entry.state == FOUNDING:
        raise CounterpartAway()
    return await _decided(platform, task.tenant, entry, told, task.request_id, wanted=wanted)


async def _decided(
    platform: "Platform",
    tenant: TenantFacts,
    entry: TenantEntry,
    told: Told,
    request: str,
    *,
    wanted: bool,
) -> State:
    """An institution that is suspended takes nothing; that it turned something away is noted."""
    theirs, now = await facts_of(platform.homes, entry), platform.clock()
    caller = system_caller(now.astimezone(theirs.zone).date(), tenant.name)
    exchange = platform.exchanges.get(told.kind) if entry.state == ACTIVE else None
    here = replace(told, counterpart=tenant.code, counterpart_name=tenant.name, path=ROOT)
    try:
        async with platform.act(theirs, caller, now=now, request_id=request) as act:
            return await (take(act, here, exchange) if wanted else turn_away(act, here))
    except Unavailable:
        raise
    except (Refused, ZhibuError):
        async with platform.act(theirs, caller, now=now, request_id=request) as act:
            return await turn_away(act, here)


async def _settle(task: Task, told: Told, decided: State) -> None:
    """Note at home what was decided; what did not arrive goes back to whoever sent it."""
    state = State.DELIVERED if decided is State.RECEIVED else State.UNDELIVERABLE
    async with task.act() as act:
        if not await store.end(act.session, act.tenant_id, told.id, state, act.now):
            return
        exchange = task.platform.exchanges.get(told.kind)
        if state is State.DELIVERED:
            act.record(event_of(DELIVERED, told))
            return
        act.record(event_of(UNDELIVERABLE, told))
        if exchange is not None:
            await exchange.undeliverable(act, told)


async def _left(platform: "Platform", tenant: TenantFacts) -> bool:
    """Whether anything has waited for long."""
    before = platform.clock() - AGAIN
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        return bool(await store.waiting_since(session, tenant.id, before))


async def _resend(task: Task) -> Mapping[str, Any]:
    """Ask again for the delivery of what has waited for long, where nobody is at it."""
    async with task.act() as act:
        waiting = await store.waiting_since(act.session, act.tenant_id, act.now - AGAIN)
        for message in waiting:
            await deliver_soon(act, message, ROOT)
    return {"messages": len(waiting)}


DELIVER = Work(kind="exchange.deliver", run=_deliver, retries=12, priority=Priority.URGENT)
RESEND = Schedule(name="exchange.resend", every=AGAIN, run=_resend, when=_left, retries=3)
