"""Trying a password or a code: counted before it is checked, whoever tries it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from zhibu.accounts import limits
from zhibu.accounts.attempts import Attempt
from zhibu.accounts.edge import Edge
from zhibu.accounts.errors import CodeWrong, PasswordWrong, SignInRefused
from zhibu.accounts.principals import system_caller
from zhibu.accounts.public import SIGN_IN_LOCKED
from zhibu.accounts.rules.accounts import AccountFacts
from zhibu.accounts.rules.patience import counts_of
from zhibu.accounts.service.accounts import event_of
from zhibu.act import Event, TenantFacts
from zhibu.policy.paths import ROOT

PASSWORD = "account"
CODE = "code"
WRONG = (CodeWrong, PasswordWrong, SignInRefused)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """When and from where somebody comes, as the session and the ledger keep it."""

    now: datetime
    request_id: str
    address: str | None = None
    agent: str | None = None


@asynccontextmanager
async def tried(
    edge: Edge,
    arrival: Arrival,
    tenant: TenantFacts | None,
    *,
    kind: str,
    institution: str,
    login: str,
    familiar: bool,
) -> AsyncIterator[Attempt]:
    """Count an attempt that the block makes. Raises `SignInLocked` before it begins.

    A block that comes through begins the count anew; one that raises that the password or code is
    wrong leaves it counted; any other error leaves it as if it had never been.
    """
    book = await edge.book(tenant.id if tenant else None)
    patience = limits.patience(book, arrival.now.date())
    counts = counts_of(
        patience,
        kind=kind,
        institution=institution,
        login=login,
        address=arrival.address,
        familiar=familiar,
    )
    attempt = await edge.attempts.begin(counts, patience, arrival.now)
    try:
        yield attempt
    except WRONG:
        raise
    except BaseException:
        # Also when it was given up: what nobody was told of helps nobody to guess.
        await asyncio.shield(edge.attempts.undo(attempt))
        raise
    await edge.attempts.succeed(attempt)


async def note_failure(
    edge: Edge,
    arrival: Arrival,
    tenant: TenantFacts,
    account: AccountFacts | None,
    attempt: Attempt,
    name: str,
) -> None:
    """Say in the ledger that somebody failed; an unknown login may be a mistyped password."""
    today = arrival.now.astimezone(tenant.zone).date()
    caller = replace(system_caller(today), address=arrival.address)
    names = (name, SIGN_IN_LOCKED) if attempt.last else (name,)
    async with edge.act(tenant, caller, now=arrival.now, request_id=arrival.request_id) as act:
        for each in names:
            if account is not None:
                act.record(event_of(each, account, address=arrival.address))
            else:
                facts = {"login": None, "address": arrival.address}
                act.record(Event(name=each, subject=("account", None), path=ROOT, facts=facts))
