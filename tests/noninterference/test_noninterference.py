"""Whatever others hold, our answers are the same: to every role, on all fields, by every way.

A query is a root field with its arguments and its selection; as often as it is asked with the same
values by the same role it is one. `TEST_QUERIES` says how many each role asks.
"""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

import orjson
import pytest
import pytest_asyncio
from tests.noninterference.documents import Document, Documents, Ids, fields_of, told, values
from tests.noninterference.leaks import LEAKS, Leak
from tests.noninterference.worlds import BELOW, ROLES, Laid, World, body, lay, opened

from zhibu import snapshots
from zhibu.graph.answering import Answerings
from zhibu.plugins import Plugins

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUERIES = int(os.environ.get("TEST_QUERIES", "6"))  # of each role
SEED = os.environ.get("TEST_SEED") or secrets.token_hex(4)  # of what is drawn anew in each run
DEEP = 6  # of each role, in the documents that ask every field: they are slowly compiled
EACH = 1  # small document of each root field, drawn anew in each run: compiling takes longest
DEAR = {"dueItems": 0.005}  # how often it is drawn: it is composed anew whenever it is asked
SAME_VALUES = 5  # roles that ask alike, after one who may see more
ROUNDS = 16  # nothing is asked again once it was answered
TRIES = 8  # of a document; where that was in vain twice,
ALL = 400
LEAK_WITHIN = 1000
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


# One after another in one process: laying the worlds takes longer than asking.
@pytest.fixture(
    scope="module",
    params=[
        pytest.param(name, marks=pytest.mark.xdist_group(f"noninterference-{name}"))
        for name in ("sqlite", "postgresql")
    ],
)
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
        # Compiling is what takes time. Whether plans remember who asked first, SQLite shows, where
        # every field is asked; what is small is compiled once for all.
        alike = worlds[1:] if worlds[0].house.platform.homes.default.name == "sqlite" else worlds
        own = worlds[0].house.platform
        own.answerings = Answerings(own.answerings.parts, secret=own.cursors)
        for world in alike:
            world.house.platform.answerings = alike[0].house.platform.answerings
        for world in worlds:  # who is remembered by then takes as many statements everywhere
            for role in (*ROLES, *laid.others):
                await world.ask(role, body("{ viewer { name } }"))
        yield Asking(*worlds, ids=Ids(laid.own, laid.foreign))


class Differing(AssertionError):
    """Two worlds answer one of us otherwise, or with a fault of our own."""


