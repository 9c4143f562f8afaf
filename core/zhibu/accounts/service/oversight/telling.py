"""Telling the other side what this one says of its doors."""

from dataclasses import replace
from datetime import datetime

from zhibu.accounts import store
from zhibu.accounts.edge import Edge
from zhibu.accounts.principals import system_caller
from zhibu.accounts.public import (
    OVERSIGHT_RECEIVED,
    OVERSIGHT_REVOKED,
)
from zhibu.accounts.rules.oversight import (
    RECEIVED,
    Door,
)
from zhibu.accounts.service.oversight.events import event_of
from zhibu.act import TenantFacts
from zhibu.errors import Unavailable
from zhibu.logs import logger
from zhibu.tenants.directory import facts_of
from zhibu.tenants.errors import TenantUnknown

log = logger("zhibu.oversight")


async def deliver(edge: Edge, tenant: TenantFacts, *, now: datetime, request: str) -> int:
    """Tell the other sides what this one says of its doors; how many were told.

    One that is suspended or away is told the next time, and keeps no other waiting.
    """
    told = 0
    async with edge.homes.home(tenant.id).view(tenant.id) as session:
        waiting = await store.oversight.undelivered(session, tenant.id)
    for door in waiting:
        try:
            await _tell(edge, tenant, door, now=now, request=request)
        except (TenantUnknown, Unavailable) as error:
            log.warning("a door is told of later", tenant=tenant.code, door=door.id, error=error)
            continue
        caller = system_caller(now.astimezone(tenant.zone).date())
        async with edge.act(tenant, caller, now=now, request_id=request) as act:
            await store.oversight.delivered(act.session, tenant.id, door.id, door, now)
        told += 1
    return told


async def _tell(
    edge: Edge, tenant: TenantFacts, door: Door, *, now: datetime, request: str
) -> None:
    """Make the overseer's side say what the given side says; doing it twice says it once."""
    theirs = await facts_of(edge.homes, await edge.directory.by_id(door.counterpart_id))
    caller = system_caller(now.astimezone(theirs.zone).date(), tenant.name)
    async with edge.act(theirs, caller, now=now, request_id=request) as act:
        received = await store.oversight.find(act.session, theirs.id, door.id, hold=True)
        words = f"{theirs.name} / {door.overseer_name}"
        if received is None:
            received = replace(
                door,
                side=RECEIVED,
                counterpart_id=tenant.id,
                counterpart_name=tenant.name,
                organization_id=None,
                revoked_at=None,
                delivered_at=now,
            )
            await store.oversight.add(act.session, theirs.id, received)
            act.record(event_of(OVERSIGHT_RECEIVED, received, words))
        if door.revoked_at is not None and received.revoked_at is None:
            await store.oversight.revoke(act.session, theirs.id, door.id, door.revoked_at)
            act.record(event_of(OVERSIGHT_REVOKED, received, words))
