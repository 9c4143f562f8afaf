"""What one mutation costs over HTTP, ledger and figures included: `python -m bench.mutation`.

Both databases sync every commit to disk, as in operation. One client, one request at a time. Beside
the time it takes stand the statements it sends, and the processor's time of server and database,
which tells what the rest of a busy machine hides.
"""

import asyncio
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import orjson

from bench.arms import product
from bench.processes import children_times, processor_time, spent
from bench.server import postgresql
from zhibu.identifiers import global_id
from zhibu.organizations import service as organizations
from zhibu.organizations.rules import Kind
from zhibu.plugins import discover
from zhibu.settings import Database, Settings
from zhibu.storage.homes import Homes
from zhibu.testing.counting import statements
from zhibu.testing.house import FOUNDED, Institution, running
from zhibu.testing.register import identity

WARM, TIMES, WANTED = 30, 300, 10.0
BRANCHES = 12  # whoever is admitted joins one in turn: none grows beyond what a branch is
SHOWN = {
    "memberCorrect": "member { id note version }",
    "memberAdmit": "member { id name organization { name } }",
    "educationCreditRecord": "credit { id }",
}
INPUTS = {"educationCreditRecord": "EducationCreditInput"}


@dataclass(frozen=True, kw_only=True)
class Given:
    """Somebody who may change members, members to change, and the statements that it takes."""

    credential: str
    branches: list[str]
    members: list[str]
    statements: Mapping[str, int]


def correction(branches: list[str], members: list[str], number: int) -> dict[str, Any]:
    member = members[number % len(members)]
    return {"member": member, "reason": "核对档案", "note": f"第{number}次核对"}


def admission(branches: list[str], members: list[str], number: int) -> dict[str, Any]:
    return {
        "organization": branches[number % len(branches)],
        "name": f"新党员{number}",
        "identityNumber": identity(500 + number),
        "kind": "IN_SERVICE",
        "admittedOn": date.today().isoformat(),
        "decision": "支部党员大会决议",
    }


def credit(branches: list[str], members: list[str], number: int) -> dict[str, Any]:
    # Twenty members share the days of the year, an hour a day, so that no day is overfull.
    days, member = divmod(number, len(members))
    earned_on = date.fromordinal(date(date.today().year, 1, 1).toordinal() + days)
    return {
        "member": members[member],
        "earnedOn": earned_on.isoformat(),
        "hours": "1",
        "form": "CONCENTRATED",
        "topic": "political_theory",
        "title": "集中学习",
        "evidence": "签到表",
    }


# Branches grow by those who are admitted, so they come last.
MUTATIONS: dict[str, Callable[[list[str], list[str], int], dict[str, Any]]] = {
    "memberCorrect": correction,
    "educationCreditRecord": credit,
    "memberAdmit": admission,
}


def document(name: str) -> str:
    kind = INPUTS.get(name, f"{name[0].upper()}{name[1:]}Input")
    return (
        f"mutation ($input: {kind}!) {{ {name}(input: $input) "
        f"{{ {SHOWN[name]} userErrors {{ code message }} }} }}"
    )


async def found(settings: Settings) -> Given:
    """Migrate, found an institution with accounts, branches and members in one, and count."""
    plugins = discover()
    async with Homes(settings) as homes:
        await homes.migrate(plugins)
    async with running(settings, plugins) as house:
        house.now = datetime.now(UTC)
        institution = await house.found()
        people = [await institution.member() for _ in range(20)]
        members = [global_id("Member", person.id) for person in people]
        branches = [await founded(institution, number) for number in range(BRANCHES)]
        return Given(
            credential=institution.credentials["officer"],
            branches=branches,
            members=members,
            statements=await counted(institution, branches, members),
        )


async def founded(institution: Institution, number: int) -> str:
    async with institution.operator() as act:
        unit = await organizations.create(
            act,
            parent_id=institution.units["committee"].id,
            code=f"BRANCH{number}",
            name=f"第{number}支部",
            kind=Kind.BRANCH,
            founded_on=FOUNDED,
        )
    return global_id("Organization", unit.id)


async def counted(
    institution: Institution, branches: list[str], members: list[str]
) -> dict[str, int]:
    """How many statements each mutation sends."""
    found = {}
    for name, variables in MUTATIONS.items():
        input = variables(branches, members, WARM + TIMES)
        await institution.ask("officer", "{ viewer { name } }")  # its credential is remembered
        with statements() as sent:
            answer = await institution.ask("officer", document(name), {"input": input})
        _accepted(name, answer)
        found[name] = len(sent)
    return found


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Milliseconds of each request, the first ones left out, and of the processor by request."""

    taken: list[float]
    server: float
    database: float

    def __str__(self) -> str:
        return (
            f"p50 {median(self.taken):6.2f} ms  p99 {quantiles(self.taken, n=100)[98]:6.2f} ms  "
            f"processor {self.server:5.2f} + {self.database:4.2f} ms"
        )


def measured(port: int, pid: int, database: int, given: Given, name: str) -> Measured:
    """`pid` is the serving process, `database` the one whose children are the backends."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {
        "content-type": "application/json",
        "authorization": f"Bearer {given.credential}",
    }
    taken = []
    before, backends = 0.0, {}
    for number in range(WARM + TIMES):
        if number == WARM:
            before, backends = processor_time(pid), children_times(database)
        variables = {"input": MUTATIONS[name](given.branches, given.members, number)}
        body = orjson.dumps({"query": document(name), "variables": variables})
        begun = perf_counter()
        connection.request("POST", "/graphql", body, headers)
        answer = connection.getresponse().read()
        taken.append((perf_counter() - begun) * 1000)
        _accepted(name, orjson.loads(answer))
    connection.close()
    return Measured(
        taken=taken[WARM:],
        server=(processor_time(pid) - before) / TIMES * 1000,
        database=spent(backends, children_times(database)) / TIMES * 1000,
    )


def _accepted(name: str, answer: Mapping[str, Any]) -> None:
    if answer.get("errors") or answer["data"][name]["userErrors"]:
        raise SystemExit(f"{name} was refused: {orjson.dumps(answer).decode()}")


@contextmanager
def databases(folder: Path) -> Iterator[tuple[int, dict[str, Settings]]]:
    """Settings of an installation on SQLite and of one on PostgreSQL, and the server's process."""
    with postgresql(durable=True) as server:
        urls = server.create("mutation")
        yield (
            server.pid,
            {
                "sqlite": Settings(data=folder / "sqlite"),
                "postgresql": Settings(
                    data=folder / "postgresql", database=urls.app, owner_database=urls.owner
                ),
            },
        )


def main() -> None:
    missed = []
    with (
        tempfile.TemporaryDirectory() as temporary,
        databases(Path(temporary)) as (postmaster, settings),
    ):
        for database, setting in settings.items():
            setting.data.mkdir(parents=True, exist_ok=True)
            given = asyncio.run(found(setting))
            urls = Database(app=setting.database, owner=setting.owner_database or "")
            with product.running(urls, setting.data, core=None, pool=8) as (port, pid):
                for name in MUTATIONS:
                    result = measured(port, pid, postmaster, given, name)
                    met = median(result.taken) < WANTED
                    print(
                        f"{database:10} {name:22} {given.statements[name]:2} statements  {result}"
                        f"  {'met' if met else 'MISSED':6} < {WANTED:.0f} ms"
                    )
                    if not met:
                        missed.append((database, name))
    if missed:
        raise SystemExit(1)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).parent.parent))
    main()
