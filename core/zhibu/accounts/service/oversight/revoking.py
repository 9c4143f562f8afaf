"""Closing a door, from either side."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from zhibu.accounts import store
from zhibu.accounts.edge import Edge
from zhibu.accounts.errors import ReasonMissing
from zhibu.accounts.principals import system_caller
from zhibu.accounts.public import (
    OVERSIGHT_REVOKED,
)
from zhibu.accounts.rules.oversight import (
    GIVEN,
    Door,
)
from zhibu.accounts.service.oversight.events import event_of, words_of
from zhibu.accounts.service.oversight.telling import deliver
from zhibu.act import Act, Caller, TenantFacts
from zhibu.core_actions import OVERSIGHT_GRANT
from zhibu.errors import NotFound
from zhibu.policy.paths import ROOT
from zhibu.tenants.directory import facts_of


async def revoke(
    edge: Edge,
    tenant: TenantFacts,
    caller: Caller,
    oversight_id: UUID,
    *,
    reason: str,
    now: datetime,
    request: str,
) -> Door:
    """Close a door at once, from either side: sessions through it end with it."""
    async with edge.homes.home(tenant.id).view(tenant.id) as session:
        door = await store.oversight.find(session, tenant.id, oversight_id)
    if door is None:
        raise NotFound()
    if not reason.strip():
        raise ReasonMissing(path=("reason",))
    if door.side == GIVEN:
        async with edge.act(tenant, caller, now=now, request_id=request) as act:
            act.require(OVERSIGHT_GRANT, door.path or ROOT, seen_by=OVERSIGHT_GRANT)
            door = await _close(act, oversight_id, words_of(door, tenant), reason)
        await deliver(edge, tenant, now=now, request=request)
        return door
    async with edge.act(tenant, caller, now=now, request_id=request) as act:
        if caller.account_id != door.overseer_account_id:
            act.require(OVERSIGHT_GRANT, ROOT, seen_by=OVERSIGHT_GRANT)
        # Ours is written down first and undone if theirs cannot be: a door is never half closed
        # in a way that lets anybody through.
        words = words_of(door, tenant)
        closed = await _close(act, oversight_id, words, reason)
        seen = await facts_of(edge.homes, await edge.directory.by_id(door.counterpart_id))
        outsider = replace(
            system_caller(now.astimezone(seen.zone).date(), caller.name), overseer=words
        )
        async with edge.act(seen, outsider, now=now, request_id=request) as theirs:
            await _close(theirs, oversight_id, words, reason)
    await deliver(edge, seen, now=now, request=request)
    return closed


async def _close(act: Act, oversight_id: UUID, words: str, reason: str) -> Door:
    """Revoke one side; again changes nothing."""
    door = await store.oversight.find(act.session, act.tenant_id, oversight_id, hold=True)
    if door is None:
        raise NotFound()
    if door.revoked_at is not None:
        return door
    await store.oversight.revoke(act.session, act.tenant_id, door.id, act.now)
    await store.sessions.end_all_through(act.session, act.tenant_id, door.id, act.now)
    act.record(event_of(OVERSIGHT_REVOKED, door, words, reason=reason.strip()))
    return replace(door, revoked_at=act.now)
