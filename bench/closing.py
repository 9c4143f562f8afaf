"""Closing a year: `python -m bench.closing [--rows N] [--branch SIZE] [--on sqlite|postgresql]`.

An institution of so many members, each with three entries that count, has last year summed up by
the job for its top: branch by branch, each in a transaction of its own. Says how fast, every ten
seconds and on the whole, and how much memory it took at most. With `--killed` it is done once
more, by a worker that is killed half-way and by the one that takes over: both come to the same.
With `--forms` the summaries of all branches (annex 3) are written in one job.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import func, insert, select

from bench.importing import Statements, forget_peak, imported, in_turn, installation, peak
from bench.resuming import digest, drawn_up, forget, taken_over
from bench.rosters import members_books
from zhibu.identifiers import new_id
from zhibu.jobs import service as jobs
from zhibu.jobs.rules import State
from zhibu.jobs.workbooks import EXPORT
from zhibu.members.sheets import MEMBERS
from zhibu.members.tables import Member
from zhibu.organizations.sheets import ORGANIZATIONS
from zhibu.plugins import discover
from zhibu.settings import Settings
from zhibu.storage.homes.patience import patiently
from zhibu.testing.house import Institution, running
from zhibu.testing.works import job_of
from zhibu_scoring.service.years.drawing import YEARS
from zhibu_scoring.sheets.forms import SUMMARY
from zhibu_scoring.tables import ScoringEntry, ScoringResult

ITEMS = (
    ("plus", "suggestion", 7, 2),
    ("plus", "public_benefit", 8, 3),
    ("minus", "absence", 16, 3),
)
AT_ONCE = 3_000


def entries(tenant_id: UUID, members: Sequence[UUID], now: Any) -> Iterator[dict[str, Any]]:
    """Three entries of each member that count."""
    for member in members:
        for part, item, number, points in ITEMS:
            yield {
                "tenant_id": tenant_id,
                "id": new_id(),
                "member_id": member,
                "year": now.year - 1,
                "part": part,
                "item": item,
                "number": number,
                "name": item,
                "points": Decimal(points),
                "happened_on": date(now.year - 1, 6, 1),
                "description": "记分",
                "basis": "办法",
                "state": "approved",
                "declared_at": now,
            }


async def measure(settings: Settings, folder: Path, *, killed: bool, forms: bool) -> None:
    async with running(settings, discover()) as house:
        institution = await house.found()
        platform, tenant, statements = house.platform, institution.tenant, Statements()
        home = platform.homes.home(tenant.id)
        print(home.name, flush=True)
        tree = folder / f"{ORGANIZATIONS.name}.xlsx"
        await imported(institution, ORGANIZATIONS.name, tree, statements)
        for book in members_books(folder):
            await imported(institution, MEMBERS.name, book, statements)
        async with home.act(tenant.id) as session:
            members = (await session.scalars(select(Member.id))).all()
            for start in range(0, len(members), AT_ONCE):
                rows = [*entries(tenant.id, members[start : start + AT_ONCE], house.now)]
                await session.execute(insert(ScoringEntry.__table__), rows)
        if settings.owner_database is not None:  # as PostgreSQL does by itself within a minute
            with psycopg.connect(settings.owner_database, autocommit=True) as owner:
                owner.execute("ANALYZE")
        await institution.account("closing", "committee_officer", "root")
        await _ask(institution)
        statements.forget()
        held, begun, busy = forget_peak(), time.perf_counter(), time.process_time()
        watching = asyncio.create_task(_watched(statements))
        await platform.jobs.run_waiting()
        watching.cancel()
        taken, busy = time.perf_counter() - begun, time.process_time() - busy
        years = await drawn_up(home, tenant.id)
        async with home.view(tenant.id) as session:
            results = await session.scalar(select(func.count()).select_from(ScoringResult))
            admitted = Member.admitted_on < date(house.now.year, 1, 1)
            due = await session.scalar(select(func.count()).select_from(Member).where(admitted))
        assert results == due, (results, due)
        print(
            f"  {years:,} branches, {results:,} members in {taken:.1f} s ({busy:.1f} s processor)"
        )
        print(f"  {results / taken:,.0f} members/s, {years / taken:,.1f} branches/s", end="; ")
        print(f"memory {held} MB before, {peak()} MB at most; {statements.sent} statements")
        slow = sorted(statements.seconds.items(), key=lambda each: -each[1])[:5]
        print("    " + ", ".join(f"{n} {statements.counts[n]}x {s:.1f}s" for n, s in slow))
        if forms:
            await _put_up(institution, years)
        if killed:
            whole = await digest(home, tenant.id)
            await forget(home, tenant.id)
            await _ask(institution)
            left = await taken_over(house, settings, tenant.id, years // 2)
            again, done = await digest(home, tenant.id), await drawn_up(home, tenant.id)
            assert (again, done) == (whole, years), (again, whole, done, years)
            print(f"  killed after {left:,} branches, taken over: {done:,} branches", end=", ")
            print(f"the same results (digest {again} = {whole})")


async def _ask(institution: Institution) -> None:
    """Last year of the whole institution, as its officer asks for it."""
    top, year = institution.units["root"], institution.house.now.year - 1
    async with institution.by("closing") as act:
        given = {"organization": top.id.hex, "year": year}
        await jobs.enqueue(act, YEARS, given, top.path)


async def _put_up(institution: Institution, years: int) -> None:
    """One workbook with a sheet for each branch, by a job."""
    platform, top = institution.house.platform, institution.units["root"]
    async with institution.by("closing") as act:
        given = {"sheet": SUMMARY.name, "organization": top.id.hex, "purpose": "公示"}
        id = await jobs.enqueue(act, EXPORT, given, top.path)
    held, begun = forget_peak(), time.perf_counter()
    await platform.jobs.run_waiting()
    taken, found = time.perf_counter() - begun, await job_of(institution, id)
    assert found.state is State.SUCCEEDED, found
    print(f"  {years:,} summaries in one job: {taken:.1f} s, {years / taken:.1f}/s", end="; ")
    print(
        f"memory {held} MB before, {peak()} MB at most; noted last {found.done:,}/{found.total:,}"
    )


async def _watched(statements: Statements) -> None:
    """Say every ten seconds how far it is, how fast it was since, and what took the time."""
    done, before = 0, dict(statements.seconds)
    while True:
        await asyncio.sleep(10)
        now, seconds = statements.counts["insert scoring_year"], dict(statements.seconds)
        spent = sorted(((s - before.get(n, 0), n) for n, s in seconds.items()), reverse=True)
        told = ", ".join(f"{name} {s:.1f}s" for s, name in spent[:6])
        print(f"    {now:,} branches, {(now - done) / 10:.1f}/s, {told}", flush=True)
        done, before = now, seconds


def _run(database: str, given: argparse.Namespace) -> None:
    with installation(database, given.folder / database) as settings, patiently():
        asyncio.run(measure(settings, given.folder, killed=given.killed, forms=given.forms))


if __name__ == "__main__":
    switches = (
        ("--killed", "do it once more with a worker that is killed half-way"),
        ("--forms", "write the summaries of all branches in one job"),
    )
    in_turn("bench.closing", __doc__, sys.argv[1:], _run, *switches)
