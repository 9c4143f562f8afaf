"""Choosing, resetting and setting passwords."""

from uuid import UUID

from zhibu.accounts import store
from zhibu.accounts.errors import OwnAccount, PasswordUnchanged, PasswordWrong
from zhibu.accounts.passwords import Passwords
from zhibu.accounts.public import PASSWORD_CHANGED, PASSWORD_RESET
from zhibu.accounts.rules.accounts import require_enabled
from zhibu.accounts.rules.logins import folded, one_time_password, password_faults
from zhibu.accounts.service.accounts import ONE_TIME_LIFE, Opened, event_of
from zhibu.accounts.service.loading import account_for, require_person
from zhibu.act import Act
from zhibu.core_actions import ACCOUNT_CREATE
from zhibu.errors import NotFound, refuse


async def change(act: Act, passwords: Passwords, *, present: str, chosen: str) -> UUID:
    """Choose an own password; the account's other sessions end."""
    account_id = require_person(act)
    session, tenant_id = act.session, act.tenant_id
    known = await store.accounts.secret(session, tenant_id, account_id)
    if known is None:
        raise NotFound()
    if not await passwords.verify(known.password_hash, present):
        raise PasswordWrong(path=("present",))
    refuse(password_faults(chosen, known.account.login))
    if present == chosen:
        raise PasswordUnchanged(path=("password",))
    digest = await passwords.hash(chosen)
    await store.accounts.set_password(session, tenant_id, account_id, digest, None)
    await store.credentials.end_sessions_of(
        session, tenant_id, account_id, act.now, but=act.caller.credential_id
    )
    act.record(event_of(PASSWORD_CHANGED, known.account))
    return account_id


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
    await store.accounts.set_password(session, tenant_id, account.id, digest, until)
    await store.credentials.end_sessions_of(session, tenant_id, account.id, act.now)
    act.record(event_of(PASSWORD_RESET, account))
    return Opened(account=account, password=password)


async def set_by_operator(act: Act, passwords: Passwords, login: str, password: str) -> None:
    """Set a lasting password from the server's own command line, where nobody asks the policy."""
    assert act.caller.via in ("operator", "system"), "only the operator sets another's password"
    account = await store.accounts.by_login(act.session, act.tenant_id, folded(login))
    if account is None:
        raise NotFound()
    refuse(password_faults(password, account.login))
    digest = await passwords.hash(password)
    await store.accounts.set_password(act.session, act.tenant_id, account.id, digest, None)
    await store.credentials.end_sessions_of(act.session, act.tenant_id, account.id, act.now)
    act.record(event_of(PASSWORD_RESET, account, by="operator"))
