"""Doors between two institutions: two local transactions each, and either may be run again.

The side that is seen decides; its transaction comes first. What the other side has not been told
yet is told by `deliver`, which runs after every change and at start-up.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from zhibu.accounts import store
from zhibu.accounts.edge import Edge
from zhibu.accounts.errors import OverseerUnknown, OversightEnded, ReasonMissing
from zhibu.accounts.principals import overseer_principal, system_caller
from zhibu.accounts.public import (
    OVERSIGHT_ENTERED,
    OVERSIGHT_GRANTED,
    OVERSIGHT_RECEIVED,
    OVERSIGHT_REVOKED,
)
from zhibu.accounts.rules.credentials import SESSION, SessionFacts, issue
from zhibu.accounts.rules.logins import folded, shown
from zhibu.accounts.rules.oversight import (
    GIVEN,
    RECEIVED,
    Door,
    Overseer,
    faults_of,
    require_open,
    the_same,
)
from zhibu.accounts.service.loading import place_for, require_person
from zhibu.act import Act, Caller, Event, TenantFacts
from zhibu.core_actions import OVERSIGHT_GRANT
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.policy.paths import ROOT
from zhibu.tenants.directory import facts_of
from zhibu.tenants.errors import TenantUnknown


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the institution that is seen grants, and to whom."""

    tenant_code: str
    login: str
    role: str
    organization_id: UUID
    since: date
    until: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class Entered:
    """An overseer's session in the tenant that is seen; `text` is shown once."""

    text: str
    expires_at: datetime
    tenant: TenantFacts


async def grant(
    edge: Edge, tenant: TenantFacts, caller: Caller, wanted: Wanted, *, now: datetime, request: str
) -> Door:
    """Open a door into this institution. The same grant again is the same door, completed."""
    async with edge.act(tenant, caller, now=now, request_id=request) as act:
        place = await place_for(act, wanted.organization_id, OVERSIGHT_GRANT)
        overseer = await _overseer(edge, wanted)
        known = await store.oversight.given_to(
            act.session, tenant.id, overseer.tenant_id, overseer.account_id
        )
        door = the_same(
            known, role=wanted.role, place=place, since=wanted.since, until=wanted.until
        )
        if door is None:
            refuse(
                faults_of(
                    seen_tenant=tenant.id,
                    overseer=overseer,
                    role=wanted.role,
                    place=place,
                    since=wanted.since,
                    until=wanted.until,
                    reason=wanted.reason,
                    today=act.today,
                    known=known,
                )
            )
            door = Door(
                id=new_id(),
                side=GIVEN,
                counterpart_id=overseer.tenant_id,
                counterpart_name=overseer.tenant_name,
                organization_id=place.id,
                organization_name=place.name,
                path=place.path,
                overseer_account_id=overseer.account_id,
                overseer_name=overseer.account_name,
                role=wanted.role,
                since=wanted.since,
                until=wanted.until,
                reason=wanted.reason.strip(),
                revoked_at=None,
                delivered_at=None,
            )
            await store.oversight.add(act.session, tenant.id, door)
            act.record(_event(OVERSIGHT_GRANTED, door, _words(door, tenant)))
    await deliver(edge, tenant, now=now, request=request)
    return door


async def deliver(edge: Edge, tenant: TenantFacts, *, now: datetime, request: str) -> int:
    """Tell the other sides what this one says of its doors; how many were told."""
    async with edge.homes.home(tenant.id).view(tenant.id) as session:
        waiting = await store.oversight.undelivered(session, tenant.id)
    for door in waiting:
        await _tell(edge, tenant, door, now=now, request=request)
        caller = system_caller(now.astimezone(tenant.zone).date())
        async with edge.act(tenant, caller, now=now, request_id=request) as act:
            await store.oversight.delivered(act.session, tenant.id, door.id, door, now)
    return len(waiting)


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
            door = await _close(act, oversight_id, _words(door, tenant), reason)
        await deliver(edge, tenant, now=now, request=request)
        return door
    async with edge.act(tenant, caller, now=now, request_id=request) as act:
        if caller.account_id != door.overseer_account_id:
            act.require(OVERSIGHT_GRANT, ROOT, seen_by=OVERSIGHT_GRANT)
        # Ours is written down first and undone if theirs cannot be: a door is never half closed
        # in a way that lets anybody through.
        words = _words(door, tenant)
        closed = await _close(act, oversight_id, words, reason)
        seen = await facts_of(edge.homes, await edge.directory.by_id(door.counterpart_id))
        outsider = replace(
            system_caller(now.astimezone(seen.zone).date(), caller.name), overseer=words
        )
        async with edge.act(seen, outsider, now=now, request_id=request) as theirs:
            await _close(theirs, oversight_id, words, reason)
    await deliver(edge, seen, now=now, request=request)
    return closed


