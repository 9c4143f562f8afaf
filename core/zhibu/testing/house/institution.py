"""One tenant of the house, and what tests do with it."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from zhibu.accounts import limits, store
from zhibu.accounts.principals import principal_of, system_caller
from zhibu.accounts.service import accounts, roles
from zhibu.accounts.service.loading import place_for, place_of
from zhibu.accounts.service.sessions import open_for
from zhibu.act import Act, TenantFacts
from zhibu.core_actions import ROLE_ASSIGN
from zhibu.identifiers import global_id
from zhibu.members import service as members
from zhibu.members.rules import MemberKind, Person
from zhibu.members.service import Entry
from zhibu.organizations.rules import Unit
from zhibu.policy.paths import ROOT
from zhibu.tenants.service import switch
from zhibu.testing.house.places import FOUNDED, OPERATOR, PASSWORD
from zhibu.testing.register import identity

if TYPE_CHECKING:  # it is made by the house
    from zhibu.testing.house import House


@dataclass(kw_only=True)
class Institution:
    """One tenant of the house: its units, and the credentials of its accounts by login."""

    house: "House"
    tenant: TenantFacts
    units: dict[str, Unit] = field(default_factory=dict)
    credentials: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, UUID] = field(default_factory=dict)

    def operator(self, *roles: str) -> AbstractAsyncContextManager[Act]:
        """An act of the installation itself, holding these roles (or many) at the root."""
        today = self.house.now.astimezone(self.tenant.zone).date()
        caller = system_caller(today, "test", *(roles or OPERATOR))
        return self.house.platform.act(self.tenant, caller, now=self.house.now, request_id="test")

    @asynccontextmanager
    async def by(self, login: str) -> AsyncIterator[Act]:
        """An act of this account."""
        platform, now = self.house.platform, self.house.now
        signed = await platform.credentials.authenticate(self.credentials[login], now)
        async with platform.act(signed.tenant, signed.caller, now=now, request_id="test") as act:
            yield act

    async def ask(
        self, login: str, document: str, variables: dict[str, Any] | None = None, **headers: str
    ) -> dict[str, Any]:
        """The answer that this account gets."""
        return await self.house.ask(
            document, variables, credential=self.credentials[login], **headers
        )

    def watch(
        self, login: str, document: str, variables: dict[str, Any] | None = None, **headers: str
    ) -> AbstractAsyncContextManager[AsyncGenerator[dict[str, Any], None]]:
        """The answers that this account gets to a subscription, as they come."""
        return self.house.watch(document, variables, credential=self.credentials[login], **headers)

    def id(self, unit: str) -> str:
        """The global id of a unit."""
        return global_id("Organization", self.units[unit].id)

    async def member(self, unit: str = "branch", **changes: Any) -> Person:
        """A full member since 2011-07-01, in the branch since the admission in 2010."""
        number = next(self.house.numbers)
        values: dict[str, Any] = {
            "organization_id": self.units[unit].id,
            "name": f"测试{number}",
            "identity_number": identity(number),
            "kind": MemberKind.IN_SERVICE,
            "admitted_on": date(2010, 7, 1),
        }
        entry = Entry(**{**values, **changes})
        full_on = date(entry.admitted_on.year + 1, entry.admitted_on.month, 1)
        async with self.operator() as act:
            return await members.register(act, entry, full=True, full_on=full_on)

    async def account(
        self,
        login: str,
        role: str = "",
        at: str = "root",
        *,
        member_id: UUID | None = None,
        since: date = FOUNDED,
        until: date | None = None,
    ) -> UUID:
        """An account with a lasting password, signed in, and perhaps a role."""
        platform = self.house.platform
        async with self.operator() as act:
            session, tenant_id = act.session, act.tenant_id
            path = None
            if member_id is not None:
                path = await store.accounts.member_path(session, tenant_id, member_id)
            opened = await accounts.open_account(
                act, platform.passwords, login=login, name=login, member_id=member_id, path=path
            )
            digest = await platform.passwords.hash(PASSWORD)
            await store.accounts.set_password(
                session, tenant_id, opened.account.id, digest, one_time_until=None, now=act.now
            )
            if role:
                place = await place_for(act, self.units[at].id, ROLE_ASSIGN)
                await roles.assign_at(
                    act, opened.account, place, role=role, since=since, until=until, reason="任命"
                )
            lasting = limits.session_limits(
                act.parameters, ROOT, act.today, platform.credentials.limits, roles={role}
            )
            issued, _ = await open_for(act, opened.account, lasting)
        self.accounts[login] = opened.account.id
        self.credentials[login] = issued.text
        return opened.account.id

    async def later(self, *, days: int) -> None:
        """Days go by; everybody has a session anew."""
        self.house.now += timedelta(days=days)
        await self.again(*self.credentials)

    async def again(self, *logins: str) -> None:
        """These accounts have sessions anew, in one act: neither password nor code is asked for."""
        lasting = self.house.platform.credentials.limits
        async with self.operator() as act:
            session, tenant_id = act.session, act.tenant_id
            for login in logins:
                account = await store.accounts.by_login(session, tenant_id, login)
                assert account is not None, login
                held = await principal_of(session, tenant_id, account, act.today)
                roles = {each.role for each in held.assignments}
                path = place_of(account)
                lasts = limits.session_limits(act.parameters, path, act.today, lasting, roles=roles)
                issued, _ = await open_for(act, account, lasts)
                self.credentials[login] = issued.text

    async def switch(self, plugin: str, enabled: bool, at: str = "root") -> None:
        """Switch a plugin on or off at a unit."""
        async with self.operator() as act:
            await switch(
                act,
                self.units[at].id,
                plugin,
                enabled=enabled,
                reason="测试",
                installed=self.house.platform.plugins.names,
            )
