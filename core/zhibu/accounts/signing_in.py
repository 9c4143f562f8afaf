"""Signing in: institution, login and password against a session, one answer for every failure."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic

from zhibu.accounts import store
from zhibu.accounts.attempts import Attempts
from zhibu.accounts.credentials import Signed
from zhibu.accounts.edge import Edge
from zhibu.accounts.errors import SignInRefused
from zhibu.accounts.principals import system_caller
from zhibu.accounts.public import SIGN_IN_FAILED
from zhibu.accounts.rules.accounts import Secret
from zhibu.accounts.rules.logins import MAXIMUM, folded, shown
from zhibu.accounts.service.accounts import event_of
from zhibu.accounts.service.sessions import open_for
from zhibu.act import Caller, TenantFacts
from zhibu.tenants.directory import facts_of
from zhibu.tenants.errors import TenantUnknown

__all__ = ["Attempts", "SignedIn", "sign_in"]


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A new session; `text` is shown once. With a one-time password it may only choose another."""

    text: str
    expires_at: datetime
    signed: Signed
    password_change_due: bool


async def sign_in(
    edge: Edge,
    *,
    tenant: str,
    login: str,
    password: str,
    now: datetime,
    request_id: str,
    address: str | None = None,
) -> SignedIn:
    """Open a session. Raises `SignInRefused`, `SignInLocked`, or `Unavailable`.

    Refusals take `attempts.answer_after` seconds whatever was wrong.
    """
    began = monotonic()
    code, name = folded(tenant), folded(login)
    edge.attempts.begin(code, name, address, now)
    facts, secret = await _looked_up(edge, code, name)
    usable = secret is not None and secret.usable(now)
    known = secret.password_hash if secret is not None and usable else None
    right = await edge.passwords.verify(known, password[: MAXIMUM + 1])
    if facts is None or secret is None or not right:
        if facts is not None and secret is not None:
            await _note_failure(edge, facts, secret, now, request_id, address)
        await asyncio.sleep(max(0.0, began + edge.attempts.answer_after - monotonic()))
        raise SignInRefused()
    edge.attempts.succeed(code, name, address)
    assert known is not None
    account = secret.account
    caller = Caller(
        principal=system_caller(now.astimezone(facts.zone).date()).principal,
        account_id=account.id,
        member_id=account.member_id,
        name=shown(account.name),
        via="session",
        locale=account.locale,
        address=address,
    )
    renewed = await edge.passwords.hash(password) if edge.passwords.outdated(known) else None
    async with edge.act(facts, caller, now=now, request_id=request_id) as act:
        issued, ends = await open_for(act, account, edge.credentials.limits)
        if renewed is not None:
            await store.accounts.set_password(
                act.session, facts.id, account.id, renewed, account.one_time_until
            )
    return SignedIn(
        text=issued.text,
        expires_at=ends,
        signed=await edge.credentials.authenticate(issued.text, now, address),
        password_change_due=account.one_time,
    )


async def _looked_up(edge: Edge, code: str, login: str) -> tuple[TenantFacts | None, Secret | None]:
    try:
        entry = await edge.directory.by_code(code)
    except TenantUnknown:
        return None, None
    facts = await facts_of(edge.homes, entry)
    async with edge.homes.home(entry.id).view(entry.id) as session:
        return facts, await store.accounts.secret_by_login(session, entry.id, login)


async def _note_failure(
    edge: Edge,
    tenant: TenantFacts,
    secret: Secret,
    now: datetime,
    request_id: str,
    address: str | None,
) -> None:
    caller = replace(system_caller(now.astimezone(tenant.zone).date()), address=address)
    async with edge.act(tenant, caller, now=now, request_id=request_id) as act:
        act.record(event_of(SIGN_IN_FAILED, secret.account, address=address))
