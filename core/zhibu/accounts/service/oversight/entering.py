"""Going through a door."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from zhibu.accounts import store
from zhibu.accounts.edge import Edge
from zhibu.accounts.errors import (
    CredentialEnded,
    OversightEnded,
    PasswordChangeDue,
    SecondFactorMissing,
)
from zhibu.accounts.principals import overseer_principal
from zhibu.accounts.public import (
    OVERSIGHT_ENTERED,
)
from zhibu.accounts.rules.credentials import SESSION, SessionFacts, issue
from zhibu.accounts.rules.oversight import (
    GIVEN,
    RECEIVED,
    require_open,
)
from zhibu.accounts.service.loading import account_of_caller, require_person
from zhibu.accounts.service.oversight.events import event_of, words_of
from zhibu.act import Act, Caller, TenantFacts
from zhibu.errors import NotFound
from zhibu.identifiers import new_id
from zhibu.policy.paths import ROOT
from zhibu.tenants.directory import facts_of


@dataclass(frozen=True, kw_only=True)
class Entered:
    """An overseer's session in the tenant that is seen; `text` is shown once."""

    text: str
    expires_at: datetime
    tenant: TenantFacts


async def enter(
    edge: Edge,
    tenant: TenantFacts,
    caller: Caller,
    oversight_id: UUID,
    *,
    now: datetime,
    request: str,
) -> Entered:
    """Go through a door: said in the own ledger first, then in that of the tenant that is seen."""
    async with edge.act(tenant, caller, now=now, request_id=request) as act:
        account_id = require_person(act)
        door = await store.oversight.find(act.session, tenant.id, oversight_id)
        if door is None or door.side != RECEIVED or door.overseer_account_id != account_id:
            raise NotFound()
        await _require_settled(act)
        require_open(door, act.today)
        words = words_of(door, tenant)
        act.record(event_of(OVERSIGHT_ENTERED, door, words))
    seen = await facts_of(edge.homes, await edge.directory.by_id(door.counterpart_id))
    today = now.astimezone(seen.zone).date()
    visitor = Caller(
        principal=overseer_principal(door, today),
        account_id=None,
        member_id=None,
        name=caller.name,
        via="oversight",
        overseer=words,
        address=caller.address,
    )
    async with edge.act(seen, visitor, now=now, request_id=request) as act:
        given = await store.oversight.find(act.session, seen.id, oversight_id, hold=True)
        if given is None or given.side != GIVEN:
            raise OversightEnded(path=("oversight",), since=door.since, until=door.until)
        require_open(given, today)
        issued = issue(SESSION, seen.id)
        last = datetime.combine(given.until, time(), seen.zone)
        session = SessionFacts(
            id=new_id(),
            account_id=None,
            oversight_id=given.id,
            overseer=words,
            address=caller.address,
            created_at=now,
            seen_at=now,
            expires_at=min(now + edge.credentials.limits.oversight, last),
            ended_at=None,
            proven_at=caller.proven_at,
        )
        await store.sessions.add(act.session, seen.id, session, issued.digest)
        act.record(event_of(OVERSIGHT_ENTERED, given, words))
    async with edge.homes.home(tenant.id).view(tenant.id) as home:
        still = await store.accounts.account(home, tenant.id, account_id)
    if still is None or still.disabled_at is not None:  # disabled meanwhile: none had looked here
        async with edge.act(seen, visitor, now=now, request_id=request) as act:
            await store.sessions.end_all_through(act.session, seen.id, oversight_id, now)
        raise CredentialEnded()
    return Entered(text=issued.text, expires_at=session.expires_at, tenant=seen)


async def _require_settled(act: Act) -> None:
    """A session that may do nothing at home does nothing elsewhere.

    Raises `PasswordChangeDue`, `SecondFactorMissing`.
    """
    account, at = await account_of_caller(act), act.caller.credential_id
    mine = await store.sessions.find(act.session, act.tenant_id, at) if at is not None else None
    by_password = mine is None or mine.through is None
    if (account.one_time and by_password) or (mine is not None and mine.password_due):
        raise PasswordChangeDue()
    if act.caller.factor_due:
        demanded = act.parameters.value("core.second_factor_required", ROOT, act.today)
        raise SecondFactorMissing(basis=demanded.basis)
