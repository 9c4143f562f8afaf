"""An edge of the platform whose clock a test moves, and whose acts it may crash."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from zhibu.accounts import store
from zhibu.accounts.attempts import Attempts
from zhibu.accounts.credentials import Credentials, Signed
from zhibu.accounts.passwords import Passwords
from zhibu.accounts.principals import system_caller
from zhibu.accounts.rules.accounts import AccountFacts
from zhibu.accounts.service.passwords import set_by_operator
from zhibu.accounts.signing_in import Arrival, sign_in
from zhibu.act import Act, Caller, TenantFacts
from zhibu.events import ledger
from zhibu.events.tables import LedgerEntry
from zhibu.identifiers import new_id
from zhibu.parameters.book import Book, InForce
from zhibu.policy import Policy
from zhibu.policy.paths import ROOT
from zhibu.storage.encryption import Keyring
from zhibu.storage.homes import Homes
from zhibu.tenants.directory import Directory
from zhibu.tenants.service import load_switches
from zhibu.testing.register import shipped_policy, shipped_rules

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
TODAY = NOON.date()
PASSWORD = "清风 明月 松间 石上 7"


class Crash(Exception):
    """The process ended here, as far as the code under test can tell."""


@dataclass(kw_only=True)
class Stage:
    """An edge whose clock the test moves. `crash_before` tells which act never takes place."""

    homes: Homes
    policy: Policy
    keyring: Keyring
    passwords: Passwords
    plugins: tuple[str, ...] = ("education",)
    now: datetime = NOON
    crash_before: int | None = None
    acts: int = 0
    parameters: Book = field(default_factory=lambda: Book(shipped_rules()))
    directory: Directory = field(init=False)
    credentials: Credentials = field(init=False)
    attempts: Attempts = field(init=False)

    def __post_init__(self) -> None:
        self.directory = Directory(self.homes, seconds=0.0)
        self.homes.placement = self.directory.placement
        self.credentials = Credentials(self.homes, self.directory)
        self.attempts = Attempts(self.homes, b"test", answer_after=0.0)
        self.override("core.second_factor_for", None)  # most tests are about other things

    async def book(self, tenant_id: UUID | None) -> Book:
        return self.parameters

    @asynccontextmanager
    async def act(
        self, tenant: TenantFacts, caller: Caller, *, now: datetime, request_id: str
    ) -> AsyncIterator[Act]:
        self.acts += 1
        if self.acts == self.crash_before:
            raise Crash()
        async with self.homes.home(tenant.id).act(tenant.id) as session:
            act = Act(
                session=session,
                tenant=tenant,
                caller=caller,
                policy=self.policy,
                switches=await load_switches(session, tenant.id, self.plugins),
                parameters=self.parameters,
                keyring=self.keyring,
                now=now,
                request_id=request_id,
            )
            yield act
            await ledger.append(act)
        self.credentials.changed(tenant.id)

    def override(self, name: str, value: Any) -> None:
        """Set a parameter for every institution of the stage, from its first day on."""
        override = InForce(
            id=new_id(), name=name, path=ROOT, since=TODAY - timedelta(1), value=value, reason="试"
        )
        self.parameters = self.parameters.and_also(override)

    def later(self, **by: float) -> datetime:
        """Move the clock, and say what it shows."""
        self.now += timedelta(**by)
        return self.now

    async def signed(
        self, tenant: TenantFacts, login: str, *, address: str | None = None
    ) -> tuple[str, Signed]:
        """Sign in by the password that `lasting` set: the credential and who is behind it."""
        arrival = Arrival(now=self.now, request_id="test", address=address)
        found = await sign_in(self, arrival, tenant=tenant.code, login=login, password=PASSWORD)
        return found.text, await self.credentials.authenticate(found.text, self.now, address)

    async def lasting(self, tenant: TenantFacts, login: str) -> None:
        async with self.by_system(tenant) as act:
            await set_by_operator(act, self.passwords, login, PASSWORD)

    def by_system(self, tenant: TenantFacts, *roles: str) -> Any:
        """An act of the installation itself, holding these roles at the root."""
        today = self.now.astimezone(tenant.zone).date()
        caller = system_caller(today, "test", *roles)
        return self.act(tenant, caller, now=self.now, request_id="test")

    @asynccontextmanager
    async def by(self, tenant: TenantFacts, login: str) -> AsyncIterator[Act]:
        """An act of this account, in a session of its own."""
        text, _ = await self.signed(tenant, login)
        async with self.using(text) as act:
            yield act

    @asynccontextmanager
    async def using(self, text: str) -> AsyncIterator[Act]:
        """An act of whoever presents this credential."""
        signed = await self.credentials.authenticate(text, self.now)
        async with self.act(signed.tenant, signed.caller, now=self.now, request_id="test") as act:
            yield act

    async def account(self, tenant: TenantFacts, login: str) -> AccountFacts:
        async with self.homes.home(tenant.id).view(tenant.id) as session:
            found = await store.accounts.by_login(session, tenant.id, login)
        assert found is not None
        return found

    async def ledger(self, tenant_id: UUID, event: str) -> list[dict[str, Any]]:
        """The facts of every such event of the tenant, oldest first."""
        async with self.homes.home(tenant_id).view(tenant_id) as session:
            rows = await session.execute(
                select(LedgerEntry.facts)
                .where(LedgerEntry.tenant_id == tenant_id, LedgerEntry.event == event)
                .order_by(LedgerEntry.seq)
            )
            return [dict(row[0]) for row in rows]


def stage(homes: Homes, folder: Path) -> Stage:
    """An edge over fresh homes, with passwords that cost little."""
    return Stage(
        homes=homes,
        policy=shipped_policy(),
        keyring=Keyring.create(folder / "keys"),
        passwords=Passwords(time_cost=1, memory_kib=8),
    )
