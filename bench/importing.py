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
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from zhibu.accounts.principals import system_caller
from zhibu.forms.identity import check_digit
from zhibu.forms.writing import write
from zhibu.importing import ImportReport, Phase, import_workbook, sheet_of
from zhibu.members.rules import Gender, MemberKind, Stage
from zhibu.members.sheets import MEMBERS
from zhibu.organizations.rules import Kind
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

BRANCH = 40  # members of a branch
GENERAL = 20  # branches of a general branch
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾"
GIVEN = "云松柏岩峰川海江涛林森磊石岭远航舟帆朗晨旭阳东辰星野原山岳泽润沐霖雷雨霞虹雪梅兰"


def people(count: int) -> Iterator[dict[str, Any]]:
    """Members whose identity numbers check, and whose county was never given out."""
    for n in range(count):
        birth = date(1950, 1, 1) + timedelta(days=n % 18_000)
        gender = (Gender.FEMALE, Gender.MALE)[n % 2]
        digits = f"149901{birth:%Y%m%d}{10 + 2 * (n // 18_000) + n % 2:03d}"
        admitted = date(birth.year + 20 + n % 6, 7, 1)
        probationary = n % 25 == 24 and birth.year >= 1998
        yield {
            "name": SURNAMES[n % 37] + GIVEN[n // 37 % 31] + GIVEN[n // 1_147 % 31],
            "gender": gender,
            "nation": "汉族",
            "identity_number": digits + check_digit(digits),
            "birth_date": birth,
            "education": ("大学本科", "大专", "硕士研究生")[n % 3],
            "phone": f"154{n:08d}",
            "branch": f"ZB{n // BRANCH:05d}",
            "kind": (MemberKind.IN_SERVICE, MemberKind.RETIRED)[birth.year < 1966],
            "stage": Stage.PROBATIONARY if probationary else Stage.FULL,
            "admitted_on": date(2026, 3, 1) if probationary else admitted,
            "full_on": None if probationary else date(admitted.year + 1, 7, 1),
            "joined_on": None,
            "group": None,
            "note": None,
        }


def units(count: int) -> Iterator[dict[str, Any]]:
    """General branches of the committee, and the branches that so many members need."""
    branches = -(-count // BRANCH)
    for n in range(-(-branches // GENERAL)):
        yield _unit(f"ZZ{n:04d}", f"第{n}党总支", "COMMITTEE", Kind.GENERAL_BRANCH)
    for n in range(branches):
        yield _unit(f"ZB{n:05d}", f"第{n}党支部", f"ZZ{n // GENERAL:04d}", Kind.BRANCH)


def _unit(code: str, name: str, parent: str, kind: Kind) -> dict[str, Any]:
    founded = date(2000, 1, 1)
    told = {"code": code, "name": name, "parent": parent, "kind": kind, "founded_on": founded}
    return {**told, "short_name": None, "approves": False}


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
        now, peak = time.perf_counter(), _peak()
        if self._phase:
            sent = self._statements.sent - self._sent
            taken, busy = now - self._begun, time.process_time() - self._busy
            print(f"    {self._phase:10}{taken:7.1f} s  {busy:6.1f} s processor", end="  ")
            print(f"peak {peak:4} MB  {sent:5} statements", flush=True)
        self.peak = max(self.peak, peak)
        Path("/proc/self/clear_refs").write_text("5")  # the peak of the next phase is its own
        self._phase, self._sent = phase, self._statements.sent
        self._begun, self._busy = time.perf_counter(), time.process_time()


def _peak() -> int:
    """Megabytes: the most this process has held since it was last asked to forget."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


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
    async with running(settings, discover()) as house:
        institution = await house.found()
        home = house.platform.homes.home(institution.tenant.id)
        statements = Statements()
        print(f"{home.name}: {rows} members", flush=True)
        for title, sheet, file in (
            ("organizations", ORGANIZATIONS.name, folder / f"{ORGANIZATIONS.name}.xlsx"),
            ("members", MEMBERS.name, folder / f"{MEMBERS.name}.xlsx"),
            ("the same members again", MEMBERS.name, folder / f"{MEMBERS.name}.xlsx"),
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


def workbooks(folder: Path, rows: int) -> None:
    (folder / f"{ORGANIZATIONS.name}.xlsx").write_bytes(
        write(units(rows), ORGANIZATIONS.columns, ORGANIZATIONS.title)
    )
    (folder / f"{MEMBERS.name}.xlsx").write_bytes(
        write(people(rows), MEMBERS.columns, MEMBERS.title)
    )


def _run(database: str, folder: Path, rows: int, profiled: bool) -> None:
    profile = cProfile.Profile()
    with installation(database, folder / database) as settings:
        if profiled:
            profile.enable()
        asyncio.run(measure(settings, folder, rows))
        profile.disable()
    if profiled:
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.importing", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--on", choices=("sqlite", "postgresql"), help="only on this database")
    parser.add_argument("--profile", action="store_true", help="show where the time goes")
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.step == "make":
        workbooks(given.folder, given.rows)
    elif given.step:
        _run(given.step, given.folder, given.rows, given.profile)
    else:
        databases = [given.on] if given.on else ["sqlite", "postgresql"]
        with tempfile.TemporaryDirectory() as name:
            for step in ("make", *databases):  # each in a process of its own
                order = [sys.executable, "-m", "bench.importing", *arguments]
                order += ["--step", step, "--folder", name]
                subprocess.run(order, check=True, env=os.environ)


if __name__ == "__main__":
    main(sys.argv[1:])