async def enter(
    edge: Edge,
    tenant: TenantFacts,
    caller: Caller,
    oversight_id: UUID,
    *,
    now: datetime,
    request: str,
) -> Entered:
    """Go through a door: said in the own ledger first, then in that of the tenant that is seen."""
    async with edge.act(tenant, caller, now=now, request_id=request) as act:
        account_id = require_person(act)
        door = await store.oversight.find(act.session, tenant.id, oversight_id)
        if door is None or door.side != RECEIVED or door.overseer_account_id != account_id:
            raise NotFound()
        require_open(door, act.today)
        words = _words(door, tenant)
        act.record(_event(OVERSIGHT_ENTERED, door, words))
    seen = await facts_of(edge.homes, await edge.directory.by_id(door.counterpart_id))
    today = now.astimezone(seen.zone).date()
    visitor = Caller(
        principal=overseer_principal(door, today),
        account_id=None,
        member_id=None,
        name=caller.name,
        via="oversight",
        overseer=words,
        address=caller.address,
    )
    async with edge.act(seen, visitor, now=now, request_id=request) as act:
        given = await store.oversight.find(act.session, seen.id, oversight_id, hold=True)
        if given is None or given.side != GIVEN:
            raise OversightEnded(path=("oversight",), since=door.since, until=door.until)
        require_open(given, today)
        issued = issue(SESSION, seen.id)
        last = datetime.combine(given.until, time(), seen.zone)
        session = SessionFacts(
            id=new_id(),
            account_id=None,
            oversight_id=given.id,
            overseer=words,
            address=caller.address,
            created_at=now,
            seen_at=now,
            expires_at=min(now + edge.credentials.limits.oversight, last),
            ended_at=None,
        )
        await store.credentials.add_session(act.session, seen.id, session, issued.digest)
        act.record(_event(OVERSIGHT_ENTERED, given, words))
    return Entered(text=issued.text, expires_at=session.expires_at, tenant=seen)


async def _overseer(edge: Edge, wanted: Wanted) -> Overseer:
    unknown = OverseerUnknown(path=("login",), tenant=wanted.tenant_code, login=wanted.login)
    try:
        entry = await edge.directory.by_code(wanted.tenant_code)
    except TenantUnknown as error:
        raise unknown from error
    async with edge.homes.home(entry.id).view(entry.id) as session:
        account = await store.accounts.by_login(session, entry.id, folded(wanted.login))
    if account is None or account.disabled_at is not None:
        raise unknown
    return Overseer(
        tenant_id=entry.id,
        tenant_name=entry.name,
        account_id=account.id,
        account_name=shown(account.name),
    )


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
            act.record(_event(OVERSIGHT_RECEIVED, received, words))
        if door.revoked_at is not None and received.revoked_at is None:
            await store.oversight.revoke(act.session, theirs.id, door.id, door.revoked_at)
            act.record(_event(OVERSIGHT_REVOKED, received, words))


async def _close(act: Act, oversight_id: UUID, words: str, reason: str) -> Door:
    """Revoke one side; again changes nothing."""
    door = await store.oversight.find(act.session, act.tenant_id, oversight_id, hold=True)
    if door is None:
        raise NotFound()
    if door.revoked_at is not None:
        return door
    await store.oversight.revoke(act.session, act.tenant_id, door.id, act.now)
    await store.credentials.end_sessions_through(act.session, act.tenant_id, door.id, act.now)
    act.record(_event(OVERSIGHT_REVOKED, door, words, reason=reason.strip()))
    return replace(door, revoked_at=act.now)


def _words(door: Door, tenant: TenantFacts) -> str:
    """Who looks, in words: institution and name, the same in both ledgers."""
    institution = door.counterpart_name if door.side == GIVEN else tenant.name
    return f"{institution} / {door.overseer_name}"


def _event(name: str, door: Door, words: str, **more: object) -> Event:
    return Event(
        name=name,
        subject=("oversight", door.id),
        path=door.path if door.side == GIVEN else None,
        facts={
            "overseer": words,
            "role": door.role,
            "organization": door.organization_name,
            "institution": door.counterpart_name,
            "since": door.since.isoformat(),
            "until": door.until.isoformat(),
            "reason": door.reason,
            **more,
        },
    )
