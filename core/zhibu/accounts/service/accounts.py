"""Opening, binding, disabling accounts."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from zhibu.accounts import store
from zhibu.accounts.errors import MemberBound, MemberUnknown, OwnAccount
from zhibu.accounts.leaving import leave
from zhibu.accounts.passwords import Passwords
from zhibu.accounts.proving import Use, require_proof
from zhibu.accounts.public import BOUND, CREATED, DISABLED, ENABLED
from zhibu.accounts.rules.accounts import AccountFacts, creation_faults
from zhibu.accounts.rules.logins import folded, one_time_password, shown
from zhibu.accounts.service.loading import account_for, place_of
from zhibu.act import Act, Event
from zhibu.core_actions import ACCOUNT_CREATE, ACCOUNT_DISABLE
from zhibu.errors import refuse
from zhibu.identifiers import new_id
from zhibu.policy.paths import ROOT

ONE_TIME_LIFE = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A new account and the one-time password, which is shown once and kept by nobody."""

    account: AccountFacts
    password: str


async def create(
    act: Act,
    passwords: Passwords,
    *,
    login: str,
    name: str,
    member_id: UUID | None = None,
    locale: str | None = None,
) -> Opened:
    """Open an account, at its member's branch or, for nobody's, at the top of the tree."""
    session, tenant_id = act.session, act.tenant_id
    path = None
    if member_id is not None:
        path = await store.accounts.member_path(session, tenant_id, member_id)
        if path is None:
            raise MemberUnknown(path=("member",))
    act.require(ACCOUNT_CREATE, path or ROOT)
    require_proof(act, Use.GRANT, path or ROOT)
    return await open_account(
        act, passwords, login=login, name=name, member_id=member_id, path=path, locale=locale
    )


async def open_account(
    act: Act,
    passwords: Passwords,
    *,
    login: str,
    name: str,
    member_id: UUID | None = None,
    path: str | None = None,
    locale: str | None = None,
) -> Opened:
    """The same for whoever has been asked already, or founds the institution."""
    session, tenant_id = act.session, act.tenant_id
    same_member = None
    if member_id is not None:
        same_member = await store.accounts.by_member(session, tenant_id, member_id)
    same_login = await store.accounts.by_login(session, tenant_id, folded(login))
    refuse(creation_faults(login=login, name=name, same_login=same_login, same_member=same_member))
    password = one_time_password()
    account = AccountFacts(
        id=new_id(),
        login=folded(login),
        name=name.strip(),
        member_id=member_id,
        path=path,
        locale=locale,
        one_time_until=act.now + ONE_TIME_LIFE,
        disabled_at=None,
        created_at=act.now,
    )
    digest = await passwords.hash(password)
    await store.accounts.add(session, tenant_id, account, password_hash=digest)
    act.record(event_of(CREATED, account, name=shown(account.name)))
    return Opened(account=account, password=password)


async def bind(act: Act, account_id: UUID, *, member_id: UUID) -> AccountFacts:
    """Say which member an account belongs to; both ends must be the caller's to administer."""
    account = await account_for(act, account_id, ACCOUNT_CREATE, lock=True)
    if account.id == act.caller.account_id:
        raise OwnAccount(path=("account",))  # a member's posts give roles
    path = await store.accounts.member_path(act.session, act.tenant_id, member_id)
    if path is None:
        raise MemberUnknown(path=("member",))
    act.require(ACCOUNT_CREATE, path)
    require_proof(act, Use.GRANT, path)
    other = await store.accounts.by_member(act.session, act.tenant_id, member_id)
    if other is not None and other.id != account.id:
        raise MemberBound(path=("member",), login=other.login)
    await store.accounts.bind(act.session, act.tenant_id, account.id, member_id)
    bound = replace(account, member_id=member_id, path=path)
    act.record(event_of(BOUND, bound))
    return bound


async def disable(act: Act, account_id: UUID) -> AccountFacts:
    """Close an account: its sessions, here and through doors, and its tokens end at once.

    Again changes nothing.
    """
    account = await account_for(act, account_id, ACCOUNT_DISABLE, lock=True)
    if account.id == act.caller.account_id:
        raise OwnAccount(path=("account",))
    if account.disabled_at is not None:
        return account
    session, tenant_id = act.session, act.tenant_id
    await store.accounts.set_disabled(session, tenant_id, account.id, act.now)
    await store.sessions.end_all_of(session, tenant_id, account.id, act.now)
    await leave(act, account.id)
    await store.tokens.revoke_all_of(session, tenant_id, account.id, act.now)
    act.record(event_of(DISABLED, account))
    return replace(account, disabled_at=act.now)


async def enable(act: Act, account_id: UUID) -> AccountFacts:
    """Open a disabled account again; its old sessions and tokens stay ended."""
    account = await account_for(act, account_id, ACCOUNT_DISABLE, lock=True)
    if account.disabled_at is None:
        return account
    await store.accounts.set_disabled(act.session, act.tenant_id, account.id, None)
    act.record(event_of(ENABLED, account))
    return replace(account, disabled_at=None)


def event_of(happened: str, account: AccountFacts, **facts: object) -> Event:
    return Event(
        name=happened,
        subject=("account", account.id),
        path=place_of(account),
        member_id=account.member_id,
        facts={"login": shown(account.login), **facts},
    )
