"""Giving roles, and ending them."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from zhibu.accounts import store
from zhibu.accounts.errors import ReasonMissing
from zhibu.accounts.leaving import leave
from zhibu.accounts.proving import Use, require_proof
from zhibu.accounts.public import ROLE_ASSIGNED, ROLE_ENDED
from zhibu.accounts.rules.accounts import AccountFacts
from zhibu.accounts.rules.logins import shown
from zhibu.accounts.rules.roles import Holding, Place, Wish, ended, faults_of
from zhibu.accounts.service.loading import account_for, place_for
from zhibu.act import Act, Event
from zhibu.core_actions import ACCOUNT_READ, ROLE_ASSIGN
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id


async def assign(
    act: Act,
    *,
    account_id: UUID,
    role: str,
    organization_id: UUID,
    since: date,
    until: date | None,
    reason: str,
) -> Holding:
    """Give a role from `since` until before `until`. Raises `Refused` with every reason against."""
    place = await place_for(act, organization_id, ROLE_ASSIGN)
    account = await account_for(act, account_id, ACCOUNT_READ, lock=True)
    require_proof(act, Use.GRANT, place.path)
    return await assign_at(act, account, place, role=role, since=since, until=until, reason=reason)


async def assign_at(
    act: Act,
    account: AccountFacts,
    place: Place,
    *,
    role: str,
    since: date,
    until: date | None,
    reason: str,
) -> Holding:
    """The same for whoever has been asked already, or founds the institution."""
    session, tenant_id = act.session, act.tenant_id
    wish = Wish(
        account_id=account.id,
        account_login=account.login,
        account_disabled=account.disabled_at is not None,
        role=role,
        place=place,
        since=since,
        until=until,
        reason=reason,
    )
    held = await store.roles.held_by(session, tenant_id, account.id)
    roles = act.policy.rules.roles
    refuse(
        faults_of(
            wish,
            held,
            granter=act.caller.account_id,
            roles=roles.inherited,
            exclusive=roles.exclusive,
        )
    )
    given = Holding(
        id=new_id(),
        account_id=account.id,
        role=role,
        organization_id=place.id,
        path=place.path,
        since=since,
        until=until,
        reason=reason.strip(),
        granted_by=act.caller.account_id,
    )
    if taken_back := next((h for h in held if _same_beginning(h, given)), None):
        given = replace(given, id=taken_back.id)
        await store.roles.give_again(session, tenant_id, given)
    else:
        await store.roles.add(session, tenant_id, given)
    act.record(_event(ROLE_ASSIGNED, given, account, until))
    return given


async def end(act: Act, holding_id: UUID, *, until: date, reason: str) -> Holding:
    """Let a role give nothing from the day `until` on. Days that have passed stay as they were.

    Whoever loses one today leaves other institutions too, and may enter again if a door is open.
    """
    holding = await store.roles.holding(act.session, act.tenant_id, holding_id)
    if holding is None:
        raise NotFound()
    act.require(ROLE_ASSIGN, holding.path, seen_by=ACCOUNT_READ)
    account = await account_for(act, holding.account_id, ACCOUNT_READ, lock=True)
    if not reason.strip():
        raise ReasonMissing(path=("reason",))
    last = ended(holding, max(until, act.today))
    await store.roles.end(act.session, act.tenant_id, holding.id, last)
    act.record(_event(ROLE_ENDED, holding, account, last, reason=reason.strip()))
    if last <= act.today:
        await leave(act, account.id)
    return replace(holding, until=last)


def _same_beginning(taken_back: Holding, given: Holding) -> bool:
    """A role that was ended before it began leaves its row, which is used again."""
    return (taken_back.role, taken_back.organization_id, taken_back.since) == (
        given.role,
        given.organization_id,
        given.since,
    )


def _event(
    name: str, holding: Holding, account: AccountFacts, until: date | None, **more: object
) -> Event:
    return Event(
        name=name,
        subject=("account", account.id),
        path=holding.path,
        member_id=account.member_id,
        facts={
            "login": shown(account.login),
            "role": holding.role,
            "since": holding.since.isoformat(),
            "until": until.isoformat() if until else None,
            "reason": holding.reason,
            **more,
        },
    )
