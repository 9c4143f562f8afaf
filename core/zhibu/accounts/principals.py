"""From an account, a door or a machine's token to whoever asks."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts import store
from zhibu.accounts.rules.accounts import AccountFacts
from zhibu.accounts.rules.credentials import TokenFacts
from zhibu.accounts.rules.logins import shown
from zhibu.accounts.rules.oversight import Door
from zhibu.accounts.rules.roles import effective
from zhibu.accounts.store.credentials import Presented
from zhibu.act import Caller
from zhibu.policy import Assignment, Principal
from zhibu.policy.paths import ROOT
from zhibu.storage.fixed import Look


async def principal_of(
    session: AsyncSession | Look,
    tenant_id: UUID,
    account: AccountFacts,
    today: date,
    *,
    token: TokenFacts | None = None,
    restricted: bool = False,
) -> Principal:
    """What the account holds that day, cut to the token's actions and subtree; one trip.

    An account whose password others made holds nothing until a sign-in service knows it, nor does
    a session that is `restricted`: it may only choose a password.
    """
    nothing = restricted or (
        account.one_time and not await store.identities.linked(session, tenant_id, account.id)
    )
    has = store.roles.Standing()
    if not nothing:
        has = await store.roles.standing(session, tenant_id, account.id, account.member_id, today)
    return Principal(
        account=account.id.hex,
        member=account.member_id.hex if account.member_id else "",
        assignments=tuple(
            Assignment(role, at)
            for role, at in sorted(effective(has.held, has.posts, has.path, today))
        ),
        today=today,
        actions=frozenset(token.actions) if token else None,
        within=token.path if token else None,
    )


def overseer_principal(door: Door, today: date) -> Principal:
    """What the granted role reads at the granted node, and nothing when the door is closed."""
    granted: tuple[Assignment, ...] = ()
    if door.open(today) and door.path is not None:
        granted = (Assignment(door.role, door.path, door.until),)
    return Principal(account="", member="", assignments=granted, today=today, looking=True)


async def caller_of(
    session: AsyncSession | Look, tenant_id: UUID, presented: Presented, today: date
) -> Caller:
    """Whoever a credential that counts belongs to."""
    account, token, door = presented.account, presented.token, presented.door
    if account is None:
        assert presented.session is not None
        assert door is not None
        return Caller(
            principal=overseer_principal(door, today),
            account_id=None,
            member_id=None,
            name=door.overseer_name,
            via="oversight",
            credential_id=presented.session.id,
            overseer=presented.session.overseer,
            factor=True,  # at home, where it is proven
            proven_at=presented.session.proven_at,
        )
    credential = token or presented.session
    assert credential is not None
    restricted = False
    if presented.session is not None and presented.session.through is not None:
        restricted = presented.session.password_due
        account = replace(account, one_time_until=None)  # no password was asked for
    elif presented.session is not None:
        restricted = presented.session.password_due or account.one_time
    return Caller(
        principal=await principal_of(
            session, tenant_id, account, today, token=token, restricted=restricted
        ),
        account_id=account.id,
        member_id=account.member_id,
        name=shown(f"{account.name} ({token.name})" if token else account.name),
        via="token" if token else "session",
        locale=account.locale,
        credential_id=credential.id,
        factor=presented.factor,
        proven_at=presented.session.proven_at if presented.session else None,
    )


def system_caller(today: date, name: str = "system", *roles: str) -> Caller:
    """No person: the installation itself, holding these roles at the top of the tree."""
    held = tuple(Assignment(role, ROOT) for role in roles)
    return Caller(
        principal=Principal(account="", member="", assignments=held, today=today),
        account_id=None,
        member_id=None,
        name=name,
        via="system",
    )
