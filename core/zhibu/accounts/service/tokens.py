"""Machines' tokens: issued by a person, for less than the person may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhibu.accounts import store
from zhibu.accounts.errors import TokenOfAdministrator, TokenOfPerson
from zhibu.accounts.notices import tell
from zhibu.accounts.proving import Use, require_proof
from zhibu.accounts.public import TOKEN_CREATED, TOKEN_REVOKED
from zhibu.accounts.rules.accounts import AccountFacts
from zhibu.accounts.rules.credentials import TOKEN, TokenFacts, issue, token_faults
from zhibu.accounts.rules.logins import shown
from zhibu.accounts.service.loading import account_for, place_for, require_person, watches
from zhibu.act import Act, Event
from zhibu.core_actions import ACCOUNT_READ, MEMBER_OPEN, TOKEN_CREATE
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id


@dataclass(frozen=True, kw_only=True)
class IssuedToken:
    """A token and its text, which is shown once."""

    token: TokenFacts
    text: str


async def create(
    act: Act,
    *,
    name: str,
    organization_id: UUID,
    actions: Sequence[str],
    expires_at: datetime,
    account_id: UUID | None = None,
) -> IssuedToken:
    """A token for a subtree and a list of actions, each of them held there by both.

    It acts as `account_id` (a machine's own account; the creator's when nothing is said) and can
    never do more than that account may at the moment it is used. An account with a member behind
    it is a person's, in whose name nobody else acts.
    """
    creator = require_person(act)
    place = await place_for(act, organization_id, TOKEN_CREATE)
    for use in (Use.GRANT, Use.EXPORT, *([Use.OPEN] if MEMBER_OPEN.name in actions else [])):
        require_proof(act, use, place.path)  # a token is asked for none, whatever it is used for
    account = await account_for(act, account_id, ACCOUNT_READ) if account_id else None
    if account is not None and account.id != creator:
        await _require_machine(act, account)
    wanted = tuple(dict.fromkeys(actions))
    unheld = tuple(action for action in wanted if not _held(act, action, place.path))
    refuse(
        token_faults(name=name, actions=wanted, unheld=unheld, now=act.now, expires_at=expires_at)
    )
    issued = issue(TOKEN, act.tenant_id)
    token = TokenFacts(
        id=new_id(),
        account_id=account.id if account else creator,
        name=name.strip(),
        organization_id=place.id,
        path=place.path,
        actions=wanted,
        created_at=act.now,
        expires_at=expires_at,
        revoked_at=None,
    )
    await store.tokens.add(act.session, act.tenant_id, token, issued.digest)
    facts: dict[str, object] = {
        "name": shown(token.name),
        "actions": list(wanted),
        "until": expires_at.isoformat(),
        **({"for": shown(account.login)} if account else {}),
    }
    act.record(_event(TOKEN_CREATED, token, facts))
    await tell(act, token.account_id, TOKEN_CREATED)
    return IssuedToken(token=token, text=issued.text)


async def revoke(act: Act, token_id: UUID) -> UUID:
    """End a token at once: one's own, or any where one may issue them."""
    token = await store.tokens.find(act.session, act.tenant_id, token_id)
    if token is None:
        raise NotFound()
    if token.account_id != act.caller.account_id:
        act.require(TOKEN_CREATE, token.path, seen_by=TOKEN_CREATE)
    if token.revoked_at is None:
        await store.tokens.revoke(act.session, act.tenant_id, token.id, act.now)
        act.record(_event(TOKEN_REVOKED, token, {"name": shown(token.name)}))
    return token.id


async def _require_machine(act: Act, account: AccountFacts) -> None:
    """Raise unless tokens of others may act for this account: it is nobody's, and watches nobody.

    Administrators watch each other, so one's token in another's name would be two in one hand.
    """
    if account.member_id is not None:
        raise TokenOfPerson(path=("account",), login=shown(account.login))
    if await watches(act, account):
        raise TokenOfAdministrator(path=("account",), login=shown(account.login))


def _held(act: Act, action: str, path: str) -> bool:
    """Whether the creator may do this there himself, to anyone's rows or to his own."""
    owner = act.caller.principal.member
    policy, principal, switches = act.policy, act.caller.principal, act.switches
    return action in policy.rules.actions and (
        policy.may(principal, switches, action, path)
        or bool(owner and policy.may(principal, switches, action, path, owner))
    )


def _event(name: str, token: TokenFacts, facts: dict[str, object]) -> Event:
    return Event(name=name, subject=("token", token.id), path=token.path, facts=facts)
