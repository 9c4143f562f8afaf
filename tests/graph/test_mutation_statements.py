"""How many SQL statements each mutation sends, held against the tables in `mutations/`.

A file there is a story: its steps are told in order in one filled institution. `$name` is an id
that the institution has, or that an earlier step kept. A mutation with `statements` is counted, on
SQLite and on PostgreSQL; its caller's credential is remembered by then. A `query` only keeps what
it finds; `sweep` lets another day come, with its reminders, and `minutes` pass; `fails` has the
jobs of this kind done, in vain; `delivered` has every job done. `$code.key` is the
code of this moment by a kept key; `session` says where the answer has the caller's new session.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from string import Template
from typing import Any

import pyotp
import pytest
import yaml
from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    get_named_type,
    get_nullable_type,
)

from zhibu import core
from zhibu.accounts.providers.configured import Provider
from zhibu.accounts.providers.known import Providers
from zhibu.graph.compose import Parts
from zhibu.identifiers import global_id
from zhibu.jobs.work import Task
from zhibu.plugins import Plugins
from zhibu.testing.counting import statements
from zhibu.testing.deadlines import Deadlines
from zhibu.testing.filled import Filled, filled
from zhibu.testing.house import NOON, PASSWORD, House, Institution
from zhibu.testing.pictures import grey
from zhibu.testing.register import identity


class Words(yaml.SafeLoader):
    """Every scalar stays as it is written: `on` and `YES` are words here, no truths."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the library's own way to say so
        first: [(tag, word) for tag, word in known if tag.endswith(":merge")]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


FILES = sorted((Path(__file__).parent / "mutations").glob("*.yaml"))
STORIES = {file.stem: yaml.load(file.read_text("utf-8"), Words) for file in FILES}
HOW = """No story in tests/graph/mutations/ says how many statements these send: {names}.
Add a step for each to the story of its plugin, or begin a new one:

- mutation: {first}
  by: officer                 # any login of `zhibu.testing.house`, or `me`, `almighty`, `keeper`
  input: {{member: $me}}        # what is accepted when the story has come here
  keep: {{made: member.id}}     # what a later step calls $made
  statements: [0, 0]          # on SQLite, on PostgreSQL: the failing test tells the numbers
"""


async def in_vain(task: Task) -> Mapping[str, Any]:
    raise ArithmeticError


@dataclass(kw_only=True)
class Stage:
    """An institution, its neighbour if the story has one, and what the steps so far have kept."""

    here: Filled
    fields: Mapping[str, GraphQLField]
    known: dict[str, str]
    neighbours: dict[str, Institution] = field(default_factory=dict)

    async def tell(self, step: Mapping[str, Any]) -> list[str]:
        """Do one step, and say what it sent."""
        if "sweep" in step:
            await Deadlines(at=self.here.institution).sweep(date.fromisoformat(step["sweep"]))
            return []
        if "minutes" in step:
            self.here.institution.house.now += timedelta(minutes=int(step["minutes"]))
            return []
        if "delivered" in step:
            await self.here.institution.house.platform.jobs.run_waiting()
            return []
        if "fails" in step:
            jobs = self.here.institution.house.platform.jobs
            work = jobs.works[step["fails"]]
            jobs.works[work.kind] = replace(work, run=in_vain, retries=0)
            await jobs.run_waiting()
            jobs.works[work.kind] = work
            return []
        credential = await self.credential(step.get("by"))
        answer, sent = await self.asked(step, credential)
        assert "errors" not in answer, (step, answer)
        payload = answer["data"]
        if "mutation" in step:
            payload = payload[step["mutation"]]
            assert payload["userErrors"] == [], (step, payload)
        kept = step.get("keep", {})
        self.known |= {word: found(payload, path) for word, path in kept.items()}
        if "session" in step:
            self.here.institution.credentials[step["by"]] = found(payload, step["session"])
        return sent

    async def asked(
        self, step: Mapping[str, Any], credential: str | None
    ) -> tuple[dict[str, Any], list[str]]:
        """The answer to the document of a step, and what was sent for it."""
        house = self.here.institution.house
        if "query" in step:
            query = Template(step["query"]).safe_substitute(self.known)
            return await house.ask(query, credential=credential), []
        name = step["mutation"]
        field = self.fields[name]
        kind = field.args["input"].type
        kept = [*step.get("keep", {}).values(), *([step["session"]] if "session" in step else ())]
        select = step.get("select") or selection(field, kept)
        document = (
            f"mutation ($input: {kind}) {{ {name}(input: $input) "
            f"{{ {select} userErrors {{ code path message }} }} }}"
        )
        variables = {"input": self.value(step["input"], kind)}
        for institution in (self.here.institution, *self.neighbours.values()):
            house.platform.changed(institution.tenant.id)  # what is remembered is not old now
        await house.ask("{ viewer { name } }", credential=credential)
        with statements() as sent:
            answer = await house.ask(document, variables, credential=credential)
        return answer, sent

    async def credential(self, login: str | None) -> str | None:
        """A session of this login, begun today."""
        if login is None:
            return None
        code, _, name = login.rpartition(".")
        here, house = self.here.institution, self.here.institution.house
        if code and code not in self.neighbours:
            self.neighbours[code] = await house.found(code)
        signed = self.neighbours[code] if code else here
        if house.now.date() != NOON.date():
            return await house.sign_in(signed.tenant.code, name)
        return signed.credentials[name]

    def value(self, given: Any, kind: Any) -> Any:
        """What a story says, as the type of the argument wants it; JSON as its words stand."""
        kind = get_nullable_type(kind)
        if isinstance(kind, GraphQLList):
            return [self.value(each, kind.of_type) for each in given]
        if isinstance(kind, GraphQLInputObjectType):
            return {name: self.value(each, kind.fields[name].type) for name, each in given.items()}
        if isinstance(given, str) and given.startswith("$"):
            word, _, key = given[1:].partition(".")
            if word == "code":
                return pyotp.TOTP(self.known[key]).at(self.here.institution.house.now)
            given = self.known[given[1:]]
        if given == "null":
            return None
        if kind.name == "Boolean":
            return given == "true"
        return int(given) if kind.name == "Int" else given