@dataclass
class Asking:
    """The worlds, and what was asked in them so far."""

    quiet: World
    crowded: World
    spread: World
    ids: Ids
    random: Random = field(default_factory=lambda: Random(20261127))
    made: list[Document] = field(default_factory=list)
    small: list[Document] = field(default_factory=list)
    printing: list[Document] = field(default_factory=list)
    asked: dict[str, set[int]] = field(default_factory=lambda: {role: set() for role in ROLES})

    def __post_init__(self) -> None:
        quiet = self.quiet.house.platform
        self.schema = quiet.answerings.parts.compose(frozenset(quiet.plugins.names))._schema
        self.documents = Documents(self.schema, self.random)
        self.untold = set(fields_of(self.schema))

    def worlds_of(self, role: str) -> tuple[World, World]:
        """Two worlds between which there is nothing that this role may see."""
        return self.quiet, self.spread if role in BELOW else self.crowded

    @contextmanager
    def sharing(self) -> Iterator[None]:
        """Whatever is compiled meanwhile is compiled once for all worlds."""
        with pytest.MonkeyPatch.context() as patch:
            shared = self.crowded.house.platform.answerings
            patch.setattr(self.quiet.house.platform, "answerings", shared)
            yield

    def forget(self) -> None:
        """Whatever was compiled is to be compiled anew."""
        for world in (self.crowded, self.spread):
            for answering in world.house.platform.answerings._kept._built.values():
                answering.engine._operations.clear()

    async def reach(self, document: Document, *, tries: int = TRIES) -> None:
        """Ask it plainly, as those who may see most, until all that it asks was answered, or each
        of our rows was named, or there were so many `tries`."""
        for _ in range(min(tries, document.rows(self.ids)) or 1):
            given = values(document, self.ids, self.random, plain=True)
            for role in WHO_SEES_MOST:
                if not document.fields & self.untold:
                    return
                answer, _ = await self.quiet.ask(role, body(document.text, given))
                if set(told(self.schema, orjson.loads(answer))) & self.untold:
                    await self.compare(role, document, given)
        await self.compare(self.random.choice(list(ROLES)), document, given)

    async def ask(self, document: Document, roles: Collection[str]) -> None:
        """Have it asked by one who may see more, then by roles. Raises `Differing`."""
        given = values(document, self.ids, self.random)
        asked = body(document.text, given)
        new = [role for role in roles if hash(asked) not in self.asked[role]]
        if not new:
            return
        world, other = self.random.choice(OTHERS)
        found, _ = await getattr(self, world).ask(other, asked)
        self.ids.harvest(orjson.loads(found), own=False)
        for role in new:
            await self.compare(role, document, given, learn=False)

    async def compare(
        self, role: str, document: Document, given: dict[str, Any], *, learn: bool = True
    ) -> None:
        one, two = self.worlds_of(role)
        asked = body(document.text, given)
        answer = await one.ask(role, asked)
        other = await two.ask(role, asked)
        self.asked[role].add(hash(asked))
        if answer != other or b'"INTERNAL"' in answer[0]:
            told_of = f"{role} {document.text} {given}, of seed {SEED}"
            raise Differing(f"{told_of}\n{one.name}: {answer}\n{two.name}: {other}")
        if learn:
            found = orjson.loads(answer[0])
            self.ids.harvest(found, own=True)
            self.untold -= set(told(self.schema, found))

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
                    await self.reach(document, tries=TRIES if number < 2 else ALL)

    def draw(self) -> None:
        """Small documents, some of every root field."""
        query = self.schema.query_type
        assert query is not None
        drawn = [self.documents.small(name) for name in query.fields for _ in range(EACH)]
        self.small = [document for document in drawn if not document.prints]

    async def at_random(self, documents: list[Document], count: int) -> None:
        """Ask until each role has asked that much."""
        weights = [document.likelihood(DEAR) for document in documents]
        while least := [role for role, asked in self.asked.items() if len(asked) < count]:
            [document] = self.random.choices(documents, weights)
            await self.ask(document, self.random.sample(least, min(SAME_VALUES, len(least))))

    async def hunt(self, leak: Leak, documents: list[Document]) -> None:
        """Ask what may show the leak. Raises `Differing`."""
        documents = [document for document in documents if leak.shows(document.fields)]
        showing = {field for field in fields_of(self.schema) if leak.shows(frozenset([field]))}
        while len(documents) < WAYS:  # what was asked in one place only may be seen by none of us
            self.documents.wanted = set(showing)
            documents.append(self.documents.make())
        for _ in range(LEAK_WITHIN):
            for asked in self.asked.values():
                asked.clear()
            await self.ask(self.random.choice(documents), self.random.sample(list(ROLES), 2))

    def wanted(self) -> set[tuple[str, str]]:
        return {(kind, name) for kind, name in self.untold if kind not in UNREACHABLE}


async def test_what_others_hold_changes_no_answer(asking: Asking) -> None:
    """Every field is asked, and answered to somebody; the rest is asked at random."""
    print(f"TEST_SEED={SEED}")
    await asking.everything()
    await asking.at_random(asking.made, DEEP)
    asking.random.seed(SEED)
    asking.draw()
    with asking.sharing():
        await asking.at_random(asking.small, QUERIES)
    for document in asking.printing:  # at last: what the ledger says about it has an id of its own
        await asking.reach(document, tries=ALL)  # there is no second round
    assert asking.wanted() == set()


@pytest.mark.parametrize("name", LEAKS)
async def test_a_planted_leak_is_found(
    asking: Asking, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a seed that is always the same, and from one that is never."""
    print(f"TEST_SEED={SEED}")
    if not asking.made:
        await asking.everything()
    if not asking.small:
        asking.random.seed(SEED)
        asking.draw()
    leak = LEAKS[name]
    foreign = frozenset(id for rows in asking.ids.foreign.values() for id in rows)
    broken = [asking.crowded.house.platform, asking.spread.house.platform]
    if leak.compiled:
        asking.forget()
    leak.plant(monkeypatch, broken, foreign)
    try:
        asking.random.seed(name)
        with pytest.raises(Differing):
            await asking.hunt(leak, asking.made)
        asking.random.seed(f"{name} {SEED}")
        with pytest.raises(Differing):
            await asking.hunt(leak, asking.small)
    finally:
        monkeypatch.undo()
        if leak.compiled:
            asking.forget()
