"""Institution, login and password: one answer for every failure."""

import asyncio
from dataclasses import dataclass
from time import monotonic

from zhibu.accounts import store
from zhibu.accounts.edge import Edge
from zhibu.accounts.errors import SignInRefused
from zhibu.accounts.public import SIGN_IN_FAILED
from zhibu.accounts.rules.accounts import Secret
from zhibu.accounts.rules.logins import MAXIMUM, folded
from zhibu.accounts.rules.patience import FAMILIAR
from zhibu.accounts.signing_in.admitting import SignedIn, admit
from zhibu.accounts.trying import PASSWORD, Arrival, note_failure, tried
from zhibu.act import TenantFacts
from zhibu.tenants.directory import facts_of
from zhibu.tenants.errors import TenantUnknown


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """Who wants to sign in, as far as there is such an institution and such an account."""

    tenant: TenantFacts | None = None
    secret: Secret | None = None
    familiar: bool = False


async def sign_in(
    edge: Edge, arrival: Arrival, *, tenant: str, login: str, password: str
) -> SignedIn:
    """Open a session. Raises `SignInRefused`, `SignInLocked`, or `Unavailable`.

    Whether the account exists changes neither what is done nor what is answered. Refusals take
    `attempts.answer_after` seconds whatever was wrong.
    """
    began = monotonic()
    code, name = folded(tenant), folded(login)
    asked = await _looked_up(edge, arrival, code, name)
    async with tried(
        edge,
        arrival,
        asked.tenant,
        kind=PASSWORD,
        institution=code,
        login=name,
        familiar=asked.familiar,
    ) as attempt:
        secret, known = asked.secret, None
        if secret is not None and secret.usable(arrival.now):
            known = secret.password_hash
        right = await edge.passwords.verify(known, password[: MAXIMUM + 1])
        if asked.tenant is None or secret is None or not right:
            if asked.tenant is not None:
                account = secret.account if secret is not None else None
                await note_failure(edge, arrival, asked.tenant, account, attempt, SIGN_IN_FAILED)
            await asyncio.sleep(max(0.0, began + edge.attempts.answer_after - monotonic()))
            raise SignInRefused()
        assert known is not None
        renewed = await edge.passwords.hash(password) if edge.passwords.outdated(known) else None
        return await admit(edge, arrival, asked.tenant, secret, renewed=renewed)


async def _looked_up(edge: Edge, arrival: Arrival, code: str, login: str) -> _Asked:
    try:
        entry = await edge.directory.by_code(code)
    except TenantUnknown:
        return _Asked()
    facts = await facts_of(edge.homes, entry)
    async with edge.homes.home(entry.id).view(entry.id) as session:
        secret = await store.accounts.secret_by_login(session, entry.id, login)
        familiar = arrival.address is not None and await store.sessions.familiar(
            session, entry.id, arrival.address, arrival.now - FAMILIAR
        )
    return _Asked(tenant=facts, secret=secret, familiar=familiar)
