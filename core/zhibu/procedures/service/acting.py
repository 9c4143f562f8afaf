"""Who may decide here: by the policy, or standing in for somebody who may."""

from uuid import UUID

from zhibu.accounts import store as accounts
from zhibu.accounts.principals import principal_of
from zhibu.act import Act
from zhibu.actions import Action
from zhibu.policy import Principal
from zhibu.procedures import store
from zhibu.procedures.rules.deciding import is_own
from zhibu.procedures.rules.values import Actor, Case, Entry


async def actor_for(act: Act, case: Case, entry: Entry) -> Actor:
    """The caller, if this step is theirs to decide. Raises `Forbidden` and its kin."""
    return await actor_at(act, case, entry.action, entry.path)


async def actor_at(act: Act, case: Case, action: str, path: str) -> Actor:
    """The caller, by a permission of their own, or of an account that lets them act for it."""
    caller, asked = act.caller, Action(name=action, summary="")
    if not act.may(asked, path, case.member_id):
        standing_in = await _standing_in(act, case, action, path)
        if standing_in is not None:
            return standing_in
        act.require(asked, path, case.member_id)
    return Actor(account_id=caller.account_id, member_id=caller.member_id)


async def principal_now(act: Act, account_id: UUID) -> Principal | None:
    """What an account may do today; None for one that is disabled."""
    account = await accounts.accounts.account(act.session, act.tenant_id, account_id)
    if account is None or account.disabled_at is not None:
        return None
    return await principal_of(act.session, act.tenant_id, account, act.today)


async def _standing_in(act: Act, case: Case, action: str, path: str) -> Actor | None:
    """The caller for the first who lets them and may do it today, themselves.

    What somebody does for another they do not hand on: only the giver's own roles count. Who let
    them and is concerned comes last: another may not be.
    """
    caller = act.caller
    if caller.account_id is None or not caller.principal.entrusted(action, path):
        return None
    session, tenant_id = act.session, act.tenant_id
    concerned: Actor | None = None
    for delegation in await store.delegations_to(session, tenant_id, caller.account_id, act.today):
        if not delegation.covers(act.today, path, case.name):
            continue
        giver = await principal_now(act, delegation.account_id)
        owner = case.member_id.hex if case.member_id else ""
        if giver is not None and act.policy.may(giver, act.switches, action, path, owner):
            actor = Actor(
                account_id=caller.account_id,
                member_id=caller.member_id,
                on_behalf_of=delegation.account_id,
                principal_id=UUID(giver.member) if giver.member else None,
                delegation_id=delegation.id,
            )
            if not is_own(case, actor):
                return actor
            concerned = concerned or actor
    return concerned
