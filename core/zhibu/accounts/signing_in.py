"""Signing in: institution, login and password against a session, one answer for every failure."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic

from zhibu.accounts import limits, store
from zhibu.accounts.attempts import Attempt
from zhibu.accounts.credentials import Signed
from zhibu.accounts.edge import Edge
from zhibu.accounts.errors import SignInBusy, SignInRefused
from zhibu.accounts.principals import principal_of, system_caller
from zhibu.accounts.public import SIGN_IN_FAILED, SIGN_IN_LOCKED
from zhibu.accounts.rules.accounts import Secret
from zhibu.accounts.rules.logins import MAXIMUM, folded, shown
from zhibu.accounts.rules.patience import FAMILIAR, counts_of
from zhibu.accounts.service.accounts import event_of
from zhibu.accounts.service.sessions import open_for
from zhibu.act import Act, Caller, Event, TenantFacts
from zhibu.policy.paths import ROOT
from zhibu.tenants.directory import facts_of
from zhibu.tenants.errors import TenantUnknown


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """When and from where somebody comes, as the session and the ledger keep it."""

    now: datetime
    request_id: str
    address: str | None = None
    agent: str | None = None


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A new session; `text` is shown once. While a password is due it may only choose one."""

    text: str
    expires_at: datetime
    signed: Signed
    password_change_due: bool


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """Who wants to sign in, as far as there is such an institution and such an account."""

    tenant: TenantFacts | None = None
    secret: Secret | None = None
    familiar: bool = False


async def sign_in(
    edge: Edge, arrival: Arrival, *, tenant: str, login: str, password: str
) -> SignedIn:
    """Open a session. Raises `SignInRefused`, `SignInLocked`, or `Unavailable`.

    Whether the account exists changes neither what is done nor what is answered. Refusals take
    `attempts.answer_after` seconds whatever was wrong.
    """
    began = monotonic()
    code, name = folded(tenant), folded(login)
    asked = await _looked_up(edge, arrival, code, name)
    attempt = await _counted(edge, arrival, asked, code, name)
    secret = asked.secret
    known = None
    if secret is not None and secret.usable(arrival.now):
        known = secret.password_hash
    right = await _verified(edge, attempt, known, password)
    if asked.tenant is None or secret is None or not right:
        if asked.tenant is not None:
            await _note_failure(edge, arrival, asked.tenant, secret, attempt)
        await asyncio.sleep(max(0.0, began + edge.attempts.answer_after - monotonic()))
        raise SignInRefused()
    await edge.attempts.succeed(attempt)
    assert known is not None
    renewed = await edge.passwords.hash(password) if edge.passwords.outdated(known) else None
    return await _opened(edge, arrival, asked.tenant, secret, renewed)


async def _looked_up(edge: Edge, arrival: Arrival, code: str, login: str) -> _Asked:
    try:
        entry = await edge.directory.by_code(code)
    except TenantUnknown:
        return _Asked()
    facts = await facts_of(edge.homes, entry)
    async with edge.homes.home(entry.id).view(entry.id) as session:
        secret = await store.accounts.secret_by_login(session, entry.id, login)
        familiar = arrival.address is not None and await store.credentials.familiar(
            session, entry.id, arrival.address, arrival.now - FAMILIAR
        )
    return _Asked(tenant=facts, secret=secret, familiar=familiar)


async def _counted(edge: Edge, arrival: Arrival, asked: _Asked, code: str, login: str) -> Attempt:
    """Count the attempt. Raises `SignInLocked`."""
    book = await edge.book(asked.tenant.id if asked.tenant else None)
    patience = limits.patience(book, arrival.now.date())
    counts = counts_of(
        patience,
        institution=code,
        login=login,
        address=arrival.address,
        familiar=asked.familiar,
    )
    return await edge.attempts.begin(counts, patience, arrival.now)


async def _verified(edge: Edge, attempt: Attempt, known: str | None, password: str) -> bool:
    try:
        return await edge.passwords.verify(known, password[: MAXIMUM + 1])
    except SignInBusy:
        await edge.attempts.undo(attempt)
        raise


async def _opened(
    edge: Edge, arrival: Arrival, tenant: TenantFacts, secret: Secret, renewed: str | None
) -> SignedIn:
    account, today = secret.account, arrival.now.astimezone(tenant.zone).date()
    caller = Caller(
        principal=system_caller(today).principal,
        account_id=account.id,
        member_id=account.member_id,
        name=shown(account.name),
        via="session",
        locale=account.locale,
        address=arrival.address,
    )
    path = account.path or ROOT
    async with edge.act(tenant, caller, now=arrival.now, request_id=arrival.request_id) as act:
        book = act.parameters
        due = limits.password_due(book, path, today, secret.chosen_at, arrival.now)
        lasting = replace(account, one_time_until=None)
        principal = await principal_of(act.session, tenant.id, lasting, today)
        limited = limits.session_limits(
            book,
            path,
            today,
            edge.credentials.limits,
            roles={each.role for each in principal.assignments},
        )
        issued, ends = await open_for(act, account, limited, agent=arrival.agent, password_due=due)
        if renewed is not None:
            await store.accounts.set_hash(act.session, tenant.id, account.id, renewed)
    return SignedIn(
        text=issued.text,
        expires_at=ends,
        signed=await edge.credentials.authenticate(issued.text, arrival.now, arrival.address),
        password_change_due=account.one_time or due,
    )


async def _note_failure(
    edge: Edge, arrival: Arrival, tenant: TenantFacts, secret: Secret | None, attempt: Attempt
) -> None:
    """Say in the ledger that somebody failed; an unknown login may be a mistyped password."""
    today = arrival.now.astimezone(tenant.zone).date()
    caller = replace(system_caller(today), address=arrival.address)
    async with edge.act(tenant, caller, now=arrival.now, request_id=arrival.request_id) as act:
        _failed(act, SIGN_IN_FAILED, secret, arrival)
        if attempt.last:
            _failed(act, SIGN_IN_LOCKED, secret, arrival)


def _failed(act: Act, name: str, secret: Secret | None, arrival: Arrival) -> None:
    if secret is not None:
        act.record(event_of(name, secret.account, address=arrival.address))
    else:
        facts = {"login": None, "address": arrival.address}
        act.record(Event(name=name, subject=("account", None), path=ROOT, facts=facts))
