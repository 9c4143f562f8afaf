"""By a sign-in service: it says who it is, and an account that is there already is what counts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts import limits, store
from zhibu.accounts.edge import Edge
from zhibu.accounts.errors import IdentityUnlinked, ProviderRefused
from zhibu.accounts.principals import system_caller
from zhibu.accounts.providers.configured import Provider
from zhibu.accounts.providers.speaking import Ended, Identity
from zhibu.accounts.public import PROVIDER_FAILED, SESSIONS_ENDED
from zhibu.accounts.rules.identities import Through
from zhibu.accounts.rules.logins import shown
from zhibu.accounts.rules.patience import Count
from zhibu.accounts.service.identities import index_of
from zhibu.accounts.signing_in.admitting import SignedIn, admit
from zhibu.accounts.trying import Arrival
from zhibu.act import Act, Event, TenantFacts
from zhibu.identifiers import network
from zhibu.policy.paths import ROOT
from zhibu.tenants.directory import facts_of


@asynccontextmanager
async def returning(edge: Edge, arrival: Arrival, provider: Provider) -> AsyncIterator[TenantFacts]:
    """Somebody comes back from the service: failures are counted by address and in the ledger.

    Raises `SignInLocked` before the service is asked anything, after too many.
    """
    tenant = await institution_of(edge, provider)
    patience = limits.patience(await edge.book(tenant.id), arrival.now.date())
    counts = []
    if arrival.address:
        words, most = (network(arrival.address),), patience.of_address
        counts.append(Count(kind="address", words=words, most=most, in_a_row=False))
    attempt = await edge.attempts.begin(counts, patience, arrival.now)
    try:
        yield tenant
    except (ProviderRefused, IdentityUnlinked) as error:
        subject = str(error.facts.get("subject", ""))
        facts = {"provider": provider.name, "address": arrival.address, "subject": shown(subject)}
        async with _system(edge, arrival, tenant) as act:
            event = Event(name=PROVIDER_FAILED, subject=("account", None), path=ROOT, facts=facts)
            act.record(event)
        raise
    except BaseException:
        await asyncio.shield(edge.attempts.undo(attempt))
        raise
    await edge.attempts.succeed(attempt)


async def by_provider(
    edge: Edge, arrival: Arrival, tenant: TenantFacts, provider: Provider, identity: Identity
) -> SignedIn:
    """The session of the account that this identity is linked to. Nothing is created for anybody.

    Raises `IdentityUnlinked`, also for an account that is disabled.
    """
    index = index_of(edge.keyring, tenant.id, identity.subject)

    async def held(session: AsyncSession) -> UUID | None:
        return await store.identities.account_of(session, tenant.id, provider.name, index)

    async def still_linked(act: Act) -> None:
        if await held(act.session) != account:
            raise IdentityUnlinked(subject=identity.subject)

    async with edge.homes.home(tenant.id).view(tenant.id) as session:
        account = await held(session)
        secret = await store.accounts.secret(session, tenant.id, account) if account else None
    if secret is None or not secret.usable(arrival.now, by_password=False):
        raise IdentityUnlinked(subject=identity.subject)
    through = Through(provider=provider.name, session=digest_of(provider, identity.session))

    return await admit(edge, arrival, tenant, secret, through=through, still=still_linked)


async def institution_of(edge: Edge, provider: Provider) -> TenantFacts:
    """The institution whose service it is. Raises `TenantUnknown`, `TenantSuspended`."""
    return await facts_of(edge.homes, await edge.directory.by_code(provider.tenant))


async def signed_out_there(edge: Edge, arrival: Arrival, provider: Provider, ended: Ended) -> int:
    """End what came through the service and has ended there; how many sessions that were."""
    tenant = await institution_of(edge, provider)
    async with _system(edge, arrival, tenant) as act:
        account = None
        digest = digest_of(provider, ended.session)
        if digest is None and ended.subject is not None:
            index = index_of(act.keyring, tenant.id, ended.subject)
            account = await store.identities.account_of(
                act.session, tenant.id, provider.name, index
            )
        if digest is None and account is None:
            return 0
        count = await store.sessions.end_all_by(
            act.session, tenant.id, provider.name, act.now, digest=digest, account_id=account
        )
        if count:
            facts = {"provider": provider.name, "count": count}
            subject = ("account", account)
            act.record(Event(name=SESSIONS_ENDED, subject=subject, path=ROOT, facts=facts))
    return count


def digest_of(provider: Provider, session: str | None) -> bytes | None:
    """What is kept of a service's own name for a session."""
    if session is None:
        return None
    return sha256(f"{provider.name}\0{session}".encode()).digest()


def _system(edge: Edge, arrival: Arrival, tenant: TenantFacts) -> AbstractAsyncContextManager[Act]:
    today = arrival.now.astimezone(tenant.zone).date()
    caller = replace(system_caller(today), address=arrival.address)
    return edge.act(tenant, caller, now=arrival.now, request_id=arrival.request_id)
