"""What the use cases of accounts read first."""

from uuid import UUID

from zhibu.accounts import store
from zhibu.accounts.errors import MachineRefused, OrganizationUnknown
from zhibu.accounts.rules.accounts import AccountFacts
from zhibu.accounts.rules.roles import Place
from zhibu.act import Act, Caller
from zhibu.actions import Action
from zhibu.core_actions import ACCOUNT_READ
from zhibu.errors import NotFound
from zhibu.policy.paths import ROOT


def place_of(account: AccountFacts) -> str:
    """Where an account is administered: at its member's branch, nobody's at the top."""
    return account.path or ROOT


async def account_for(
    act: Act, account_id: UUID, action: Action, *, lock: bool = False
) -> AccountFacts:
    """The account, if the caller may do this to it. Raises `NotFound` for what he may not see."""
    if lock:
        await store.accounts.lock(act.session, act.tenant_id, account_id)
    found = await store.accounts.account(act.session, act.tenant_id, account_id)
    if found is None:
        raise NotFound()
    act.require(action, place_of(found), found.member_id, seen_by=ACCOUNT_READ)
    return found


async def watches(act: Act, account: AccountFacts) -> bool:
    """Whether the account is of one of the administrators that exclude each other."""
    exclusive = {role for group in act.policy.rules.roles.exclusive for role in group}
    held = await store.roles.held_by(act.session, act.tenant_id, account.id)
    return any(each.role in exclusive and not each.ended(act.today) for each in held)


async def account_of_caller(act: Act) -> AccountFacts:
    """The account of a person who is signed in. Raises `MachineRefused`."""
    found = await store.accounts.account(act.session, act.tenant_id, require_person(act))
    assert found is not None
    return found


async def place_for(act: Act, organization_id: UUID, action: Action) -> Place:
    """The organization, if the caller may do this there. Raises `OrganizationUnknown`."""
    found = await store.roles.place(act.session, act.tenant_id, organization_id)
    if found is None:
        raise OrganizationUnknown(path=("organization",))
    act.require(action, found.path)
    return found


def require_person(act: Act) -> UUID:
    """The caller's own account. Raises `MachineRefused` for tokens, overseers and the system.

    An operator who acts for an account at the server's command line is let through.
    """
    return person_of(act.caller)


def person_of(caller: Caller) -> UUID:
    """The same where nothing is to be written. Raises `MachineRefused`."""
    if caller.via not in ("operator", "session") or caller.account_id is None:
        raise MachineRefused()
    return caller.account_id