def selection(field: GraphQLField, kept: Iterable[str]) -> str:
    """The ids of the objects that the mutation answers, and what is to be kept of its answer."""
    tree: dict[str, Any] = {}
    for name, below in get_named_type(field.type).fields.items():
        if "id" in getattr(get_named_type(below.type), "fields", {}):
            tree[name] = {"id": {}}
    for path in kept:
        here = tree
        for word in path.split("."):
            if not word.isdecimal():
                here = here.setdefault(word, {})
    return written(tree)


def written(tree: Mapping[str, Any]) -> str:
    return " ".join(
        f"{name} {{ {written(below)} }}" if below else name for name, below in tree.items()
    )


def found(payload: Any, path: str) -> str:
    for word in path.split("."):
        payload = payload[int(word)] if word.isdecimal() else payload[word]
    return str(payload)


CAMPUS = Provider(
    name="campus", kind="cas", tenant="yunling", address="https://cas.example.cn", title="校园"
)


@pytest.fixture
async def stage(house: House, installed_plugins: Plugins, monkeypatch: pytest.MonkeyPatch) -> Stage:
    # On a slow machine what is remembered for seconds would be asked again, now and then.
    monkeypatch.setattr("zhibu.snapshots.REMEMBERED", 1e9)
    monkeypatch.setattr(house.platform.directory, "_seconds", 1e9)
    return await staged(await filled(house, "yunling"), installed_plugins)


async def staged(here: Filled, plugins: Plugins) -> Stage:
    """An institution with a member `me` who has an account and a photo, a `peer`, and a file."""
    institution = here.institution
    institution.house.platform.providers = Providers({"campus": CAMPUS}, None)
    me, peer = await institution.member(), await institution.member()
    account = await institution.account("me", member_id=me.id)
    await institution.account("auditor", "audit_administrator")
    answer = await institution.house.client.post(
        "/files",
        content=b"%PDF-1.7 evidence",
        params={"organization": institution.id("branch"), "name": "evidence.pdf"},
        headers={"authorization": f"Bearer {institution.credentials['almighty']}"},
    )
    photo = await institution.house.client.post(
        "/files",
        content=grey(),
        params={"member": global_id("Member", me.id), "name": "photo.jpg"},
        headers={"authorization": f"Bearer {institution.credentials['secretary']}"},
    )
    known = {
        **here.ids,
        "photo": photo.json()["id"],
        "me": global_id("Member", me.id),
        "account.me": global_id("Account", account),
        "peer": global_id("Member", peer.id),
        "file": answer.json()["id"],
        "password": PASSWORD,
        **{f"identity{n}": identity(800 + n) for n in range(1, 8)},
    }
    return Stage(here=here, fields=mutations(plugins), known=known)


def mutations(plugins: Plugins) -> Mapping[str, GraphQLField]:
    """Every mutation of the schema that all plugins make together."""
    schema = Parts(core.graph(), plugins.graphs()).compose(frozenset(plugins.names))
    assert schema._schema.mutation_type is not None
    return schema._schema.mutation_type.fields


def test_every_mutation_is_told_of(installed_plugins: Plugins) -> None:
    known = mutations(installed_plugins)
    counted = {
        step["mutation"] for story in STORIES.values() for step in story if "statements" in step
    }
    if left := [name for name in known if name not in counted]:
        pytest.fail(HOW.format(names=", ".join(left), first=left[0]), pytrace=False)
    assert counted <= set(known)


@pytest.mark.parametrize("story", STORIES)
async def test_a_mutation_takes_as_many_statements_as_its_table_says(
    stage: Stage, story: str
) -> None:
    place = ("sqlite", "postgresql").index(stage.here.institution.house.platform.homes.default.name)
    wrong = []
    for step in STORIES[story]:
        sent = await stage.tell(step)
        if "statements" in step and len(sent) != int(step["statements"][place]):
            wrong.append((step["mutation"], step["statements"][place], sent))
    if wrong:
        told = "\n".join(f"{name}: {len(sent)}, not {said}" for name, said, sent in wrong)
        name, _, sent = wrong[0]
        listed = "\n".join(f"{n}. {' '.join(sql.split())[:200]}" for n, sql in enumerate(sent, 1))
        database = ("SQLite", "PostgreSQL")[place]
        pytest.fail(
            f"On {database}, {story}.yaml:\n{told}\n\n{name} sent:\n{listed}", pytrace=False
        )
