"""Choosing, resetting and setting passwords."""

from datetime import timedelta
from uuid import UUID

from zhibu.accounts import limits, store
from zhibu.accounts.edge import Edge
from zhibu.accounts.errors import OwnAccount, PasswordUnchanged, PasswordWrong, SignInAgain
from zhibu.accounts.notices import changed
from zhibu.accounts.passwords import Passwords
from zhibu.accounts.proving import Use, require_proof
from zhibu.accounts.public import PASSWORD_CHANGED, PASSWORD_RESET
from zhibu.accounts.rules.accounts import Secret, require_enabled
from zhibu.accounts.rules.credentials import FRESH
from zhibu.accounts.rules.logins import MAXIMUM, folded, one_time_password, password_faults
from zhibu.accounts.service.accounts import ONE_TIME_LIFE, Opened
from zhibu.accounts.service.asking import Asker, acting, own_secret
from zhibu.accounts.service.loading import account_for, place_of
from zhibu.accounts.service.sessions import end_sessions_of
from zhibu.accounts.trying import PASSWORD, tried
from zhibu.act import Act
from zhibu.core_actions import ACCOUNT_CREATE
from zhibu.errors import NotFound, refuse


async def change(edge: Edge, asker: Asker, *, present: str, chosen: str) -> UUID:
    """Choose an own password; the account's other sessions end.

    Passwords are checked and hashed outside the transaction: it must not keep others waiting.
    """
    known = await own_secret(edge, asker)
    account, tenant, now = known.account, asker.tenant, asker.arrival.now
    await verified(edge, asker, known, present)
    book = await edge.book(tenant.id)
    demand = limits.demand(book, place_of(account), now.astimezone(tenant.zone).date())
    own = (account.login, account.name, tenant.code, tenant.name)
    refuse(password_faults(chosen, demand, own))
    if present == chosen:
        raise PasswordUnchanged(path=("password",))
    digest = await edge.passwords.hash_chosen(chosen)
    async with acting(edge, asker) as act:
        session, tenant_id = act.session, act.tenant_id
        await store.accounts.lock(session, tenant_id, account.id)
        still = await store.accounts.secret(session, tenant_id, account.id)
        if still is None or still.password_hash != known.password_hash:
            raise PasswordWrong(path=("present",))
        await store.accounts.set_password(
            session, tenant_id, account.id, digest, one_time_until=None, now=act.now
        )
        await end_sessions_of(act, account, but=asker.session)
        await store.sessions.password_chosen(session, tenant_id, asker.session)
        await changed(act, account, PASSWORD_CHANGED)
    return account.id


async def shown_again(edge: Edge, asker: Asker, known: Secret, password: str | None) -> None:
    """Raise unless whoever asks has shown anew who he is: by the password, or by signing in.

    Who comes through a sign-in service and has chosen no password must just have signed in.
    """
    if password is not None or not known.account.one_time:
        await verified(edge, asker, known, password or "")
        return
    tenant_id = asker.tenant.id
    async with edge.homes.home(tenant_id).view(tenant_id) as session:
        found = await store.sessions.find(session, tenant_id, asker.session)
    fresh = found is not None and asker.arrival.now < found.created_at + FRESH
    if found is None or found.through is None or not fresh:
        raise SignInAgain(minutes=FRESH // timedelta(minutes=1))


async def verified(edge: Edge, asker: Asker, known: Secret, password: str) -> None:
    """Raise `PasswordWrong` unless it is the asker's own, or `SignInLocked` after too many.

    Whoever guesses in somebody's session is counted like whoever guesses in signing in.
    """
    async with tried(
        edge,
        asker.arrival,
        asker.tenant,
        kind=PASSWORD,
        institution=folded(asker.tenant.code),
        login=known.account.login,
        familiar=True,
    ):
        if not await edge.passwords.verify(known.password_hash, password[: MAXIMUM + 1]):
            raise PasswordWrong(path=("present",))


async def reset(act: Act, passwords: Passwords, account_id: UUID) -> Opened:
    """Give a one-time password to somebody who lost his own; every session of the account ends."""
    account = await account_for(act, account_id, ACCOUNT_CREATE, lock=True)
    require_proof(act, Use.RESET, place_of(account))
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
    await changed(act, account, PASSWORD_RESET)
    return Opened(account=account, password=password)


async def set_by_operator(act: Act, passwords: Passwords, login: str, password: str) -> None:
    """Set a lasting password from the server's own command line, where nobody asks the policy."""
    assert act.caller.via in ("operator", "system"), "only the operator sets another's password"
    account = await store.accounts.by_login(act.session, act.tenant_id, folded(login))
    if account is None:
        raise NotFound()
    demand = limits.demand(act.parameters, place_of(account), act.today)
    refuse(password_faults(password, demand, (account.login, account.name, act.tenant.code)))
    digest = await passwords.hash_chosen(password)
    await store.accounts.set_password(
        act.session, act.tenant_id, account.id, digest, one_time_until=None, now=act.now
    )
    await end_sessions_of(act, account)
    await changed(act, account, PASSWORD_RESET, by="operator")
