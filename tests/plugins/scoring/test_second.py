"""A second, naive reckoning from the ledger alone: the product must say the same of everybody."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
import yaml
from sqlalchemy import select
from tests.graph.test_mutation_statements import STORIES, staged

from zhibu.events.tables import LedgerEntry
from zhibu.identifiers import global_id, row_of
from zhibu.platform import Platform
from zhibu.plugins import Plugins
from zhibu.settings import Settings
from zhibu.testing.filled import filled
from zhibu.testing.house import House, Institution, running
from zhibu.testing.shell import Shell
from zhibu_scoring import plugin

HERE = Path(__file__).parents[3]
DEMO = "municipal-organs"
SHEET = plugin.parameters().folder / "scheme.yaml"
VETOES = {
    word["zh"]
    for value in yaml.safe_load(SHEET.read_text("utf-8"))["scoring.scheme"]["values"].values()
    for word in value["value"]
    if word["part"] == "veto"
}
BACK = ("scoring.reversal_declared", "scoring.reversal_proposed")


async def ledger(platform: Platform, tenant_id: UUID) -> list[Any]:
    async with platform.homes.home(tenant_id).view(tenant_id) as session:
        rows = await session.execute(
            select(
                LedgerEntry.event, LedgerEntry.subject_id, LedgerEntry.member_id, LedgerEntry.facts
            )
            .where(LedgerEntry.tenant_id == tenant_id, LedgerEntry.event.like("scoring.%"))
            .order_by(LedgerEntry.seq)
        )
        return list(rows.all())


async def totals(platform: Platform, tenant_id: UUID) -> Mapping[tuple[UUID, int], Decimal]:
    """Of each member and year of which anything was approved: what the ledger says of it."""
    plus: dict[tuple[UUID, int], Decimal] = defaultdict(Decimal)
    minus: dict[tuple[UUID, int], Decimal] = defaultdict(Decimal)
    vetoes: dict[tuple[UUID, int], int] = defaultdict(int)
    told = await ledger(platform, tenant_id)
    back = {row.subject_id for row in told if row.event in BACK}
    for row in told:
        if row.event != "scoring.entry_approved":
            continue
        key, reversing = (row.member_id, int(row.facts["year"])), row.subject_id in back
        points = Decimal(str(row.facts["points"]))
        if row.facts["item"] in VETOES:
            vetoes[key] += -1 if reversing else 1
        elif (points < 0) is not reversing:
            minus[key] -= points
        else:
            plus[key] += points
    keys = {*plus, *minus, *vetoes}
    return {
        key: Decimal(0) if vetoes[key] > 0 else 100 - min(minus[key], Decimal(100)) + plus[key]
        for key in keys
    }


async def agree(institution: Institution, login: str) -> int:
    """Whether the product says what the ledger says, of how many."""
    document = """query ($id: ID!, $year: Int!) { member(id: $id) { scoring(year: $year) {
        standing total } } }"""
    counted = 0
    known = await totals(institution.house.platform, institution.tenant.id)
    for (member, year), total in known.items():
        given = {"id": global_id("Member", member), "year": year}
        answer = await institution.ask(login, document, given)
        found = answer["data"]["member"]["scoring"]
        if found["standing"] == "COUNTED":
            assert Decimal(found["total"]) == total, (member, year, found, total)
            counted += 1
    return counted


async def test_over_the_story_the_ledger_alone_gives_the_same_totals(
    house: House, installed_plugins: Plugins
) -> None:
    stage = await staged(await filled(house, "yunling"), installed_plugins)
    for step in STORIES["scoring"]:
        await stage.tell(step)
    assert await agree(stage.here.institution, "officer")


MEMBERS = """query ($o: ID!) { members(organization: $o, first: 100) { nodes {
    id scoring(year: 2026) { standing total } } } }"""
CLOSED = """query ($o: ID!) { scoringYears(organization: $o, year: 2025, first: 9) { nodes {
    stand body noticePlace results { total rank mark low member { id } } } }
  scoringPublications(organization: $o, year: 2025, first: 9) { totalCount }
  scoringHelps(organization: $o, year: 2025, first: 9) { nodes { member { id } } } }"""
ENTER = """mutation ($input: SignInInput!) { signIn(input: $input) { token } }"""
VIEWER = "{ viewer { roles { role organization } } }"


@pytest.mark.clause("S4-30", "S4-31", "S4-32")
async def test_everybody_s_points_in_the_demo_are_what_the_ledger_alone_gives(
    tmp_path: Path, installed_plugins: Plugins
) -> None:
    into = tmp_path / "demo"
    samples = ("--institutions", HERE / "institutions", "--only", DEMO, "--no-serve")
    await asyncio.to_thread(Shell(into, tmp_path).ok, "demo", "--into", into, *samples)
    async with running(Settings(data=into), installed_plugins) as house:
        house.now = datetime.now(UTC)
        password = (into / "demo-password").read_text().strip()
        entering = {"tenant": DEMO, "login": "secretary", "password": password}
        entered = await house.ask(ENTER, {"input": entering})
        mine = {"credential": entered["data"]["signIn"]["token"]}
        roles = (await house.ask(VIEWER, **mine))["data"]["viewer"]["roles"]
        given = {"o": roles[0]["organization"]}
        shown = (await house.ask(MEMBERS, given, **mine))["data"]["members"]["nodes"]
        closed = (await house.ask(CLOSED, given, **mine))["data"]
        tenant = await house.platform.directory.by_code(DEMO)
        known = await totals(house.platform, tenant.id)
    counted = {
        (row_of(each["id"], "Member"), 2026): Decimal(each["scoring"]["total"])
        for each in shown
        if each["scoring"]["standing"] == "COUNTED"
    }
    assert counted == {key: known.get(key, Decimal(100)) for key in counted}
    assert len([key for key in counted if known.get(key, 100) != 100]) > 10
    [year] = closed["scoringYears"]["nodes"]
    assert (year["stand"], year["body"]) == ("CONCLUDED", "COMMITTEE")
    last = {
        (row_of(each["member"]["id"], "Member"), 2025): Decimal(each["total"])
        for each in year["results"]
    }
    assert last == {key: known.get(key, Decimal(100)) for key in last}
    assert set(known) <= {*counted, *last}
    best = sorted(last.values(), reverse=True)
    assert [each["rank"] for each in year["results"]] == [best.index(t) + 1 for t in last.values()]
    assert {each["mark"] for each in year["results"]} >= {"QUALIFIED", "UNQUALIFIED"}
    low = [each["member"] for each in year["results"] if each["low"]]
    assert [each["member"] for each in closed["scoringHelps"]["nodes"]] == low
    assert closed["scoringPublications"]["totalCount"] == 4


ITEMS = ("suggestion", "commended_municipal", "attitude", "probation", "warning", "veto_serious")


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_is_declared_approved_and_reversed_the_ledger_alone_gives_the_same(
    scoring: Any, seed: int
) -> None:
    random, counting, n = Random(seed), [], 0
    for _ in range(14):
        who = random.choice((scoring.me, scoring.peer))
        act = random.choice(("approve", "approve", "reverse", "refuse"))
        if act == "reverse" and counting:
            owner, entry = counting.pop(random.randrange(len(counting)))
            given = {"entry": entry, "reason": "不实"}
            await scoring.done("recorder", "scoringEntryReverse", given)
            if random.random() < 0.7:
                await scoring.approve_all(owner)
            continue
        n += 1
        entry = await scoring.declared(
            who, item=random.choice(ITEMS), description=f"第{n}件", material="民主评议文件"
        )
        if act == "approve":
            await scoring.done("secretary", "scoringEntryApprove", {"entries": [entry]})
            counting.append((who, entry))
        elif act == "refuse":
            given = {"entry": entry, "reason": "不实"}
            await scoring.done("secretary", "scoringEntryRefuse", given)
    assert await agree(scoring.at, "officer")
