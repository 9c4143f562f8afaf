"""Two institutions of one installation, and a kind of message that a plugin of both speaks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from zhibu.act import Act, Event
from zhibu.contributions import Exchange
from zhibu.errors import Conflict, Refused, Unavailable
from zhibu.events.tables import LedgerEntry
from zhibu.exchange import store
from zhibu.exchange.public import Message, Told, send
from zhibu.identifiers import new_id
from zhibu.testing.house import Institution

KIND = "education.told"


class Unwanted(Conflict):
    """The plugin over there will not have it."""

    code = "test.unwanted"


class Cut(Exception):
    """The process ends here, as if it had been killed."""


@dataclass
class Heard:
    """What the plugin did: it records an event for each message, and may be told to fail."""

    back: list[str] = field(default_factory=list)
    came: list[str] = field(default_factory=list)
    fail: Exception | None = None

    async def received(self, act: Act, told: Told) -> None:
        self._note(act, "education.heard", told)
        if told.body["say"] == "unwanted":
            raise Refused([Unwanted()])
        if told.body.get("answer"):
            await send(act, said(told.counterpart, "answered", about=told.about))
        if self.fail is not None:
            raise self.fail
        self.came.append(told.body["say"])

    async def undeliverable(self, act: Act, told: Told) -> None:
        self._note(act, "education.came_back", told)
        self.back.append(told.body["say"])

    def _note(self, act: Act, name: str, told: Told) -> None:
        facts = {"say": told.body["say"], "counterpart": told.counterpart}
        act.record(Event(name=name, subject=("Thing", told.about), path=told.path, facts=facts))


@dataclass(kw_only=True)
class Pair:
    """The institution that speaks first, the other one, and what their plugin heard."""

    home: Institution
    there: Institution
    heard: Heard

    async def say(self, say: str, about: UUID, to: str | None = None, **more: Any) -> UUID:
        async with self.home.operator() as act:
            return await send(act, said(to or self.there.tenant.code, say, about=about, **more))

    async def work(self) -> int:
        return await self.home.house.platform.jobs.run_waiting()


def said(to: str, say: str, *, about: UUID, kind: str = KIND, **more: Any) -> Message:
    return Message(kind=kind, to=to, about=about, path="1.", body={"say": say, **more})


@pytest.fixture
async def pair(institution: Institution) -> Pair:
    there = await institution.house.found("haibin", "海滨市委组织部")
    heard = Heard()
    kind = Exchange(kind=KIND, received=heard.received, undeliverable=heard.undeliverable)
    institution.house.platform.exchanges = {KIND: kind}
    institution.house.platform.due = {}  # as days go by: looking for it takes longer than all else
    return Pair(home=institution, there=there, heard=heard)


@pytest.fixture
def about() -> UUID:
    return new_id()


@asynccontextmanager
async def cut_at(home: Institution, place: str) -> AsyncIterator[None]:
    """The process is lost at this place: before or after the commit of a transaction."""
    platform = home.house.platform
    whole, code, moment = platform.act, *place.split(" ")

    @asynccontextmanager
    async def act(tenant: Any, caller: Any, **more: Any) -> AsyncIterator[Act]:
        here = tenant.code == code
        async with whole(tenant, caller, **more) as made:
            yield made
            if here and moment == "before":
                raise Cut
        if here and moment == "after":
            raise Cut

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(platform, "act", act)
        yield


async def messages(institution: Institution) -> list[store.Row]:
    """Every message of an institution's home, in the order of their ids."""
    platform, tenant = institution.house.platform, institution.tenant.id
    async with platform.homes.home(tenant).view(tenant) as session:
        ids = await session.scalars(
            select(store.TABLE.c.id)
            .where(store.TABLE.c.tenant_id == tenant)
            .order_by(store.TABLE.c.id)
        )
        found = [await store.find(session, tenant, id) for id in ids]
    return [row for row in found if row is not None]


async def states(institution: Institution) -> list[str]:
    return [str(row.state) for row in await messages(institution)]


async def ledger(institution: Institution, event: str) -> list[tuple[str, dict[str, Any]]]:
    """By whom and with which facts the ledger has such entries, in order."""
    platform, tenant = institution.house.platform, institution.tenant.id
    async with platform.homes.home(tenant).view(tenant) as session:
        found = await session.execute(
            select(LedgerEntry.body, LedgerEntry.facts)
            .where(LedgerEntry.tenant_id == tenant, LedgerEntry.event == event)
            .order_by(LedgerEntry.seq)
        )
        return [(row[0], row[1]) for row in found]


class Away(Unavailable):
    """The home cannot be reached."""

    code = "test.away"
