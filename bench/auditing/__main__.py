"""An audit of a whole city: `python -m bench.auditing [--rows N] [--branches N] [--on DATABASE]`.

A department of 300,000 members in 13,800 branches opens an audit: its list is made by a job. Then
every branch has numbers, and the board is asked for the city, for each district and for each
committee. At last what all branches found is written as one workbook by one job, and the forms of
each branch as a workbook of its own, all by another. Says how long it took, and how much memory at
most. With `--killed` the forms of all branches are written once more, by a worker that is killed
half-way and by the one that takes over: both come to the same file.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from uuid import UUID

import psycopg
from sqlalchemy import func, select

from bench.auditing.city import checked, city, fill
from bench.auditing.forms import written
from bench.importing import Statements, forget_peak, installation, peak
from zhibu.identifiers import global_id
from zhibu.jobs import service as jobs
from zhibu.jobs.rules import State
from zhibu.jobs.workbooks import EXPORT
from zhibu.plugins import discover
from zhibu.settings import Settings
from zhibu.storage.homes.patience import patiently
from zhibu.testing.house import Institution, running
from zhibu.testing.works import job_of
from zhibu_audit_campaign.rules.campaigns import Dates, Opening
from zhibu_audit_campaign.rules.plans import Part, PlanKind
from zhibu_audit_campaign.service import campaigns
from zhibu_audit_campaign.service.plans import plan_at
from zhibu_audit_campaign.tables import Audited, Sheet

MEMBERS, BRANCHES = 300_000, 13_800
ASKED = 200  # times the board of the whole city is asked
BOARD = """query ($c: ID!, $o: ID!) { auditCampaignBoard(campaign: $c, organization: $o) {
  branches submitted returned accepted expected completed floating hanging pocket lost unreceipted
  found notFound } }"""
FORMS = ("audit_campaign_lost_summary", "audit_campaign_disposition_summary")


async def measure(settings: Settings, rows: int, branches: int, *, killed: bool) -> None:
    async with running(settings, discover()) as house:
        institution = await house.found()
        tenant, top = institution.tenant, institution.units["root"]
        home = house.platform.homes.home(tenant.id)
        print(home.name, flush=True)
        made = city(tenant.id, top, branches)
        async with home.act(tenant.id) as session:
            await fill(session, tenant.id, made, rows, house.now)
        _analyzed(settings)
        await _listed(institution, len(made.branches), rows)
        async with home.act(tenant.id) as session:
            await checked(session, tenant.id, 40)
        _analyzed(settings)
        async with home.view(tenant.id) as session:
            id = await session.scalar(select(Sheet.campaign_id).limit(1))
        assert id is not None
        for name, places in (
            ("the city", [{"id": top.id}] * ASKED),
            ("each district", made.districts),
            ("each committee", made.committees),
        ):
            await _asked(institution, name, id, [row["id"] for row in places])
        for form in FORMS:
            await _summed(institution, form, len(made.branches))
        await written(institution, settings, len(made.branches), killed=killed)


async def _listed(institution: Institution, branches: int, rows: int) -> None:
    """Open the audit, and let the job make its list."""
    platform, top = institution.house.platform, institution.units["root"]
    statements = Statements()
    async with institution.by("municipal") as act:
        today = act.today
        stages = plan_at(act, PlanKind.CITY, top.path, today).of(Part.STAGE)
        days = [
            Dates(
                code=line.code, since=today + timedelta(n * 20), until=today + timedelta(n * 20 + 9)
            )
            for n, line in enumerate(stages)
        ]
        opening = Opening(plan=PlanKind.CITY, title="集中排查", as_of=today, dates=days)
        await campaigns.open(act, top.id, opening)
    held, begun = forget_peak(), time.perf_counter()
    statements.forget()
    await platform.jobs.run_waiting()
    taken, sent = time.perf_counter() - begun, statements.sent
    async with platform.homes.home(institution.tenant.id).view(institution.tenant.id) as session:
        listed = await session.scalar(select(func.count()).select_from(Sheet)) or 0
        taking = select(func.count()).select_from(Audited).where(Audited.level == "branch")
        units = await session.scalar(taking) or 0
    assert (listed, units) >= (rows, branches), (listed, units)
    print(
        f"  {listed:,} members of {units:,} branches listed: {taken:.1f} s (60 are allowed)",
        end=", ",
    )
    print(f"{sent} statements; memory {held} MB before, {peak()} MB at most", flush=True)


async def _asked(
    institution: Institution, name: str, campaign: UUID, places: Sequence[UUID]
) -> None:
    """How long the board takes, asked of one place after the other."""
    taken = []
    for place in places:
        given = {"c": global_id("AuditCampaign", campaign), "o": global_id("Organization", place)}
        begun = time.perf_counter()
        answer = await institution.ask("municipal", BOARD, given)
        taken.append((time.perf_counter() - begun) * 1000)
        assert answer["data"]["auditCampaignBoard"]["completed"], answer
    cuts = quantiles(taken, n=100, method="inclusive")
    print(f"  board of {name}: {len(taken)} times, p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms")


async def _summed(institution: Institution, form: str, branches: int) -> None:
    """What all branches come to, as one workbook by one job."""
    platform, top = institution.house.platform, institution.units["root"]
    async with institution.by("municipal") as act:
        given = {"sheet": form, "organization": top.id.hex, "purpose": "汇总"}
        id = await jobs.enqueue(act, EXPORT, given, top.path)
    held, begun = forget_peak(), time.perf_counter()
    await platform.jobs.run_waiting()
    taken, found = time.perf_counter() - begun, await job_of(institution, id)
    assert found.state is State.SUCCEEDED, found
    print(f"  {form} of {branches:,} branches in one job: {taken:.1f} s", end="; ")
    print(f"memory {held} MB before, {peak()} MB at most", flush=True)


def _analyzed(settings: Settings) -> None:
    """As PostgreSQL does by itself within a minute."""
    if settings.owner_database is not None:
        with psycopg.connect(settings.owner_database, autocommit=True) as owner:
            owner.execute("ANALYZE")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.auditing", description=__doc__)
    parser.add_argument("--rows", type=int, default=MEMBERS, help="members")
    parser.add_argument("--branches", type=int, default=BRANCHES)
    parser.add_argument("--on", choices=("sqlite", "postgresql"), default="postgresql")
    parser.add_argument("--killed", action="store_true", help="kill a worker half-way")
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        installation(given.on, Path(name)) as settings,
        patiently(),
    ):
        asyncio.run(measure(settings, given.rows, given.branches, killed=given.killed))


if __name__ == "__main__":
    main()
