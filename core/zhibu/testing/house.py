"""The whole product, running: institutions with accounts, asked over HTTP like a client would.

Each institution has this tree, with one account per place and role:

1. municipal_department                                   (root)       municipal
   district_department                                    (district)   district
      party_committee, approves probationary members      (committee)  officer
         general_branch                                   (general)
            branch with a Party group                     (branch, group)  secretary, recorder
            branch                                        (other)
      party_committee                                     (rival)      rival
         branch                                           (far)
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import count
from typing import Any
from uuid import UUID

import httpx2 as httpx
from starlette.types import ASGIApp

from zhibu import core
from zhibu.accounts.passwords import Passwords
from zhibu.accounts.principals import system_caller
from zhibu.accounts.service import accounts, roles
from zhibu.accounts.service.passwords import set_by_operator
from zhibu.act import Act, TenantFacts
from zhibu.app import create_app
from zhibu.graph.answering import Answerings
from zhibu.graph.compose import Parts
from zhibu.identifiers import global_id
from zhibu.members import service as members
from zhibu.members.rules import MemberKind, Person
from zhibu.members.service import Entry
from zhibu.organizations import service as organizations
from zhibu.organizations.public import organizations_by_code
from zhibu.organizations.rules import Kind, Unit
from zhibu.parameters.service import override
from zhibu.platform import Platform
from zhibu.plugins import Plugins
from zhibu.settings import Settings
from zhibu.tenants.founding import Root, found
from zhibu.tenants.service import switch
from zhibu.testing.register import identity
from zhibu.testing.streams import Socket, events_of, socket_to

__all__ = ["Furnished", "House", "Institution", "furnish", "identity", "running"]

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
PASSWORD = "清风 明月 松间 石上 7"
FOUNDED = date(2000, 1, 1)
RULED = date(2020, 1, 1)
OPERATOR = (
    "system_administrator",
    "security_administrator",
    "committee_secretary",
    "committee_officer",
)
# Tests ask much, and their machine may be slow: what holds back is tested where it is the matter.
UNLIMITED: dict[str, Any] = {
    "account_rate": 0,
    "tenant_rate": 0,
    "address_rate": 0,
    "visitor_rate": 0,
    "answer_within": 120.0,
}
TREE = (
    ("district", "root", Kind.DISTRICT_DEPARTMENT),
    ("committee", "district", Kind.PARTY_COMMITTEE),
    ("general", "committee", Kind.GENERAL_BRANCH),
    ("branch", "general", Kind.BRANCH),
    ("group", "branch", Kind.PARTY_GROUP),
    ("other", "general", Kind.BRANCH),
    ("rival", "district", Kind.PARTY_COMMITTEE),
    ("far", "rival", Kind.BRANCH),
)
ACCOUNTS = (
    ("municipal", "municipal_organization_officer", "root"),
    ("district", "district_organization_officer", "district"),
    ("officer", "committee_officer", "committee"),
    ("rival", "committee_officer", "rival"),
    ("secretary", "branch_secretary", "branch"),
    ("recorder", "recorder", "branch"),
)


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
        passwords = self.house.platform.passwords
        async with self.operator() as act:
            opened = await accounts.create(
                act, passwords, login=login, name=login, member_id=member_id
            )
        async with self.operator() as act:
            await set_by_operator(act, passwords, login, PASSWORD)
            if role:
                await roles.assign(
                    act,
                    account_id=opened.account.id,
                    role=role,
                    organization_id=self.units[at].id,
                    since=since,
                    until=until,
                    reason="任命",
                )
        self.accounts[login] = opened.account.id
        self.credentials[login] = await self.house.sign_in(self.tenant.code, login)
        return opened.account.id

    async def later(self, *, days: int) -> None:
        """Days go by, and everybody signs in again."""
        self.house.now += timedelta(days=days)
        for login in self.credentials:
            self.credentials[login] = await self.house.sign_in(self.tenant.code, login)

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


@dataclass(kw_only=True)
class House:
    """The running product and its clock."""

    platform: Platform
    app: ASGIApp
    client: httpx.AsyncClient
    now: datetime = NOON
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    ready: dict[str, Institution] = field(default_factory=dict)

    async def ask(
        self,
        document: str,
        variables: dict[str, Any] | None = None,
        *,
        credential: str | None = None,
        **headers: str,
    ) -> dict[str, Any]:
        """What `POST /graphql` answers."""
        sent = {"accept-language": "en", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if credential is not None:
            sent["authorization"] = f"Bearer {credential}"
        answer = await self.client.post(
            "/graphql", json={"query": document, "variables": variables or {}}, headers=sent
        )
        found: dict[str, Any] = answer.json()
        return found

    def watch(
        self,
        document: str,
        variables: dict[str, Any] | None = None,
        *,
        credential: str | None = None,
        **headers: str,
    ) -> AbstractAsyncContextManager[AsyncGenerator[dict[str, Any], None]]:
        """The answers to a subscription, as they come over SSE."""
        sent = {"accept-language": "en", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if credential is not None:
            sent["authorization"] = f"Bearer {credential}"
        return events_of(self.app, {"query": document, "variables": variables or {}}, sent)

    def socket(self, **headers: str) -> AbstractAsyncContextManager[Socket]:
        """A WebSocket to `/graphql`; nothing was said in it yet."""
        return socket_to(self.app, {k.replace("_", "-"): v for k, v in headers.items()})

    async def sign_in(self, tenant: str, login: str) -> str:
        """A session's credential."""
        answer = await self.ask(
            "mutation ($input: SignInInput!) { signIn(input: $input) { token } }",
            {"input": {"tenant": tenant, "login": login, "password": PASSWORD}},
        )
        token: str = answer["data"]["signIn"]["token"]
        return token

    async def found(self, code: str = "yunling", name: str = "云岭市直机关") -> Institution:
        """An institution with the tree and the accounts above, and every plugin on."""
        if (known := self.ready.pop(code, None)) is not None:
            return replace(
                known,
                house=self,
                units=dict(known.units),
                credentials=dict(known.credentials),
                accounts=dict(known.accounts),
            )
        root = Root(code="ROOT", name=f"{name}组织部", kind=Kind.MUNICIPAL_DEPARTMENT)
        founded = await found(self.platform, code=code, name=name, now=self.now, root=root)
        made = Institution(house=self, tenant=founded.tenant)
        async with made.operator() as act:
            made.units["root"] = (await organizations_by_code(act, ["ROOT"]))["ROOT"]
            for place, above, kind in TREE:
                made.units[place] = await organizations.create(
                    act,
                    parent_id=made.units[above].id,
                    code=place.upper(),
                    name=f"{name}{place}",
                    kind=kind,
                    approves_probationary=place == "committee",
                    founded_on=FOUNDED,
                )
            await override(  # most tests are about other things
                act, made.units["root"].id, "core.second_factor_for", RULED, None, "测试"
            )
        for plugin in self.platform.plugins.names:
            await made.switch(plugin, True)
        for login, role, at in ACCOUNTS:
            await made.account(login, role, at)
        return made


