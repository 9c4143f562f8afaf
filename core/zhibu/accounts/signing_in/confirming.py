"""The second step: the code of a device, or one for recovery, against the session itself."""

from dataclasses import dataclass

from zhibu.accounts import store
from zhibu.accounts.edge import Edge
from zhibu.accounts.errors import CodeWrong, CredentialEnded
from zhibu.accounts.public import CODE_FAILED
from zhibu.accounts.rules.accounts import Secret
from zhibu.accounts.rules.credentials import PENDING, SessionFacts, live_session, parse
from zhibu.accounts.rules.logins import folded
from zhibu.accounts.rules.patience import FAMILIAR
from zhibu.accounts.service.factors import used
from zhibu.accounts.signing_in.admitting import SignedIn, opened, person
from zhibu.accounts.trying import CODE, Arrival, note_failure, tried
from zhibu.act import TenantFacts
from zhibu.tenants.directory import facts_of
from zhibu.tenants.errors import TenantUnknown


@dataclass(frozen=True, kw_only=True)
class _Awaited:
    """A sign-in that waits for its second factor."""

    tenant: TenantFacts
    session: SessionFacts
    secret: Secret
    familiar: bool


async def confirm(edge: Edge, arrival: Arrival, *, pending: str, code: str) -> SignedIn:
    """Open the session that `sign_in` left pending.

    Raises `CredentialEnded` when that was ended or took too long, `CodeWrong`, `SignInLocked`.
    """
    found = await _awaited(edge, arrival, pending)
    tenant, account = found.tenant, found.secret.account
    async with tried(
        edge,
        arrival,
        tenant,
        kind=CODE,
        institution=folded(tenant.code),
        login=account.login,
        familiar=found.familiar,
    ) as attempt:
        caller = person(tenant, account, arrival)
        async with edge.act(tenant, caller, now=arrival.now, request_id=arrival.request_id) as act:
            factor = await store.factors.factor(act.session, tenant.id, account.id)
            proven = factor is not None and factor.confirmed_at is not None
            if factor is not None and proven and await used(act, account, factor, code):
                if not await store.sessions.end(act.session, tenant.id, found.session.id, act.now):
                    raise CredentialEnded()  # two came with it at the same moment
                return await opened(
                    edge, act, arrival, found.secret, proven=True, through=found.session.through
                )
        await note_failure(edge, arrival, tenant, account, attempt, CODE_FAILED)
        raise CodeWrong(path=("code",))


async def _awaited(edge: Edge, arrival: Arrival, pending: str) -> _Awaited:
    credential = parse(pending, PENDING)
    try:
        entry = await edge.directory.by_id(credential.tenant_id)
    except TenantUnknown as error:
        raise CredentialEnded() from error
    tenant = await facts_of(edge.homes, entry)
    async with edge.homes.home(entry.id).view(entry.id) as session:
        digest = credential.digest
        presented = await store.credentials.session_by_digest(session, entry.id, digest)
        if presented is None or presented.session is None or presented.account is None:
            raise CredentialEnded()
        account = presented.account
        secret = await store.accounts.secret(session, entry.id, account.id)
        familiar = arrival.address is not None and await store.sessions.familiar(
            session, entry.id, arrival.address, arrival.now - FAMILIAR
        )
    limits, seen = edge.credentials.limits, presented.session.seen_at
    live_session(presented.session, limits, arrival.now, last_seen=seen)
    by_password = presented.session.through is None
    if secret is None or not secret.usable(arrival.now, by_password=by_password):
        raise CredentialEnded()
    return _Awaited(tenant=tenant, session=presented.session, secret=secret, familiar=familiar)
