"""Opening and ending sessions."""

from datetime import datetime
from uuid import UUID

from zhibu.accounts import store
from zhibu.accounts.public import SESSION_ENDED, SIGNED_IN, SIGNED_OUT
from zhibu.accounts.rules.accounts import AccountFacts
from zhibu.accounts.rules.credentials import SESSION, Issued, Limits, SessionFacts, issue
from zhibu.accounts.service.accounts import event_of
from zhibu.accounts.service.loading import account_for
from zhibu.act import Act, Event
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
) -> tuple[Issued, datetime]:
    """A session of an account whose password was right, and when it ends at the latest."""
    issued = issue(SESSION, act.tenant_id)
    ends = act.now + limits.absolute
    facts = SessionFacts(
        id=new_id(),
        account_id=account.id,
        oversight_id=None,
        overseer=None,
        address=act.caller.address,
        created_at=act.now,
        seen_at=act.now,
        expires_at=ends,
        ended_at=None,
        agent=agent[:AGENT] if agent else None,
        idle=limits.idle,
        password_due=password_due,
    )
    await store.credentials.add_session(act.session, act.tenant_id, facts, issued.digest)
    act.record(event_of(SIGNED_IN, account, address=act.caller.address))
    return issued, ends


async def end_sessions_of(act: Act, account: AccountFacts, *, but: UUID | None = None) -> None:
    """End every session of an account, perhaps but the one that asks."""
    await store.credentials.end_sessions_of(
        act.session, act.tenant_id, account.id, act.now, but=but
    )


async def sign_out(act: Act) -> UUID | None:
    """End the session that asks; a token ends by being revoked."""
    found = None
    if act.caller.credential_id is not None:
        found = await store.credentials.session_facts(
            act.session, act.tenant_id, act.caller.credential_id
        )
    if found is None:
        return None
    await store.credentials.end_session(act.session, act.tenant_id, found.id, act.now)
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
    """End somebody's session; one's own, always. Again changes nothing."""
    found = await store.credentials.session_facts(act.session, act.tenant_id, session_id)
    if found is None:
        raise NotFound()
    member_id, path = None, ROOT
    if found.account_id is None:
        act.require(OVERSIGHT_GRANT, ROOT, seen_by=OVERSIGHT_GRANT)
    elif found.account_id != act.caller.account_id:
        account = await account_for(act, found.account_id, SESSION_END)
        member_id, path = account.member_id, account.path or ROOT
    if found.ended_at is None:
        await store.credentials.end_session(act.session, act.tenant_id, found.id, act.now)
        act.record(
            Event(name=SESSION_ENDED, subject=("session", found.id), path=path, member_id=member_id)
        )
    return found.id
