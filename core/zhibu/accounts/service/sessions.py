"""Opening and ending sessions."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts import store
from zhibu.accounts.errors import CredentialEnded, ShownTooLongAgo
from zhibu.accounts.leaving import leave
from zhibu.accounts.public import (
    FACTOR_AWAITED,
    SESSION_ENDED,
    SESSIONS_ENDED,
    SIGNED_IN,
    SIGNED_OUT,
)
from zhibu.accounts.rules.accounts import AccountFacts
from zhibu.accounts.rules.credentials import (
    FRESH,
    PENDING,
    SESSION,
    Issued,
    Limits,
    SessionFacts,
    issue,
    shown_lately,
)
from zhibu.accounts.rules.identities import Through
from zhibu.accounts.service.accounts import event_of
from zhibu.accounts.service.loading import account_for, account_of_caller, require_person
from zhibu.act import Act, Caller, Event
from zhibu.core_actions import OVERSIGHT_GRANT, SESSION_END
from zhibu.errors import NotFound
from zhibu.identifiers import new_id
from zhibu.policy.paths import ROOT

AGENT = 200  # characters that are kept of what a program says it is


async def open_for(
    act: Act,
    account: AccountFacts,
    limits: Limits,
    *,
    agent: str | None = None,
    password_due: bool = False,
    proven_at: datetime | None = None,
    through: Through | None = None,
) -> tuple[Issued, datetime]:
    """A session of somebody who has shown who he is, and when it ends at the latest."""
    facts = replace(
        _begun(act, account, limits.absolute, agent, through),
        idle=limits.idle,
        password_due=password_due,
        proven_at=proven_at,
    )
    issued = await _add(act, SESSION, facts)
    by = {"provider": through.provider} if through else {}
    act.record(event_of(SIGNED_IN, account, address=act.caller.address, **by))
    return issued, facts.expires_at


async def await_factor(
    act: Act, account: AccountFacts, limits: Limits, agent: str | None, through: Through | None
) -> tuple[Issued, datetime]:
    """What a right password comes to while the second factor is awaited."""
    facts = replace(_begun(act, account, limits.pending, agent, through), pending=True)
    issued = await _add(act, PENDING, facts)
    act.record(event_of(FACTOR_AWAITED, account, address=act.caller.address))
    return issued, facts.expires_at


async def renew(act: Act, *, proven_at: datetime) -> tuple[Issued, datetime]:
    """Let the session that asks go on under another credential, no longer than it would have."""
    assert act.caller.credential_id is not None
    session, tenant_id = act.session, act.tenant_id
    found = await store.sessions.find(session, tenant_id, act.caller.credential_id)
    if found is None or not await store.sessions.end(session, tenant_id, found.id, act.now):
        raise CredentialEnded()  # it was ended, or renewed, at the same moment
    facts = replace(found, id=new_id(), seen_at=act.now, proven_at=proven_at)
    return await _add(act, SESSION, facts), facts.expires_at


def _begun(
    act: Act,
    account: AccountFacts,
    lasting: timedelta,
    agent: str | None,
    through: Through | None,
) -> SessionFacts:
    return SessionFacts(
        id=new_id(),
        account_id=account.id,
        oversight_id=None,
        overseer=None,
        address=act.caller.address,
        created_at=act.now,
        seen_at=act.now,
        expires_at=act.now + lasting,
        ended_at=None,
        agent=agent[:AGENT] if agent else None,
        through=through,
    )


async def _add(act: Act, kind: str, facts: SessionFacts) -> Issued:
    issued = issue(kind, act.tenant_id)
    await store.sessions.add(act.session, act.tenant_id, facts, issued.digest)
    return issued


async def end_sessions_of(act: Act, account: AccountFacts, *, but: UUID | None = None) -> int:
    """End every session of an account, perhaps but the one that asks; how many were ended.

    What it began in other institutions ends there at once, by a job, and is not counted.
    """
    await leave(act, account.id)
    return await store.sessions.end_all_of(act.session, act.tenant_id, account.id, act.now, but=but)


async def own(
    session: AsyncSession, tenant_id: UUID, caller: Caller, now: datetime
) -> list[SessionFacts]:
    """The open sessions of a person who is signed in, the newest first."""
    if caller.account_id is None or caller.via != "session":
        return []
    return await store.sessions.open_of(session, tenant_id, caller.account_id, now)


async def end_all(act: Act, account_id: UUID | None) -> int:
    """End every session of an account but the one that asks; how many were ended."""
    if account_id is None or account_id == act.caller.account_id:
        account = await account_of_caller(act)
        await _require_shown(act)
    else:
        account = await account_for(act, account_id, SESSION_END)
    count = await end_sessions_of(act, account, but=act.caller.credential_id)
    if count:
        act.record(event_of(SESSIONS_ENDED, account, count=count))
    return count


async def came_through(act: Act) -> str | None:
    """The sign-in service that the session that asks came through, if it did."""
    if act.caller.via != "session" or act.caller.credential_id is None:
        return None
    found = await store.sessions.find(act.session, act.tenant_id, act.caller.credential_id)
    return found.through.provider if found is not None and found.through is not None else None


async def sign_out(act: Act) -> UUID | None:
    """End the session that asks; a token ends by being revoked."""
    found = None
    if act.caller.credential_id is not None:
        found = await store.sessions.find(act.session, act.tenant_id, act.caller.credential_id)
    if found is None:
        return None
    await store.sessions.end(act.session, act.tenant_id, found.id, act.now)
    act.record(
        Event(
            name=SIGNED_OUT,
            subject=("session", found.id),
            member_id=act.caller.member_id,
            facts={"overseer": found.overseer} if found.overseer else {},
        )
    )
    return found.id


async def end(act: Act, session_id: UUID) -> UUID:
    """End somebody's session; one's own, soon after signing in. Again changes nothing."""
    found = await store.sessions.find(act.session, act.tenant_id, session_id)
    if found is None:
        raise NotFound()
    member_id, path = None, ROOT
    if found.account_id is None:
        act.require(OVERSIGHT_GRANT, ROOT, seen_by=OVERSIGHT_GRANT)
    elif found.account_id != act.caller.account_id:
        account = await account_for(act, found.account_id, SESSION_END)
        member_id, path = account.member_id, account.path or ROOT
    elif found.id != act.caller.credential_id:
        require_person(act)
        await _require_shown(act)
    if found.ended_at is None:
        await store.sessions.end(act.session, act.tenant_id, found.id, act.now)
        act.record(
            Event(name=SESSION_ENDED, subject=("session", found.id), path=path, member_id=member_id)
        )
    return found.id


async def _require_shown(act: Act) -> None:
    """Raise `ShownTooLongAgo` where all that is certain is that somebody has this session."""
    if act.caller.credential_id is None:  # the operator, or the platform itself
        return
    found = await store.sessions.find(act.session, act.tenant_id, act.caller.credential_id)
    if found is None or not shown_lately(found, act.now):
        raise ShownTooLongAgo(minutes=FRESH // timedelta(minutes=1))
