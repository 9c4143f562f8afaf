"""Whatever others hold, our answers are the same: to every role, on all fields, by every way."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
import pytest_asyncio
from tests.noninterference.documents import Document, Documents, Ids, fields_of, told, values
from tests.noninterference.leaks import LEAKS, Leak
from tests.noninterference.worlds import BELOW, ROLES, Laid, World, lay, opened

from zhibu import snapshots
from zhibu.graph.answering import Answerings
from zhibu.plugins import Plugins

# One after another in one process: laying the worlds takes longer than asking.
pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("noninterference")]

QUERIES = int(os.environ.get("ZHIBU_QUERIES", "6"))  # of each role, besides those for all fields
DOCUMENTS = max(0, QUERIES // 50)  # further documents, besides those that ask every field
ROUNDS = 6
TRIES = 8
LEAK_WITHIN = 100
WAYS = 12
OTHERS = (("crowded", "them"), ("spread", "them"), ("spread", "rival"))
WHO_SEES_MOST = (
    "municipal_organization_officer",
    "committee_secretary",
    "security_administrator",
    "audit_administrator",
    "system_administrator",
    "branch_secretary",
    "member",
)

# Types that no role is answered in these worlds, each with its reason. Their fields are asked too.
UNREACHABLE = {
    "Identity": "is linked by an identity provider, and there is none",
    "JobFault": "is about a row of a workbook, and nobody hands in one with mistakes",
    "OpenOversight": "is a door that another institution opened to one of us",
    "ProcedureObjection": "is against a decision about oneself, and nothing was decided about one",
    "ReminderDelivery": "is kept when a reminder was sent, and nothing is sent here",
    "UserError": "is in an answer to a mutation, or in a job that was refused",
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def laid(
    request: pytest.FixtureRequest,
    installed_plugins: Plugins,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Laid]:
    furnished = request.getfixturevalue(f"founded_{request.param}")
    sqlite = request.param == "sqlite"
    server = None if sqlite else request.getfixturevalue("postgres_server")
    folder = tmp_path_factory.mktemp("worlds")
    with ExitStack() as stack:
        yield asyncio.run(lay(furnished, folder, installed_plugins, server, stack))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def asking(laid: Laid, installed_plugins: Plugins) -> AsyncIterator["Asking"]:
    async with AsyncExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(snapshots, "REMEMBERED", 3600.0)  # what is read again takes statements
        worlds = [
            await stack.enter_async_context(opened(laid, name, installed_plugins))
            for name in ("quiet", "crowded", "spread")
        ]
        # Compiling is what takes time. Whether plans remember who asked first, SQLite shows.
        alike = worlds[1:] if worlds[0].house.platform.homes.default.name == "sqlite" else worlds
        own = worlds[0].house.platform
        own.answerings = Answerings(own.parts, secret=own.cursors)
        for world in alike:
            world.house.platform.answerings = alike[0].house.platform.answerings
        for world in worlds:  # who is remembered by then takes as many statements everywhere
            for role in (*ROLES, *laid.others):
                await world.ask(role, "{ viewer { name } }", {})
        yield Asking(*worlds, ids=Ids(laid.own, laid.foreign))


class Differing(AssertionError):
    """Two worlds answer one of us otherwise."""


@dataclass
class Asking:
    """The worlds, and what was asked in them so far."""

    quiet: World
    crowded: World
    spread: World
    ids: Ids
    random: Random = field(default_factory=lambda: Random(20261127))
    made: list[Document] = field(default_factory=list)
    printing: list[Document] = field(default_factory=list)
    asked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROLES, 0))

    def __post_init__(self) -> None:
        quiet = self.quiet.house.platform
        self.schema = quiet.parts.compose(frozenset(quiet.plugins.names))._schema
        self.documents = Documents(self.schema, self.random)
        self.untold = set(fields_of(self.schema))

    def worlds_of(self, role: str) -> tuple[World, World]:
        """Two worlds between which there is nothing that this role may see."""
        return self.quiet, self.spread if role in BELOW else self.crowded

    def forget(self) -> None:
        """Whatever was compiled is to be compiled anew."""
        for world in (self.crowded, self.spread):
            for answering in world.house.platform.answerings._kept._built.values():
                answering.engine._operations.clear()

    async def reach(self, document: Document) -> None:
        """Ask it plainly, as those who may see most, until all that it asks was answered."""
        for _ in range(TRIES if document.names_rows else 1):
            given = values(document, self.ids, self.random, plain=True)
            for role in WHO_SEES_MOST:
                if not document.fields & self.untold:
                    return
                answer = await self.quiet.ask(role, document.text, given)
                if set(told(self.schema, answer)) & self.untold:
                    await self.compare(role, document, given)
        await self.compare(self.random.choice(list(ROLES)), document, given)

    async def ask(self, document: Document, roles: Iterable[str]) -> None:
        """Have it asked by one who may see more, then by roles. Raises `Differing`."""
        given = values(document, self.ids, self.random)
        world, other = self.random.choice(OTHERS)
        found = await getattr(self, world).ask(other, document.text, given)
        self.ids.harvest(found, own=False)
        for role in roles:
            await self.compare(role, document, given)

    async def compare(self, role: str, document: Document, given: dict[str, Any]) -> None:
        one, two = self.worlds_of(role)
        answer = await one.ask(role, document.text, given)
        other = await two.ask(role, document.text, given)
        self.asked[role] += 1
        self.ids.harvest(answer, own=True)
        self.untold -= set(told(self.schema, answer))
        if answer != other:
            told_of = {"role": role, "document": document.text, "variables": given}
            raise Differing(json.dumps({**told_of, one.name: answer, two.name: other}))

    async def everything(self) -> None:
        """Every field, until somebody was answered it or several rounds were in vain."""
        for number in range(ROUNDS):
            self.documents.wanted = self.wanted() if number else set(self.untold)
            while self.documents.wanted:
                document = self.documents.make()
                if document.prints:
                    self.printing.append(document)
                else:
                    self.made.append(document)
                    await self.reach(document)

    async def hunt(self, leak: Leak) -> None:
        """Ask what may show the leak. Raises `Differing`."""
        self.random = Random(leak.plant.__name__)
        documents = [document for document in self.made if leak.shows(document.fields)]
        showing = {field for field in fields_of(self.schema) if leak.shows(frozenset([field]))}
        while len(documents) < WAYS:  # what was asked in one place only may be seen by none of us
            self.documents.wanted = set(showing)
            documents.append(self.documents.make())
        for _ in range(LEAK_WITHIN):
            await self.ask(self.random.choice(documents), self.random.sample(list(ROLES), 2))

    def wanted(self) -> set[tuple[str, str]]:
        return {(kind, name) for kind, name in self.untold if kind not in UNREACHABLE}


async def test_what_others_hold_changes_no_answer(asking: Asking) -> None:
    """Every field is asked, and answered to somebody; the rest is asked at random."""
    await asking.everything()
    asking.made += [asking.documents.make() for _ in range(DOCUMENTS)]
    while least := [role for role, count in asking.asked.items() if count < QUERIES]:
        some = asking.random.sample(least, min(3, len(least)))
        await asking.ask(asking.random.choice(asking.made), some)
    for document in asking.printing:  # at last: what the ledger says about it has an id of its own
        await asking.reach(document)
    assert asking.wanted() == set()


@pytest.mark.parametrize("name", LEAKS)
async def test_a_planted_leak_is_found(
    asking: Asking, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not asking.made:
        await asking.everything()
    leak = LEAKS[name]
    foreign = frozenset(id for rows in asking.ids.foreign.values() for id in rows)
    broken = [asking.crowded.house.platform, asking.spread.house.platform]
    if leak.compiled:
        asking.forget()
    leak.plant(monkeypatch, broken, foreign)
    try:
        with pytest.raises(Differing):
            await asking.hunt(leak)
    finally:
        monkeypatch.undo()
        if leak.compiled:
            asking.forget()
