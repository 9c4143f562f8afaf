"""Who stands behind a credential: asked of the tenant's home, remembered for a moment."""

import asyncio
from collections import OrderedDict, defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from zhibu.accounts import store
from zhibu.accounts.errors import CredentialEnded
from zhibu.accounts.principals import caller_of
from zhibu.accounts.rules.credentials import (
    SESSION,
    Credential,
    Limits,
    live_session,
    live_token,
    parse,
    session_ends,
)
from zhibu.accounts.store.credentials import Presented
from zhibu.act import Caller, TenantFacts
from zhibu.errors import Unavailable
from zhibu.storage.fixed import Look
from zhibu.storage.homes import Homes
from zhibu.tenants.directory import Directory
from zhibu.tenants.errors import TenantUnknown

_MOST = 20_000


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A credential that counts: who asks, in which tenant, and until when this answer holds."""

    caller: Caller
    tenant: TenantFacts
    expires_at: datetime


@dataclass(frozen=True)
class _Kept:
    signed: Signed
    version: int
    since: datetime
    until: datetime


class Credentials:
    """Checks credentials. One per process, told by `changed` of every commit in a tenant.

    What another process changes shows after `limits.remembered`; what this one does, at once.
    """

    def __init__(self, homes: Homes, directory: Directory, *, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._homes = homes
        self._directory = directory
        self._kept: OrderedDict[bytes, _Kept] = OrderedDict()
        self._versions: defaultdict[UUID, int] = defaultdict(int)
        self._seen: OrderedDict[bytes, datetime] = OrderedDict()
        self._noting: dict[bytes, asyncio.Task[None]] = {}
        self._asking: dict[tuple[bytes, int, bool], asyncio.Task[Signed]] = {}

    async def authenticate(
        self, text: str, now: datetime, address: str | None = None, *, used: bool = True
    ) -> Signed:
        """Who presents this credential. Raises `CredentialEnded`, or `Unavailable`.

        Not `used`, a session does not last longer for it.
        """
        credential = parse(text)
        kept = self._kept.get(credential.digest)
        fresh = kept is not None and kept.version == self._versions[credential.tenant_id]
        # Nor is it from ahead: a clock that is put back must not let it be remembered for longer.
        if kept is not None and fresh and kept.since <= now < kept.until:
            if used:
                self._see(credential, now)
            signed = _at(kept.signed, address)
            if signed is not kept.signed:  # most likely the next request comes from there too
                self._kept[credential.digest] = replace(kept, signed=signed)
            return signed
        self._kept.pop(credential.digest, None)
        version = self._versions[credential.tenant_id]
        signed = await self._asked_once(credential, version, now, used=used)
        if kept is not None and kept.signed.caller.principal == signed.caller.principal:
            # Whoever holds what he held keeps what was worked out about it.
            same = replace(signed.caller, principal=kept.signed.caller.principal)
            signed = replace(signed, caller=same)
        until = min(now + self.limits.remembered, signed.expires_at)
        self._kept[credential.digest] = _Kept(signed, version, now, until)
        if used:
            self._see(credential, now)
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)
        return _at(signed, address)

    def version_of(self, tenant_id: UUID) -> int:
        """Another number once something was committed in this tenant that rights depend on."""
        return self._versions[tenant_id]

    def changed(self, tenant_id: UUID) -> None:
        """Something was committed in this tenant: what is remembered of it counts no more."""
        self._versions[tenant_id] += 1

    def forget(self, text: str) -> None:
        digest = parse(text).digest
        self._kept.pop(digest, None)
        self._seen.pop(digest, None)

    async def settle(self) -> None:
        """Wait for the notes of use that are being written."""
        while self._noting or self._asking:
            await asyncio.gather(*self._noting.values())
            await asyncio.gather(*self._asking.values(), return_exceptions=True)

    async def _asked_once(
        self, credential: Credential, version: int, now: datetime, *, used: bool
    ) -> Signed:
        """Ask, or share the answer of who is asking: a busy session must not ask tenfold.

        Only since the same commit: what was asked before one says nothing of what holds after it.
        """
        key = (credential.digest, version, used)
        asking = self._asking.get(key)
        if asking is None:
            asking = self._asking[key] = asyncio.create_task(self._ask(credential, now, used=used))
            asking.add_done_callback(lambda done: self._answered(key, done))
        return await asyncio.shield(asking)

    def _answered(self, key: tuple[bytes, int, bool], done: "asyncio.Task[Signed]") -> None:
        self._asking.pop(key, None)
        if not done.cancelled():
            done.exception()  # seen, even if everybody who waited has gone

    async def _ask(self, credential: Credential, now: datetime, *, used: bool) -> Signed:
        try:
            entry = await self._directory.by_id(credential.tenant_id)
        except TenantUnknown as error:
            raise CredentialEnded() from error
        find = store.credentials.session_by_digest
        if credential.kind != SESSION:
            find = store.credentials.token_by_digest
        look = Look(self._homes.home(entry.id), entry.id)
        presented = await find(look, entry.id, credential.digest)
        if presented is None:
            raise CredentialEnded()
        zone = ZoneInfo(presented.profile.zone)
        today = now.astimezone(zone).date()
        ends = self._checked(presented, credential, now, today, used=used)
        caller = await caller_of(look, entry.id, presented, today)
        profile = presented.profile
        tenant = TenantFacts(
            id=entry.id,
            code=profile.code,
            name=profile.name,
            locale=profile.locale,
            zone=zone,
        )
        if used:
            self._note(credential, presented, now)
        return Signed(
            caller=caller, tenant=tenant, expires_at=min(ends, _midnight_after(today, zone))
        )

    def _checked(
        self,
        presented: Presented,
        credential: Credential,
        now: datetime,
        today: date,
        *,
        used: bool,
    ) -> datetime:
        """When the credential ends. Raises `CredentialEnded` when it has."""
        if presented.account is not None and presented.account.disabled_at is not None:
            raise CredentialEnded()
        if presented.token is not None:
            live_token(presented.token, now)
            return presented.token.expires_at
        assert presented.session is not None
        assert not presented.session.pending
        if presented.door is not None:
            if not presented.door.open(today):
                raise CredentialEnded()
        elif presented.account is None:
            raise CredentialEnded()
        last_seen = self._seen.get(credential.digest, presented.session.seen_at)
        live_session(presented.session, self.limits, now, last_seen=last_seen)
        return session_ends(presented.session, self.limits, last_seen=now if used else last_seen)

    def _see(self, credential: Credential, now: datetime) -> None:
        if credential.kind == SESSION:
            self._seen[credential.digest] = max(now, self._seen.get(credential.digest, now))
            self._seen.move_to_end(credential.digest)
            while len(self._seen) > _MOST:
                self._seen.popitem(last=False)

    def _note(self, credential: Credential, presented: Presented, now: datetime) -> None:
        """Write that the session was used, beside the request: a long import must not hold it."""
        found = presented.session
        due = found is not None and now - found.seen_at >= self.limits.seen_every
        if found is None or not due or credential.digest in self._noting:
            return
        task = asyncio.create_task(self._write_seen(credential.tenant_id, found.id, now))
        self._noting[credential.digest] = task
        task.add_done_callback(lambda _: self._noting.pop(credential.digest, None))

    async def _write_seen(self, tenant_id: UUID, session_id: UUID, now: datetime) -> None:
        try:
            async with self._homes.home(tenant_id).act(tenant_id) as session:
                await store.sessions.saw(session, tenant_id, session_id, now)
        except Unavailable:
            return  # noted again within a minute; this process remembers the use meanwhile


def _at(signed: Signed, address: str | None) -> Signed:
    if signed.caller.address == address:
        return signed
    return replace(signed, caller=replace(signed.caller, address=address))


def _midnight_after(today: date, zone: ZoneInfo) -> datetime:
    """Roles begin and end with the day, so no answer outlives it."""
    return datetime.combine(today + timedelta(days=1), time(), zone)
