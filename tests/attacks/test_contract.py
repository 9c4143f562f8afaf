"""Whatever Schemathesis makes of the schema is answered by the contract, to whoever asks.

`TEST_EXAMPLES=200` makes as many documents of each query and mutation; every run makes a few.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, nullcontext
from dataclasses import dataclass, field
from random import Random
from typing import Any

import orjson
import pytest
from graphql import GraphQLSchema, parse, print_ast
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as examined
from hypothesis import strategies as st
from sqlalchemy import text
from tests.attacks.contract import CALLS, Answered, breaches
from tests.attacks.generated import documents, operations, schema, sensible, with_names
from tests.graph.test_walls import rows_of
from tests.noninterference.documents import Ids

from zhibu.errors import NotFound
from zhibu.graph import answering
from zhibu.graph.answering import Answering
from zhibu.identifiers import global_id
from zhibu.plugins import Plugins
from zhibu.reading import Engine
from zhibu.settings import Settings
from zhibu.tenants import service
from zhibu.testing.counting import Counted, calls, statements
from zhibu.testing.databases import fresh_postgresql, fresh_sqlite
from zhibu.testing.house import Furnished, House, Institution, running

EXAMPLES = int(os.environ.get("TEST_EXAMPLES", "2"))  # of each operation
FEW = 10
SEED = int(os.environ.get("TEST_SEED", "20261128"))
FOUND_WITHIN = 30
ROLES = (None, "me", "secretary", "officer")
DRAWN: dict[tuple[str, int, bool], list[tuple[str, int]]] = {}

# One after another in one process: the institution is prepared once.
pytestmark = pytest.mark.xdist_group("contract")


class ContractBroken(AssertionError):
    """An answer is against the contract."""


@dataclass
class Asking:
    """A running product, and what was answered so far."""

    institution: Institution
    schema: GraphQLSchema
    ids: Ids
    secrets: tuple[str, ...]
    told: Counter[str] = field(default_factory=Counter)

    @property
    def house(self) -> House:
        return self.institution.house

    async def hold(self, made: str, chance: int) -> None:
        """Ask it as everybody. Raises `ContractBroken`."""
        document, random = with_names(parse(made), self.schema), Random(chance)
        if random.random() < 0.8:
            document = sensible(document, self.schema, self.ids, random)
        asked = print_ast(document)
        for login in ROLES:
            answered = await self._answered(asked, login)
            if answered.calls > CALLS and not made.startswith("mutation"):
                answered = await self._answered(asked, login)  # it was compiled, for the first time
            if found := list(breaches(answered, document, self.schema, self.secrets)):
                told = answered.body.decode(errors="replace")[:2000]
                raise ContractBroken(f"{found}\n{login}: {asked}\n{told}")
            self._note(orjson.loads(answered.body))

    async def _answered(self, document: str, login: str | None) -> Answered:
        headers = {"accept-language": "en"} if login == "secretary" else {}
        if login is not None:
            headers["authorization"] = f"Bearer {self.institution.credentials[login]}"
        # Counting calls takes as long as they do, so only whoever may see most is counted.
        counting = calls() if login == "officer" else nullcontext(Counted())
        with statements() as sent, counting as counted:
            answer = await self.house.client.post(
                "/graphql", json={"query": document}, headers=headers
            )
        if login is not None and answer.status_code == 401:  # it signed out, or ended its sessions
            renewed = await self.house.sign_in(self.institution.tenant.code, login)
            self.institution.credentials[login] = renewed
        request = answer.headers["x-request-id"]
        return Answered(answer.status_code, request, answer.content, len(sent), counted.calls)

    def _note(self, answer: dict[str, Any]) -> None:
        self.ids.harvest(answer.get("data"), own=True)
        for error in answer.get("errors", ()):
            self.told[error["extensions"]["code"]] += 1
        for value in (answer.get("data") or {}).values():
            refused = isinstance(value, dict) and value.get("userErrors")
            self.told["refused" if refused else "answered"] += value is not None


@dataclass(frozen=True)
class Hunt:
    """Asks what Schemathesis makes."""

    runner: asyncio.Runner
    asking: Asking

    def operation(self, found: Any, examples: int, *, half: bool = False) -> None:
        """Ask so many, and half as many that are faulty; or half of both. Raises
        `ContractBroken`.
        """
        for count, faulty in ((examples, False), (examples // 2, True)):
            some = drawn(found, count, faulty=faulty)
            for made, chance in some[: (count + 1 - faulty) // 2] if half else some:
                self.runner.run(self.asking.hold(made, chance))


def drawn(found: Any, examples: int, *, faulty: bool) -> list[tuple[str, int]]:
    """So many documents of an operation, and a number for what is chosen in each.

    To draw them takes longer than to ask them: both databases are asked the same ones.
    """
    if (kept := DRAWN.get((found.label, examples, faulty))) is not None:
        return kept
    seen: dict[str, int] = {}

    @seed(f"{SEED} {found.label}")
    @examined(
        max_examples=examples + 1,  # the first one is the simplest
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(made=documents(found, faulty=faulty), chance=st.integers(0, 2**32))
    def draw(made: str, chance: int) -> None:
        simplest = examples < FEW and not chance
        if len(seen) < examples and not simplest:
            seen.setdefault(made, chance)

    draw()
    return DRAWN.setdefault((found.label, examples, faulty), list(seen.items()))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def hunt(
    request: pytest.FixtureRequest,
    installed_plugins: Plugins,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Hunt]:
    furnished: Furnished = request.getfixturevalue(f"founded_{request.param}")
    folder = tmp_path_factory.mktemp("contract")
    if request.param == "sqlite":
        copied = fresh_sqlite(furnished.settings, folder)
    else:
        server = request.getfixturevalue("postgres_server")
        copied = fresh_postgresql(furnished.settings, server, folder)
    with copied as settings, asyncio.Runner() as runner:
        stack = AsyncExitStack()
        try:
            house = runner.run(stack.enter_async_context(running(settings, installed_plugins)))
            house.ready = {furnished.institution.tenant.code: furnished.institution}
            yield Hunt(runner, runner.run(prepared(house, settings)))
        finally:
            runner.run(stack.aclose())


async def prepared(house: House, settings: Settings) -> Asking:
    institution = await house.found()
    rows = await rows_of(institution)
    person = await institution.member("branch")
    await institution.account("me", member_id=person.id)
    rows["Member"] = global_id("Member", person.id)
    own = [*rows.values(), *(institution.id(unit) for unit in institution.units)]
    tenant = institution.tenant.id
    secrets = (str(settings.data), str(tenant), tenant.hex)
    return Asking(institution, schema(), Ids(own, ()), secrets)


def test_every_answer_keeps_the_contract(hunt: Hunt) -> None:
    sqlite = hunt.asking.house.platform.homes.default.name == "sqlite"
    broken = {}
    for name, found in operations().items():
        try:
            hunt.operation(found, EXAMPLES, half=not sqlite)
        except ContractBroken as error:
            broken[name] = str(error)
    assert not broken, "\n\n".join(broken.values())
    told = hunt.asking.told
    assert {"BAD_USER_INPUT", "UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND"} <= set(told)
    assert min(told["answered"], told["refused"]) > 30  # or else nothing was held to it


async def a_bug(*given: Any, **named: Any) -> Any:
    raise KeyError(named["name"])


async def a_tale(*given: Any, **named: Any) -> Any:
    class Tale(NotFound):
        code = "core.document_unusable"

    raise Tale(fault="SELECT * FROM core_member")


async def a_crowd_of_statements(act: Any, **named: Any) -> Any:
    for _ in range(150):
        await act.session.execute(text("SELECT 1"))
    raise NotFound()


async def a_long_way(*given: Any, **named: Any) -> Any:
    def step() -> None: ...

    for _ in range(300_000):
        step()
    raise NotFound()


def without(part: str) -> Callable[..., Any]:
    def formatted(*given: Any) -> dict[str, Any]:
        entry = FORMATTED(*given)
        return {**entry, "extensions": {**entry["extensions"], part: None}}

    return formatted


def answering_with(changed: Callable[[int, bytes], Any]) -> Callable[..., Awaitable[Any]]:
    async def respond(*given: Any) -> Any:
        return changed(*await RESPOND(*given))

    return respond


async def hollow(*given: Any) -> bytes:
    answer = orjson.loads(await RUN(*given))
    return orjson.dumps({"data": {key: value and {} for key, value in answer["data"].items()}})


FORMATTED, RESPOND, RUN = answering.formatted, Answering.respond, Engine.run
CONFIGURE, MEMBERS = "Mutation.tenantConfigure", "Query.members"
DEFECTS: dict[str, tuple[Any, str, Any, str, str]] = {
    "a bug in a resolver": (service, "configure", a_bug, CONFIGURE, "code INTERNAL"),
    "an error that tells SQL": (service, "configure", a_tale, CONFIGURE, "of the inside"),
    "a statement for each row": (
        service,
        "configure",
        a_crowd_of_statements,
        CONFIGURE,
        r"\d+ statements",
    ),
    "a long calculation": (service, "configure", a_long_way, CONFIGURE, r"\d+ calls"),
    "an error without a code": (answering, "formatted", without("code"), MEMBERS, "code None"),
    "an error without a request": (
        answering,
        "formatted",
        without("requestId"),
        MEMBERS,
        "request id None",
    ),
    "a status nobody knows": (
        Answering,
        "respond",
        answering_with(lambda status, body: (500, body)),
        MEMBERS,
        "status 500",
    ),
    "a page instead of an answer": (
        Answering,
        "respond",
        answering_with(lambda status, body: (status, b"<h1>Oops</h1>")),
        MEMBERS,
        "no JSON",
    ),
    "an answer of another shape": (Engine, "run", hollow, MEMBERS, "other fields"),
}


@pytest.mark.parametrize("hunt", ["sqlite"], indirect=True)
@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_found(
    hunt: Hunt, defect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, name, planted, where, told = DEFECTS[defect]
    monkeypatch.setattr(owner, name, planted)
    with pytest.raises(ContractBroken, match=told):
        hunt.operation(operations()[where], FOUND_WITHIN)
