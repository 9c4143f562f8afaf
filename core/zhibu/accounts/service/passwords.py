"""Choosing, resetting and setting passwords."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhibu.accounts import limits, store
from zhibu.accounts.edge import Edge
from zhibu.accounts.errors import OwnAccount, PasswordUnchanged, PasswordWrong, SignInBusy
from zhibu.accounts.passwords import Passwords
from zhibu.accounts.public import PASSWORD_CHANGED, PASSWORD_RESET
from zhibu.accounts.rules.accounts import Secret, require_enabled
from zhibu.accounts.rules.logins import MAXIMUM, folded, one_time_password, password_faults
from zhibu.accounts.rules.patience import counts_of
from zhibu.accounts.service.accounts import ONE_TIME_LIFE, Opened, event_of
from zhibu.accounts.service.loading import account_for, person_of, place_of
from zhibu.accounts.service.sessions import end_sessions_of
from zhibu.act import Act, Caller, TenantFacts
from zhibu.core_actions import ACCOUNT_CREATE
from zhibu.errors import NotFound, refuse


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The password that somebody has, and the one that is to be."""

    present: str
    chosen: str


async def change(
    edge: Edge, tenant: TenantFacts, caller: Caller, wanted: Wanted, *, now: datetime, request: str
) -> UUID:
    """Choose an own password; the account's other sessions end.

    Whoever guesses the present one is counted like somebody who signs in. Passwords are checked
    and hashed outside the transaction: it must not keep others waiting.
    """
    account_id = person_of(caller)
    async with edge.homes.home(tenant.id).view(tenant.id) as session:
        known = await store.accounts.secret(session, tenant.id, account_id)
    if known is None:
        raise NotFound()
    account, today = known.account, now.astimezone(tenant.zone).date()
    await verified(edge, tenant, known, wanted.present, address=caller.address, now=now)
    book = await edge.book(tenant.id)
    path = place_of(account)
    own = (account.login, account.name, tenant.code, tenant.name)
    refuse(password_faults(wanted.chosen, limits.demand(book, path, today), own))
    if wanted.present == wanted.chosen:
        raise PasswordUnchanged(path=("password",))
    digest = await edge.passwords.hash(wanted.chosen)
    async with edge.act(tenant, caller, now=now, request_id=request) as act:
        await store.accounts.lock(act.session, act.tenant_id, account_id)
        still = await store.accounts.secret(act.session, act.tenant_id, account_id)
        if still is None or still.password_hash != known.password_hash:
            raise PasswordWrong(path=("present",))
        await store.accounts.set_password(
            act.session, act.tenant_id, account_id, digest, one_time_until=None, now=act.now
        )
        await end_sessions_of(act, account, but=caller.credential_id)
        if caller.credential_id is not None:
            await store.credentials.password_chosen(
                act.session, act.tenant_id, caller.credential_id
            )
        act.record(event_of(PASSWORD_CHANGED, account))
    return account_id


async def verified(
    edge: Edge,
    tenant: TenantFacts,
    known: Secret,
    password: str,
    *,
    address: str | None,
    now: datetime,
) -> None:
    """Raise `PasswordWrong`, or `SignInLocked` after too many, unless it is the account's own."""
    book = await edge.book(tenant.id)
    patience = limits.patience(book, now.astimezone(tenant.zone).date())
    counts = counts_of(
        patience,
        institution=folded(tenant.code),
        login=known.account.login,
        address=address,
        familiar=True,
    )
    attempt = await edge.attempts.begin(counts, patience, now)
    try:
        right = await edge.passwords.verify(known.password_hash, password[: MAXIMUM + 1])
    except SignInBusy:
        await edge.attempts.undo(attempt)
        raise
    if not right:
        raise PasswordWrong(path=("present",))
    await edge.attempts.succeed(attempt)


async def reset(act: Act, passwords: Passwords, account_id: UUID) -> Opened:
    """Give a one-time password to somebody who lost his own; every session of the account ends."""
    account = await account_for(act, account_id, ACCOUNT_CREATE, lock=True)
    if account.id == act.caller.account_id:
        raise OwnAccount(path=("account",))
    require_enabled(account)
    password = one_time_password()
    digest = await passwords.hash(password)
    session, tenant_id = act.session, act.tenant_id
    until = act.now + ONE_TIME_LIFE
    await store.accounts.set_password(
        session, tenant_id, account.id, digest, one_time_until=until, now=act.now
    )
    await end_sessions_of(act, account)
    act.record(event_of(PASSWORD_RESET, account))
    return Opened(account=account, password=password)


async def set_by_operator(act: Act, passwords: Passwords, login: str, password: str) -> None:
    """Set a lasting password from the server's own command line, where nobody asks the policy."""
    assert act.caller.via in ("operator", "system"), "only the operator sets another's password"
    account = await store.accounts.by_login(act.session, act.tenant_id, folded(login))
    if account is None:
        raise NotFound()
    demand = limits.demand(act.parameters, place_of(account), act.today)
    refuse(password_faults(password, demand, (account.login, account.name, act.tenant.code)))
    digest = await passwords.hash(password)
    await store.accounts.set_password(
        act.session, act.tenant_id, account.id, digest, one_time_until=None, now=act.now
    )
    await end_sessions_of(act, account)
    act.record(event_of(PASSWORD_RESET, account, by="operator"))
