"""What one process holds, and what it does beyond: `make load`, or `python -m bench.holding`.

Five institutions on PostgreSQL that syncs every commit, served by one process. First 75 writes and
300 reads a second, then votes at 460 a second, each for a minute; where the machine does not hold a
rate, the highest that it does. Requests come when they come, whether or not earlier ones were
answered, and their time counts from when they were to be sent. At the end everything acknowledged
is looked for in the records and the ledgers are verified.
"""

import argparse
import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import uvloop

from bench import statements
from bench.arms import product
from bench.mutation import document as mutation_of
from bench.preparing import Prepared, prepared
from bench.processes import children_times, cores, processor_time, spent
from bench.server import Server, postgresql
from bench.world import FOUNDED, Size, Tenant, member_id, seeded_id, tenants_of
from zhibu.accounts.rules.credentials import SESSION
from zhibu.events.verifying import Verified, verify
from zhibu.identifiers import global_id
from zhibu.platform import Platform
from zhibu.settings import Settings

WRITES, READS, VOTES = 75, 300, 460  # a second
WRITE_WITHIN, READ_WITHIN = 0.5, 0.3  # seconds, of 99 in 100
CONNECTIONS = 64
SHED_WITHIN, SERVED_WITHIN = 0.1, 2.0
SIZE = Size(tenants=5, organizations=80, members=6_400, credits=1)
PROBE = 6  # seconds
ZONE = ZoneInfo("Asia/Shanghai")

VOTERS = """
INSERT INTO core_account (tenant_id, id, login, name, member_id, created_at)
SELECT tenant_id, md5('voter' || id)::uuid, 'voter-' || id, name, id, now()
  FROM core_member WHERE stage = 'full';
INSERT INTO core_role_assignment (tenant_id, id, account_id, role, organization_id, since)
SELECT tenant_id, md5('held' || id)::uuid, md5('voter' || id)::uuid, 'member', organization_id,
       date '2020-01-01'
  FROM core_member WHERE stage = 'full';
INSERT INTO core_session (tenant_id, id, account_id, digest, created_at, seen_at, expires_at)
SELECT tenant_id, md5('session' || id)::uuid, md5('voter' || id)::uuid,
       sha256(('zs_' || replace(tenant_id::text, '-', '') || '_'
               || encode(sha256(convert_to('vote' || id, 'utf8')), 'hex'))::bytea),
       now() - interval '1 minute', now(), now() + interval '8 hours'
  FROM core_member WHERE stage = 'full'
"""
FULL = b"""SELECT organization_id, id FROM core_member
           WHERE tenant_id = %s AND stage = 'full' ORDER BY organization_id, id"""
PROPOSE = """mutation ($input: ProcedureProposeInput!) {
  procedurePropose(input: $input) { procedure { id } userErrors { code message } } }"""
OPEN = """mutation ($input: ProcedureSittingOpenInput!) {
  procedureSittingOpen(input: $input) { userErrors { code message } } }"""
VOTE = """mutation ($input: ProcedureVoteCastInput!) {
  procedureVoteCast(input: $input) { sitting { id } userErrors { code message } } }"""


@dataclass(frozen=True)
class Request:
    """Bytes to be sent, and whether they are to change something."""

    sent: bytes
    write: bool = False


@dataclass
class Told:
    """What came of the requests: seconds of those that were served, and of those sent away."""

    offered: int = 0
    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    shed: list[float] = field(default_factory=list)
    failed: list[bytes] = field(default_factory=list)

    @property
    def held(self) -> bool:
        return (
            not self.failed
            and not self.shed
            and p99(self.writes) < WRITE_WITHIN
            and p99(self.reads) < READ_WITHIN
        )


