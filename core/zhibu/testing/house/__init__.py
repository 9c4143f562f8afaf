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
from datetime import datetime
from functools import lru_cache
from itertools import count
from typing import Any

import httpx2 as httpx
import orjson
from starlette.types import ASGIApp

from zhibu.accounts.passwords import Passwords
from zhibu.app import create_app
from zhibu.declared import parts_of
from zhibu.graph.answering import Answerings
from zhibu.graph.compose import Parts
from zhibu.organizations import service as organizations
from zhibu.organizations.public import organizations_by_code
from zhibu.organizations.rules import Kind
from zhibu.parameters.service import override
from zhibu.platform import Platform
from zhibu.plugins import Plugins
from zhibu.settings import Settings
from zhibu.tenants.founding import Root, found
from zhibu.testing.asking import posted
from zhibu.testing.house.institution import Institution
from zhibu.testing.house.places import (
    ACCOUNTS,
    FOUNDED,
    NOON,
    OPERATOR,
    PASSWORD,
    RULED,
    TREE,
    UNLIMITED,
)
from zhibu.testing.register import identity
from zhibu.testing.streams import Socket, events_of, socket_to

__all__ = [
    "FOUNDED",
    "NOON",
    "OPERATOR",
    "PASSWORD",
    "Furnished",
    "House",
    "Institution",
    "furnish",
    "identity",
    "running",
]


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
        asked = orjson.dumps({"query": document, "variables": variables or {}})
        found: dict[str, Any] = orjson.loads(await posted(self.app, asked, sent))
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
    changed = replace(settings, run_jobs=False, **UNLIMITED)
    app = create_app(changed, plugins)
    async with app.router.lifespan_context(app):
        await asyncio.wait({app.state.resuming})  # or its statements come at any time
        platform: Platform = app.state.platform
        platform.passwords.close()
        platform.passwords = Passwords(time_cost=1, memory_kib=8)
        platform.answerings = _answerings(parts_of(platform.plugins), platform.cursors)
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://zhibu") as client:
            house = House(platform=platform, app=app, client=client)
            platform.clock = lambda: house.now
            yield house


@lru_cache(maxsize=8)
def _answerings(parts: Parts, secret: bytes) -> Answerings:
    """Schemas that all tests of a process share: to compose one takes longer than most tests."""
    return Answerings(parts, secret=secret)


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
