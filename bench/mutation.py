"""What one mutation costs over HTTP, ledger and figures included: `python -m bench.mutation`.

Both databases sync every commit to disk, as in operation. One client, one request at a time.
"""

import asyncio
import os
import tempfile
from collections.abc import Callable, Iterator
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
from bench.server import postgresql
from zhibu.identifiers import global_id
from zhibu.plugins import discover
from zhibu.settings import Database, Settings
from zhibu.storage.homes import Homes
from zhibu.testing.house import running

WARM, TIMES, WANTED = 30, 300, 10.0
CORRECT = """mutation ($input: MemberCorrectInput!) {
  memberCorrect(input: $input) { member { id note version } userErrors { code message } }
}"""
RECORD = """mutation ($input: EducationCreditInput!) {
  educationCreditRecord(input: $input) { credit { id } userErrors { code message } }
}"""


@dataclass(frozen=True, kw_only=True)
class Given:
    """Somebody who may change members, and members to change."""

    credential: str
    members: list[str]


async def found(settings: Settings) -> Given:
    """Migrate, found an institution with its accounts and members in one branch."""
    plugins = discover()
    async with Homes(settings) as homes:
        await homes.migrate(plugins)
    async with running(settings, plugins) as house:
        house.now = datetime.now(UTC)
        institution = await house.found()
        people = [await institution.member() for _ in range(20)]
        secretary = institution.credentials["secretary"]
        return Given(credential=secretary, members=[global_id("Member", p.id) for p in people])


def correction(given: Given, number: int) -> dict[str, Any]:
    member = given.members[number % len(given.members)]
    return {"member": member, "reason": "核对档案", "note": f"第{number}次核对"}


def credit(given: Given, number: int) -> dict[str, Any]:
    # Twenty members share the days of the year, an hour a day, so that no day is overfull.
    days, member = divmod(number, len(given.members))
    earned_on = date.fromordinal(date(date.today().year, 1, 1).toordinal() + days)
    return {
        "member": given.members[member],
        "earnedOn": earned_on.isoformat(),
        "hours": "1",
        "form": "CONCENTRATED",
        "topic": "political_theory",
        "title": "集中学习",
        "evidence": "签到表",
    }


MUTATIONS: dict[str, tuple[str, Callable[[Given, int], dict[str, Any]]]] = {
    "memberCorrect": (CORRECT, correction),
    "educationCreditRecord": (RECORD, credit),
}


def measured(port: int, given: Given, name: str) -> list[float]:
    """Milliseconds of each request, the first ones left out."""
    document, variables = MUTATIONS[name]
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {
        "content-type": "application/json",
        "authorization": f"Bearer {given.credential}",
    }
    taken = []
    for number in range(WARM + TIMES):
        asked = {"query": document, "variables": {"input": variables(given, number)}}
        body = orjson.dumps(asked)
        begun = perf_counter()
        connection.request("POST", "/graphql", body, headers)
        answer = connection.getresponse().read()
        taken.append((perf_counter() - begun) * 1000)
        told = orjson.loads(answer)
        if told.get("errors") or told["data"][name]["userErrors"]:
            raise SystemExit(f"{name} was refused: {answer.decode()}")
    connection.close()
    return taken[WARM:]


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, Settings]]:
    """Settings of an installation on SQLite and of one on PostgreSQL."""
    with postgresql(durable=True) as server:
        urls = server.create("mutation")
        yield {
            "sqlite": Settings(data=folder / "sqlite"),
            "postgresql": Settings(
                data=folder / "postgresql", database=urls.app, owner_database=urls.owner
            ),
        }


def main() -> None:
    missed = []
    with tempfile.TemporaryDirectory() as temporary, databases(Path(temporary)) as settings:
        for database, setting in settings.items():
            setting.data.mkdir(parents=True, exist_ok=True)
            given = asyncio.run(found(setting))
            urls = Database(app=setting.database, owner=setting.owner_database or "")
            with product.running(urls, setting.data, core=None, pool=8) as (port, _):
                for name in MUTATIONS:
                    taken = measured(port, given, name)
                    p99 = quantiles(taken, n=100)[98]
                    verdict = "met" if median(taken) < WANTED else "MISSED"
                    print(
                        f"{database:12} {name:24} p50 {median(taken):6.2f} ms  p99 {p99:6.2f} ms"
                        f"  {verdict:6} < {WANTED:.0f} ms"
                    )
                    if median(taken) >= WANTED:
                        missed.append((database, name))
    if missed:
        raise SystemExit(1)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).parent.parent))
    main()
