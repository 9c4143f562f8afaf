"""Importing a roster of 100,000 members: seconds, memory and statements of each phase.

`python -m bench.importing [--rows N] [--on sqlite|postgresql] [--profile]` founds an institution
with education switched on, imports its organizations, then the roster, then the same roster again.
"""

import argparse
import asyncio
import cProfile
import os
import pstats
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bench.rosters import BRANCH, members_books, workbooks
from zhibu.accounts.principals import system_caller
from zhibu.importing import ImportReport, Phase, import_workbook, sheet_of
from zhibu.members.sheets import MEMBERS
from zhibu.organizations.sheets import ORGANIZATIONS
from zhibu.plugins import discover
from zhibu.settings import Settings
from zhibu.testing.databases import (
    fresh_postgresql,
    fresh_sqlite,
    postgresql,
    postgresql_homes,
    sqlite_homes,
)
from zhibu.testing.house import Institution, running


class Statements:
    """How many statements were sent to each table, and how long they took."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)
        event.listen(Engine, "before_cursor_execute", self._before)
        event.listen(Engine, "after_cursor_execute", self._after)

    @property
    def sent(self) -> int:
        return self.counts.total()

    def forget(self) -> None:
        self.counts.clear()
        self.seconds.clear()

    def _before(self, connection: Any, *told: Any) -> None:
        connection.info["begun"] = time.perf_counter()

    def _after(self, connection: Any, cursor: Any, statement: str, *told: Any) -> None:
        name = _named(statement)
        self.counts[name] += 1
        self.seconds[name] += time.perf_counter() - connection.info["begun"]


def _named(statement: str) -> str:
    """The verb and the first table of a statement."""
    found = re.match(
        r"\s*(?:(INSERT) INTO|(UPDATE)|(?:(SELECT|DELETE|WITH)\b.*?\bFROM))\s+\(?(\w+)",
        statement,
        re.IGNORECASE | re.DOTALL,
    )
    return " ".join(filter(None, found.groups())).lower() if found else statement.split()[0].lower()


class Meter:
    """The time and the peak memory of each phase."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._phase = ""
        self._begun = self._busy = 0.0
        self._sent = 0
        self.peak = 0

    def told(self, phase: Phase, rows: int) -> None:
        if phase != self._phase:
            self.begin(phase)

    def begin(self, phase: str) -> None:
        now, most = time.perf_counter(), peak()
        if self._phase:
            sent = self._statements.sent - self._sent
            taken, busy = now - self._begun, time.process_time() - self._busy
            print(f"    {self._phase:10}{taken:7.1f} s  {busy:6.1f} s processor", end="  ")
            print(f"peak {most:4} MB  {sent:5} statements", flush=True)
        self.peak = max(self.peak, most)
        Path("/proc/self/clear_refs").write_text("5")  # the peak of the next phase is its own
        self._phase, self._sent = phase, self._statements.sent
        self._begun, self._busy = time.perf_counter(), time.process_time()


def peak() -> int:
    """Megabytes: the most this process has held since it was last asked to forget."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def forget_peak() -> int:
    """The peak so far; the next one begins now."""
    found = peak()
    Path("/proc/self/clear_refs").write_text("5")
    return found


async def imported(
    institution: Institution, sheet: str, file: Path, statements: Statements
) -> tuple[ImportReport, int]:
    platform, meter = institution.house.platform, Meter(statements)
    statements.forget()
    begun = time.perf_counter()
    now = institution.house.now
    report = await import_workbook(
        platform,
        institution.tenant,
        system_caller(now.date(), "bench", "committee_officer", "committee_secretary"),
        sheet_of(platform, sheet),
        file,
        now=now,
        on_progress=meter.told,
    )
    meter.begin("")
    each = sorted(statements.seconds.items(), key=lambda item: -item[1])[:8]
    print(f"    together  {time.perf_counter() - begun:7.1f} s  peak {meter.peak:4} MB", end="  ")
    print(f"{statements.sent:5} statements")
    print("    " + ", ".join(f"{n} {statements.counts[n]}x {s:.1f}s" for n, s in each))
    assert not report.errors, report.findings[:3]
    return report, meter.peak


async def measure(settings: Settings, folder: Path, rows: int) -> None:
    """One database, in this process alone."""
    books = members_books(folder)
    async with running(settings, discover()) as house:
        institution = await house.found()
        home = house.platform.homes.home(institution.tenant.id)
        statements = Statements()
        print(f"{home.name}: {rows} members", flush=True)
        for title, sheet, file in (
            ("organizations", ORGANIZATIONS.name, folder / f"{ORGANIZATIONS.name}.xlsx"),
            ("members", MEMBERS.name, books[0]),
            ("the same members again", MEMBERS.name, books[0]),
        ):
            print(f"  {title}", flush=True)
            report, _ = await imported(institution, sheet, file, statements)
            print(f"    {report.written}", flush=True)


@contextmanager
def installation(database: str, folder: Path) -> Iterator[Settings]:
    plugins = discover()
    with ExitStack() as stack:
        if database == "sqlite":
            migrated = stack.enter_context(sqlite_homes(plugins, folder / "a"))
            yield stack.enter_context(fresh_sqlite(migrated, folder / "data"))
        else:
            server = stack.enter_context(postgresql())
            migrated = stack.enter_context(postgresql_homes(plugins, server, folder / "a"))
            yield stack.enter_context(fresh_postgresql(migrated, server, folder / "data"))


def _run(database: str, given: argparse.Namespace) -> None:
    profile = cProfile.Profile()
    with installation(database, given.folder / database) as settings:
        if given.profile:
            profile.enable()
        asyncio.run(measure(settings, given.folder, given.rows))
        profile.disable()
    if given.profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)


def in_turn(
    module: str,
    about: str | None,
    arguments: Sequence[str],
    run: Callable[[str, argparse.Namespace], None],
    *switches: tuple[str, str],
) -> None:
    """Make the workbooks, then `run` each database that is asked for, in processes of their own."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=about)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--branch", type=int, default=BRANCH, help="members of a branch")
    parser.add_argument("--on", choices=("sqlite", "postgresql"), help="only on this database")
    for name, what in switches:
        parser.add_argument(name, action="store_true", help=what)
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.step == "make":
        workbooks(given.folder, given.rows, given.branch)
    elif given.step:
        run(given.step, given)
    else:
        databases = [given.on] if given.on else ["sqlite", "postgresql"]
        with tempfile.TemporaryDirectory() as name:
            for step in ("make", *databases):
                order = [sys.executable, "-m", module, *arguments, "--step", step, "--folder", name]
                subprocess.run(order, check=True, env=os.environ)


if __name__ == "__main__":
    profile = ("--profile", "show where the time goes")
    in_turn("bench.importing", __doc__, sys.argv[1:], _run, profile)
