"""Letting somebody in who has shown who he is: at once, or up to the second factor."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from zhibu.accounts import limits, store
from zhibu.accounts.edge import Edge
from zhibu.accounts.errors import SignInRefused
from zhibu.accounts.principals import principal_of, system_caller
from zhibu.accounts.rules.accounts import AccountFacts, Secret
from zhibu.accounts.rules.identities import Through
from zhibu.accounts.rules.logins import shown
from zhibu.accounts.service.loading import place_of
from zhibu.accounts.service.sessions import await_factor, open_for
from zhibu.accounts.trying import Arrival
from zhibu.act import Act, Caller, TenantFacts


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """What came of signing in; `text` is shown once.

    `pending`, it is good for nothing but the proof of the second factor. While a password is due
    the session may only choose one.
    """

    text: str
    expires_at: datetime
    pending: bool
    password_change_due: bool
    provider: str | None = None


async def admit(
    edge: Edge,
    arrival: Arrival,
    tenant: TenantFacts,
    secret: Secret,
    *,
    renewed: str | None = None,
    through: Through | None = None,
    still: Callable[[Act], Awaitable[None]] | None = None,
) -> SignedIn:
    """A session, or what stands for it until the second factor is proven.

    `renewed` is the same password under a hash of today's costs, `through` the service that says
    who it is instead of a password; `still` raises if that has been taken back in the meantime.
    A password that was changed or reset since it was checked is refused like a wrong one.
    """
    account = secret.account
    async with edge.act(
        tenant,
        person(tenant, account, arrival),
        now=arrival.now,
        request_id=arrival.request_id,
    ) as act:
        await store.accounts.lock(act.session, tenant.id, account.id)
        if still is not None:
            await still(act)
        else:
            await _require_unchanged(act, secret)
        if renewed is not None:
            await store.accounts.set_hash(act.session, tenant.id, account.id, renewed)
        factor = await store.factors.factor(act.session, tenant.id, account.id)
        if factor is None or factor.confirmed_at is None:
            return await opened(edge, act, arrival, secret, through=through)
        pending = edge.credentials.limits
        issued, ends = await await_factor(act, account, pending, arrival.agent, through)
    return SignedIn(text=issued.text, expires_at=ends, pending=True, password_change_due=False)


async def _require_unchanged(act: Act, checked: Secret) -> None:
    now = await store.accounts.secret(act.session, act.tenant_id, checked.account.id)
    if now is None or now.password_hash != checked.password_hash or not now.usable(act.now):
        raise SignInRefused()


async def opened(
    edge: Edge,
    act: Act,
    arrival: Arrival,
    secret: Secret,
    *,
    proven: bool = False,
    through: Through | None = None,
) -> SignedIn:
    """A session that lasts as long as the institution lets those of such roles last."""
    account, today, path = secret.account, act.today, place_of(secret.account)
    due = through is None and limits.password_due(
        act.parameters, path, today, secret.chosen_at, act.now
    )
    lasting = replace(account, one_time_until=None)
    principal = await principal_of(act.session, act.tenant_id, lasting, today)
    limited = limits.session_limits(
        act.parameters,
        path,
        today,
        edge.credentials.limits,
        roles={each.role for each in principal.assignments},
    )
    issued, ends = await open_for(
        act,
        account,
        limited,
        agent=arrival.agent,
        password_due=due,
        proven_at=act.now if proven else None,
        through=through,
    )
    return SignedIn(
        text=issued.text,
        expires_at=ends,
        pending=False,
        password_change_due=through is None and (account.one_time or due),
        provider=through.provider if through else None,
    )


def person(tenant: TenantFacts, account: AccountFacts, arrival: Arrival) -> Caller:
    """Whoever signs in, as the ledger names him; he holds nothing yet."""
    return Caller(
        principal=system_caller(arrival.now.astimezone(tenant.zone).date()).principal,
        account_id=account.id,
        member_id=account.member_id,
        name=shown(account.name),
        via="session",
        locale=account.locale,
        address=arrival.address,
    )
