"""What one process holds, and what it does beyond: `make load`, or `python -m bench.holding`.

Five institutions on PostgreSQL that syncs every commit, served by one process. First 75 writes and
300 reads a second, then votes at 460 a second, each for a minute; where the machine does not hold a
rate, the highest that it does. Requests come when they come, whether or not earlier ones were
answered, and their time counts from when they were to be sent. Then the database crashes, the
process that serves is killed, and all of the server is killed and started again. At the end
everything acknowledged is looked for in the records and the ledgers are verified.
"""

import argparse
import asyncio
import os
import re
import secrets
import shutil
import signal
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from time import perf_counter

import uvloop

from bench.arms import product
from bench.holding.asked import READS, SIZE, VOTES, WRITES, appoint, ballots, mixed
from bench.holding.offering import Line, Request, Told, offered, p99
from bench.preparing import Prepared, prepared
from bench.processes import children_times, cores, parent_of, processor_time, spent
from bench.server import Server, postgresql
from bench.world import Tenant, tenants_of
from zhibu.events.verifying import Verified, verify
from zhibu.platform import Platform
from zhibu.settings import Settings

SHED_WITHIN, SERVED_WITHIN, RECOVERED_WITHIN = 0.1, 2.0, 5.0  # seconds
PROBE = 6  # seconds
TOKEN = secrets.token_hex(16)
OURS = b"SELECT pid FROM pg_stat_activity WHERE usename = 'zhibu_app'"
KEPT = 400  # connections, as nginx keeps them
LATER = 1_000_000  # remarks are counted from here on after a fault


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
    both, votes = mixed(tenants), await ballots(server, world.name, tenants, line)
    for name, wanted, requests in (
        ("writes and reads", float(WRITES + READS), both),
        ("votes", float(VOTES), votes),
    ):
        rate, found[name] = await highest(name, wanted, line, requests, watch)
        while True:
            watching = Watch(*watch)
            told = await offered(line, requests, rate, seconds)
            found[name].append(told)
            say(name, rate, seconds, told)
            print(f"    {watching.words()}", flush=True)
            if told.offered < int(rate * seconds):
                print(f"    nothing is left to be asked: {name} at {rate:.0f}/s were not shown")
                break
            if told.held or rate < 5:
                break
            rate *= 0.9
    await line.open(KEPT)
    before = await asyncio.to_thread(seen, port)
    told = await offered(line, both, 4 * (WRITES + READS), 10)
    after = await asyncio.to_thread(seen, port)
    found["writes and reads"].append(told)
    say("overload", 4 * (WRITES + READS), 10, told)
    for what, times, within in (
        ("sent away", told.shed, SHED_WITHIN),
        ("served", told.reads + told.writes, SERVED_WITHIN),
    ):
        met = "met" if p99(times) < within else "MISSED"
        print(f"    {what}: p99 {p99(times) * 1000:.0f} ms  {met} < {within * 1000:.0f} ms")
    shares = {bound: after[bound] - before.get(bound, 0) for bound in after}
    total = max(1.0, shares["+Inf"])
    said = ", ".join(f"{shares[bound] / total:.2%} within {bound} s" for bound in ("0.01", "0.1"))
    print(f"    sent away, from its arrival to its answer: {said} of {total:.0f}")
    return found


def seen(port: int) -> dict[str, float]:
    """How many requests that came to nothing the server answered within which time, so far."""
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/metrics", headers={"authorization": f"Bearer {TOKEN}"}
    )
    with urllib.request.urlopen(asked, timeout=5) as page:
        text = page.read().decode()
    told = re.findall(r'zhibu_request_seconds_bucket\{kind="other",le="([^"]+)"\} (\S+)', text)
    return {bound: float(count) for bound, count in told}


async def recovered(line: Line, requests: Iterator[Request], fault: str, since: float) -> Told:
    """Ask until a write is done, and say how long after the fault that was."""
    told = Told()
    while not told.writes:
        each = next(each for each in requests if each.write)
        told.unanswered += 1
        with suppress(OSError, asyncio.IncompleteReadError):
            status, body = await line.ask(each)
            if b"outcome_unknown" not in body:
                told.unanswered -= 1
            if status == b"200" and b'"errors"' not in body and b'"userErrors":[{' not in body:
                told.writes.append(perf_counter() - since)
        await asyncio.sleep(0.01)
    took = told.writes[0]
    met = "met" if took < RECOVERED_WITHIN else "MISSED"
    print(
        f"{fault}: first success after {took:.2f} s  {met} < {RECOVERED_WITHIN:.0f} s", flush=True
    )
    return told


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
            with server.connect() as connection:
                connection.execute(b"CHECKPOINT")  # a crash makes up for what follows, not for this
            server.pin(others)
            more = {"ZHIBU_METRICS_TOKEN": TOKEN}
            with product.running(world.urls, folder, core=core, pool=8, more=more) as (port, pid):
                found = uvloop.run(measured(server, world, tenants, port, pid, given.seconds))
                again = mixed(tenants, LATER)
                since = perf_counter()
                with server.connect(world.name) as connection:
                    os.kill(connection.execute(OURS).fetchone()[0], signal.SIGKILL)
                crashed = recovered(Line(port), again, "PostgreSQL crashed", since)
                found["writes and reads"].append(uvloop.run(crashed))
                keeper, since = parent_of(pid), perf_counter()
                os.kill(pid, signal.SIGKILL)
                killed = recovered(Line(port), again, "server killed, replaced", since)
                found["writes and reads"].append(uvloop.run(killed))
                since = perf_counter()
                os.kill(keeper, signal.SIGKILL)
            with product.running(world.urls, folder, core=core, pool=8) as (port, _):
                begun = recovered(Line(port), again, "all of it killed, started again", since)
                found["writes and reads"].append(uvloop.run(begun))
            votes, entries, sound = uvloop.run(kept(server, world, tenants, folder))
        voted = sum(len(told.writes) for told in found["votes"])
        corrected = sum(len(told.writes) for told in found["writes and reads"])
        print(f"votes: acknowledged {voted}, stored {votes}")
        untold = sum(told.unanswered for told in found["writes and reads"])
        print(
            f"corrections: acknowledged {corrected}, in the ledger {entries}; "
            f"{untold} had no answer that says"
        )
        verified = sum(each.entries for each in sound)
        faults = [fault for each in sound for fault in each.faults]
        print(f"ledgers: {verified} entries, faults {faults}")
        if votes != voted or not corrected <= entries <= corrected + untold or faults:
            raise SystemExit(1)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).parent.parent.parent))
    main()