@asynccontextmanager
async def running(settings: Settings, plugins: Plugins | None = None) -> AsyncIterator[House]:
    """The product over these settings; its clock stands still until the test moves it.

    Long work waits for `platform.jobs.run_waiting()`: nothing happens beside the test.
    """
    app = create_app(replace(settings, run_jobs=False, **UNLIMITED), plugins)
    async with app.router.lifespan_context(app):
        platform: Platform = app.state.platform
        platform.passwords.close()
        platform.passwords = Passwords(time_cost=1, memory_kib=8)
        platform.answerings = _answerings(platform.plugins, platform.cursors)
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://zhibu") as client:
            house = House(platform=platform, app=app, client=client)
            platform.clock = lambda: house.now
            yield house


@lru_cache(maxsize=8)
def _answerings(plugins: Plugins, secret: bytes) -> Answerings:
    """Schemas that all tests of a process share: to compose one takes longer than most tests."""
    return Answerings(Parts(core.graph(), plugins.graphs()), secret=secret)


@dataclass(frozen=True)
class Furnished:
    """An installation at rest with one institution in it, to be copied by tests."""

    settings: Settings
    institution: Institution


def furnish(settings: Settings, plugins: Plugins) -> Furnished:
    """Found the institution of `House.found` in this installation, and leave it."""

    async def found_one() -> Institution:
        async with running(settings, plugins) as house:
            return await house.found()

    return Furnished(settings, asyncio.run(found_one()))
