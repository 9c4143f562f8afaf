"""One's own second factor. A password or code is counted before it is checked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from zhibu.accounts import factors, limits, store
from zhibu.accounts.edge import Edge
from zhibu.accounts.errors import CodeWrong, FactorAbsent, FactorEnrolled
from zhibu.accounts.notices import changed
from zhibu.accounts.public import (
    CODE_FAILED,
    CODES_RENEWED,
    FACTOR_ENROLLED,
    FACTOR_PROVEN,
    FACTOR_REMOVED,
)
from zhibu.accounts.rules.accounts import AccountFacts
from zhibu.accounts.rules.logins import folded
from zhibu.accounts.service.accounts import event_of
from zhibu.accounts.service.asking import Asker, acting, own_secret
from zhibu.accounts.service.factors.using import new_codes, sealed, used
from zhibu.accounts.service.loading import place_of
from zhibu.accounts.service.passwords import shown_again
from zhibu.accounts.service.sessions import end_sessions_of, renew
from zhibu.accounts.trying import CODE, note_failure, tried
from zhibu.act import Act


@dataclass(frozen=True, kw_only=True)
class Renewed:
    """The session goes on under another credential, shown once; the former one has ended."""

    text: str
    expires_at: datetime
    proven_until: datetime


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """A factor that counts from now on, and the recovery codes, which are shown once."""

    session: Renewed
    codes: tuple[str, ...]


async def enrol(edge: Edge, asker: Asker, *, password: str | None) -> factors.Enrolment:
    """Begin: what the authenticator is to be given. Nothing is asked of anybody before `confirm`.

    Raises `PasswordWrong`, `SignInAgain`, `FactorEnrolled`.
    """
    known = await own_secret(edge, asker)
    await shown_again(edge, asker, known, password)
    secret = factors.new_secret()
    async with acting(edge, asker) as act:
        await store.accounts.lock(act.session, act.tenant_id, known.account.id)
        factor = await store.factors.factor(act.session, act.tenant_id, known.account.id)
        if factor is not None and factor.confirmed_at is not None:
            raise FactorEnrolled()
        kept = sealed(act, known.account.id, secret)
        await store.factors.put(act.session, act.tenant_id, known.account.id, kept, act.now)
    return factors.enrolment(
        secret, login=known.account.login, institution=f"支部 {asker.tenant.name}"
    )


async def confirm(edge: Edge, asker: Asker, *, code: str) -> Confirmed:
    """Complete with a code of the device: the account's other sessions end.

    Raises `FactorAbsent` without a beginning, `FactorEnrolled`, `CodeWrong`.
    """
    async with _with_code(edge, asker, code, confirmed=False) as (act, account):
        await store.factors.confirm(act.session, act.tenant_id, account.id, act.now)
        codes = await new_codes(act, account.id)
        await end_sessions_of(act, account, but=asker.session)
        await changed(act, account, FACTOR_ENROLLED)
        session = await _renewed(act, account)
    return Confirmed(session=session, codes=tuple(codes))


async def prove(edge: Edge, asker: Asker, *, code: str) -> Renewed:
    """Prove the second factor anew. Raises `FactorAbsent`, `CodeWrong`."""
    async with _with_code(edge, asker, code) as (act, account):
        act.record(event_of(FACTOR_PROVEN, account))
        return await _renewed(act, account)


async def renew_codes(edge: Edge, asker: Asker, *, code: str) -> tuple[str, ...]:
    """New recovery codes, shown once; the former ones serve no more."""
    async with _with_code(edge, asker, code) as (act, account):
        codes = await new_codes(act, account.id)
        await changed(act, account, CODES_RENEWED)
    return tuple(codes)


async def remove(edge: Edge, asker: Asker, *, password: str | None, code: str) -> None:
    """Give up the second factor: with it and the password, and the other sessions end."""
    known = await own_secret(edge, asker)
    await shown_again(edge, asker, known, password)
    async with _with_code(edge, asker, code, known=known.account) as (act, account):
        await store.factors.remove(act.session, act.tenant_id, account.id)
        await end_sessions_of(act, account, but=asker.session)
        await changed(act, account, FACTOR_REMOVED)


@asynccontextmanager
async def _with_code(
    edge: Edge,
    asker: Asker,
    code: str,
    *,
    confirmed: bool = True,
    known: AccountFacts | None = None,
) -> AsyncIterator[tuple[Act, AccountFacts]]:
    """An act that begins with the use of a code, which is undone if the act comes to nothing."""
    account = known or (await own_secret(edge, asker)).account
    async with tried(
        edge,
        asker.arrival,
        asker.tenant,
        kind=CODE,
        institution=folded(asker.tenant.code),
        login=account.login,
        familiar=True,
    ) as attempt:
        async with acting(edge, asker) as act:
            await store.accounts.lock(act.session, act.tenant_id, account.id)
            factor = await store.factors.factor(act.session, act.tenant_id, account.id)
            if factor is None or (confirmed and factor.confirmed_at is None):
                raise FactorAbsent()
            if not confirmed and factor.confirmed_at is not None:
                raise FactorEnrolled()
            if await used(act, account, factor, code):
                yield act, account
                return
        tenant = asker.tenant
        await note_failure(edge, asker.arrival, tenant, account, attempt, CODE_FAILED)
        raise CodeWrong(path=("code",))


async def _renewed(act: Act, account: AccountFacts) -> Renewed:
    proof = limits.proof(act.parameters, place_of(account), act.today)
    issued, ends = await renew(act, proven_at=act.now)
    return Renewed(text=issued.text, expires_at=ends, proven_until=act.now + proof.lasting)
