"""An audit of a whole city: `python -m bench.auditing [--rows N] [--branches N] [--on DATABASE]`.

A department of 300,000 members in 13,800 branches opens an audit: its list is made by a job. Then
every branch has numbers, and the board is asked for the city, for each district and for each
committee. At last what all branches found is written as one workbook, by one job. Says how long it
took, and how much memory at most.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import Uuid, false, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bench.importing import Statements, forget_peak, installation, peak
from zhibu.identifiers import global_id, label, new_id
from zhibu.jobs import service as jobs
from zhibu.jobs.rules import State
from zhibu.jobs.workbooks import EXPORT
from zhibu.members.tables import Affiliation, Member, StagePeriod
from zhibu.organizations.tables import Organization, OrganizationPeriod
from zhibu.plugins import discover
from zhibu.settings import Settings
from zhibu.storage.fresh import fresh_ids
from zhibu.storage.homes.patience import patiently
from zhibu.testing.house import Institution, running
from zhibu.testing.works import job_of
from zhibu_audit_campaign.rules.campaigns import Dates, Opening
from zhibu_audit_campaign.rules.plans import Part, PlanKind
from zhibu_audit_campaign.service import campaigns
from zhibu_audit_campaign.service.plans import plan_at
from zhibu_audit_campaign.store.work import counts
from zhibu_audit_campaign.tables import Audited, Issue, Sheet

MEMBERS, BRANCHES = 300_000, 13_800
OF_COMMITTEE, OF_DISTRICT = 30, 20  # branches of a committee, committees of a district
ADMITTED = date(2010, 7, 1)
AT_ONCE = 5_000
ASKED = 200  # times the board of the whole city is asked
BOARD = """query ($c: ID!, $o: ID!) { auditCampaignBoard(campaign: $c, organization: $o) {
  branches submitted returned accepted expected completed floating hanging pocket lost unreceipted
  found notFound } }"""
FORMS = ("audit_campaign_lost_summary", "audit_campaign_disposition_summary")
Rows = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class City:
    """The places of each level, as rows of organizations."""

    districts: Rows
    committees: Rows
    branches: Rows


def city(tenant_id: UUID, top: Any, branches: int) -> City:
    """Districts of twenty committees of thirty branches, below the top."""
    numbers = iter(range(1_000, 1_000_000))

    def below(parent: dict[str, Any], kind: str, approves: bool) -> dict[str, Any]:
        number = next(numbers)
        return {
            "tenant_id": tenant_id,
            "id": new_id(),
            "parent_id": parent["id"],
            "path": f"{parent['path']}{label(number)}.",
            "code": f"B{number}",
            "name": f"第{number}党组织",
            "kind": kind,
            "approves_probationary": approves,
            "founded_on": ADMITTED,
        }

    root = {"id": top.id, "path": top.path}
    made = City(districts=[], committees=[], branches=[])
    for number in range(branches):
        if number % (OF_COMMITTEE * OF_DISTRICT) == 0:
            made.districts.append(below(root, "district_department", False))
        if number % OF_COMMITTEE == 0:
            made.committees.append(below(made.districts[-1], "party_committee", True))
        made.branches.append(below(made.committees[-1], "branch", False))
    return made


def members(tenant_id: UUID, branches: Rows, count: int, now: Any) -> Iterator[Rows]:
    """So many full members, each branch in turn."""
    for start in range(0, count, AT_ONCE):
        yield [
            {
                "tenant_id": tenant_id,
                "id": new_id(),
                "organization_id": branches[number % len(branches)]["id"],
                "path": branches[number % len(branches)]["path"],
                "name": f"党员{number}",
                "sort_name": f"dangyuan{number:06}",
                "gender": "female" if number % 3 else "male",
                "birth_date": date(1960, 1, 1) + timedelta(days=number % 15_000),
                "kind": "in_service",
                "stage": "full",
                "admitted_on": ADMITTED,
                "full_on": date(2011, 7, 1),
                "identity_sealed": b"sealed",
                "identity_index": number.to_bytes(8, "big"),
                "identity_masked": "530*************38",
                "created_at": now,
            }
            for number in range(start, min(start + AT_ONCE, count))
        ]


async def fill(session: AsyncSession, tenant_id: UUID, made: City, count: int, now: Any) -> None:
    """The register of the city: whole tables at once."""
    for rows in (made.districts, made.committees, made.branches):
        await session.execute(insert(Organization.__table__), rows)
        kept = ("tenant_id", "path", "name", "kind", "parent_id")
        periods = [
            {
                **{key: row[key] for key in kept},
                "id": new_id(),
                "organization_id": row["id"],
                "since": ADMITTED,
                "change": "founded",
            }
            for row in rows
        ]
        await session.execute(insert(OrganizationPeriod.__table__), periods)
    for rows in members(tenant_id, made.branches, count, now):
        await session.execute(insert(Member.__table__), rows)
    who: Any = Member.__table__
    of = literal(tenant_id, Uuid())
    known = select(of, fresh_ids(session), who.c.id, who.c.organization_id, who.c.admitted_on)
    names = ["tenant_id", "id", "member_id", "organization_id", "since"]
    known = known.where(who.c.tenant_id == tenant_id)
    await session.execute(insert(Affiliation.__table__).from_select(names, known))
    said = [literal("full"), literal("registered"), literal("档案")]
    stood = select(of, fresh_ids(session), who.c.id, who.c.admitted_on, who.c.admitted_on, *said)
    names = ["tenant_id", "id", "member_id", "since", "decided_on", "stage", "change", "decision"]
    stood = stood.where(who.c.tenant_id == tenant_id)
    await session.execute(insert(StagePeriod.__table__).from_select(names, stood))


async def checked(session: AsyncSession, tenant_id: UUID, every: int) -> None:
    """Of so many members one is lost, the others are checked; each branch has its numbers."""
    sheet: Any = Sheet.__table__
    number = func.row_number().over(order_by=sheet.c.id)
    listed = select(sheet, number.label("number")).where(sheet.c.tenant_id == tenant_id).subquery()
    lost = listed.c.number % every == 0
    await session.execute(
        update(sheet)
        .where(sheet.c.tenant_id == tenant_id, sheet.c.id.in_(select(listed.c.id).where(~lost)))
        .values(completed_on=ADMITTED)
    )
    kept = ("tenant_id", "campaign_id", "organization_id", "member_id")
    said = {"label": "lost", "clause": "S3C-06", "state": "confirmed"}
    issue = select(
        fresh_ids(session),
        listed.c.id,
        false(),
        *(listed.c[name] for name in kept),
        *map(literal, said.values()),
    ).where(lost)
    names = ["id", "sheet_id", "restricted", *kept, *said]
    await session.execute(insert(Issue.__table__).from_select(names, issue))
    audited: Any = Audited.__table__
    await session.execute(
        update(audited).where(audited.c.tenant_id == tenant_id).values(**counts())
    )


async def measure(settings: Settings, rows: int, branches: int) -> None:
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
            await _written(institution, form, len(made.branches))


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


async def _written(institution: Institution, form: str, branches: int) -> None:
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
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        installation(given.on, Path(name)) as settings,
        patiently(),
    ):
        asyncio.run(measure(settings, given.rows, given.branches))


if __name__ == "__main__":
    main()