def p99(times: Sequence[float]) -> float:
    return sorted(times)[len(times) * 99 // 100] if times else 0.0


def request(credential: str, document: str, variables: dict[str, Any], *, write: bool) -> Request:
    body = orjson.dumps({"query": document, "variables": variables})
    head = (
        "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
        f"authorization: Bearer {credential}\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return Request(head.encode() + body, write)


class Line:
    """One kept connection at a time for each request that is under way."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(self, request: Request) -> tuple[bytes, bytes]:
        """Status and body."""
        reader, writer = self._free.pop() if self._free else await self._fresh()
        writer.write(request.sent)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
        body = await reader.readexactly(length)
        if b"connection: close" in head:
            writer.close()
        else:
            self._free.append((reader, writer))
        return head[9:12], body

    async def _fresh(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self._port)


async def offered(line: Line, requests: Iterator[Request], rate: float, seconds: float) -> Told:
    """Send so many a second for so long, evenly, and wait for all answers."""
    told, tasks = Told(), set()
    begun = perf_counter()

    async def one(each: Request, due: float) -> None:
        try:
            status, body = await line.ask(each)
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            told.failed.append(repr(error).encode())
            return
        took = perf_counter() - due
        if status == b"503" or b'"core.overloaded"' in body:
            told.shed.append(took)
        elif status != b"200" or b'"errors"' in body or b'"userErrors":[{' in body:
            told.failed.append(body)
        else:
            (told.writes if each.write else told.reads).append(took)

    for number in range(int(rate * seconds)):
        due = begun + number / rate
        if (ahead := due - perf_counter()) > 0:
            await asyncio.sleep(ahead)
        each = next(requests, None)
        if each is None:
            break
        told.offered += 1
        task = asyncio.create_task(one(each, due))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    while tasks:
        await asyncio.wait(set(tasks))
    return told


def officer(tenant: Tenant) -> str:
    secret = sha256(f"{tenant.id}holding".encode()).hexdigest()
    return f"{SESSION}_{tenant.id.hex}_{secret}"


def appoint(server: Server, name: str, tenants: Sequence[Tenant]) -> None:
    """In each institution an officer who may hold meetings, and an account for each voter."""
    with server.connect(name) as connection:
        for tenant in tenants:
            account = seeded_id("account", tenant.id, "holding")
            connection.execute(statements.ACCOUNT, (tenant.id, account, "holding", "holding"))
            held = seeded_id("assignment", tenant.id, "holding")
            root = tenant.units[0].id
            connection.execute(
                statements.ASSIGNMENT,
                (tenant.id, held, account, "committee_officer", root, FOUNDED),
            )
            secret = officer(tenant)
            session = seeded_id("session", secret)
            digest = sha256(secret.encode()).digest()
            connection.execute(statements.SESSION, (tenant.id, session, account, digest))
        for statement in VOTERS.split(";"):
            connection.execute(statement.encode())


def mixed(tenants: Sequence[Tenant]) -> Iterator[Request]:
    """One write in five: a remark in the register; reads are members, and pages of a subtree."""
    year, share = date.today().year, (WRITES + READS) // WRITES
    for number, tenant in enumerate(cycle(tenants)):
        member = global_id("Member", member_id(tenant.id, number * 37 % SIZE.members))
        if number % share == 0:
            given = {"member": member, "reason": "核对档案", "note": f"第{number}次核对"}
            document = mutation_of("memberCorrect")
            yield request(officer(tenant), document, {"input": given}, write=True)
        elif number % 2:
            yield request(officer(tenant), product.MEMBER, {"id": member}, write=False)
        else:
            place = global_id("Organization", tenant.committee.id)
            asked = {"organization": place, "year": year, "first": 50}
            yield request(officer(tenant), product.PAGE_OF_MEMBERS, asked, write=False)


async def ballots(
    server: Server, name: str, tenants: Sequence[Tenant], line: Line
) -> Iterator[Request]:
    """A vote in every branch, and the vote of everybody in it, all branches in turn."""
    voting: list[list[Request]] = []
    for tenant in tenants:
        members: dict[Any, list[Any]] = {}
        with server.connect(name) as connection:
            for organization, member in connection.execute(FULL, (tenant.id,)):
                members.setdefault(organization, []).append(member)
        for organization, here in members.items():
            proposal = {
                "procedure": "core.resolution",
                "organization": global_id("Organization", organization),
                "title": "年度工作计划",
                "statement": "讨论通过年度工作计划。",
            }
            made = await _done(line, tenant, PROPOSE, proposal)
            sitting = {
                "procedure": made["procedure"]["id"],
                "heldOn": datetime.now(ZONE).date().isoformat(),
                "secret": False,
                "present": [global_id("Member", each) for each in here],
            }
            await _done(line, tenant, OPEN, sitting)
            given = {"procedure": sitting["procedure"], "choice": "YES"}
            voting.append(
                [request(_voter(tenant, each), VOTE, {"input": given}, write=True) for each in here]
            )
    rounds = max(map(len, voting))
    return (each[n] for n in range(rounds) for each in voting if n < len(each))


def _voter(tenant: Tenant, member: Any) -> str:
    return f"{SESSION}_{tenant.id.hex}_{sha256(f'vote{member}'.encode()).hexdigest()}"


async def _done(line: Line, tenant: Tenant, document: str, given: dict[str, Any]) -> Any:
    asked = request(officer(tenant), document, {"input": given}, write=True)
    _, body = await line.ask(asked)
    answer = orjson.loads(body)
    (payload,) = (answer.get("data") or {"": {"userErrors": [answer]}}).values()
    if answer.get("errors") or payload["userErrors"]:
        raise SystemExit(f"refused: {body.decode()}")
    return payload


class Watch:
    """The processor's time of server and database while something is offered."""

    def __init__(self, pid: int, postmaster: int) -> None:
        self._pid, self._postmaster = pid, postmaster
        self._begun = perf_counter()
        self._server, self._database = processor_time(pid), children_times(postmaster)

    def words(self) -> str:
        seconds = perf_counter() - self._begun
        server = (processor_time(self._pid) - self._server) / seconds
        database = spent(self._database, children_times(self._postmaster)) / seconds
        limit = (
            "the server's one processor"
            if server > 0.85
            else "both processors together"
            if server + database > 1.5
            else "waiting for the disk, and one writer at a time in a ledger"
        )
        return f"server {server:.2f}, database {database:.2f} processors; what limits: {limit}"


def say(name: str, rate: float, seconds: float, told: Told) -> None:
    print(
        f"{name:18} {rate:5.0f}/s for {seconds:3.0f} s  answered {len(told.reads):6} reads "
        f"{len(told.writes):6} writes, sent away {len(told.shed)}, failed {len(told.failed)}  "
        f"p99 read {p99(told.reads) * 1000:5.0f} ms, write {p99(told.writes) * 1000:5.0f} ms  "
        f"{'held' if told.held else 'not held'}",
        flush=True,
    )
    for body in told.failed[:2]:
        print(f"    {body[:300].decode(errors='replace')}")


async def highest(
    name: str, wanted: float, line: Line, requests: Iterator[Request], watch: tuple[int, int]
) -> tuple[float, list[Told]]:
    """The first of falling rates that is held for a moment."""
    rate, all_told = wanted, []
    while True:
        watching = Watch(*watch)
        told = await offered(line, requests, rate, PROBE)
        all_told.append(told)
        say(name, rate, PROBE, told)
        if told.held or rate < 5:
            return rate, all_told
        print(f"    {watching.words()}", flush=True)
        rate *= 0.8


async def measured(
    server: Server, world: Prepared, tenants: Sequence[Tenant], port: int, pid: int, seconds: float
) -> dict[str, list[Told]]:
    line, watch = Line(port), (pid, server.pid)
    found: dict[str, list[Told]] = {}
    votes = await ballots(server, world.name, tenants, line)
    for name, wanted, requests in (
        ("writes and reads", float(WRITES + READS), mixed(tenants)),
        ("votes", float(VOTES), votes),
    ):
        rate, found[name] = await highest(name, wanted, line, requests, watch)
        while True:
            watching = Watch(*watch)
            told = await offered(line, requests, rate, seconds)
            found[name].append(told)
            say(name, rate, seconds, told)
            print(f"    {watching.words()}", flush=True)
            if told.held or rate < 5:
                break
            rate *= 0.9
    told = await offered(line, mixed(tenants), 4 * (WRITES + READS), 10)
    found["writes and reads"].append(told)
    say("overload", 4 * (WRITES + READS), 10, told)
    for what, times, within in (
        ("sent away", told.shed, SHED_WITHIN),
        ("served", told.reads + told.writes, SERVED_WITHIN),
    ):
        met = "met" if p99(times) < within else "MISSED"
        print(f"    {what}: p99 {p99(times) * 1000:.0f} ms  {met} < {within * 1000:.0f} ms")
    return found


async def kept(
    server: Server, world: Prepared, tenants: Sequence[Tenant], folder: Path
) -> tuple[int, int, list[Verified]]:
    """Votes and corrections that the records hold, and whether every ledger verifies."""
    with server.connect(world.name) as connection:
        votes = connection.execute(b"SELECT count(*) FROM core_procedure_vote").fetchone()[0]
        entries = connection.execute(
            b"SELECT count(*) FROM core_ledger WHERE event = 'members.corrected'"
        ).fetchone()[0]
    settings = Settings(data=folder, database=world.urls.app, owner_database=world.urls.owner)
    platform = await Platform.open(settings)
    try:
        sound = []
        for tenant in tenants:
            sound.append(await verify(platform.homes.home(tenant.id), tenant.id))
    finally:
        await platform.close()
    return votes, entries, sound


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m bench.holding")
    arguments.add_argument("--seconds", type=float, default=60)
    given = arguments.parse_args()
    tenants = tenants_of(SIZE)
    core, others = cores()
    folder = Path(tempfile.mkdtemp(prefix="zhibu-load-"))
    try:
        with postgresql(durable=True) as server:
            world = uvloop.run(prepared(server, "holding", SIZE, folder, date.today().year))
            appoint(server, world.name, tenants)
            server.pin(others)
            with product.running(world.urls, folder, core=core, pool=8) as (port, pid):
                found = uvloop.run(measured(server, world, tenants, port, pid, given.seconds))
            votes, entries, sound = uvloop.run(kept(server, world, tenants, folder))
        voted = sum(len(told.writes) for told in found["votes"])
        corrected = sum(len(told.writes) for told in found["writes and reads"])
        print(f"votes: acknowledged {voted}, stored {votes}")
        print(f"corrections: acknowledged {corrected}, in the ledger {entries}")
        verified = sum(each.entries for each in sound)
        faults = [fault for each in sound for fault in each.faults]
        print(f"ledgers: {verified} entries, faults {faults}")
        if votes != voted or entries != corrected or faults:
            raise SystemExit(1)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).parent.parent))
    main()
