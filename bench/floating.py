"""The half-year report of a committee: `python -m bench.floating [--rows N] [--on DATABASE]`.

A committee of fifty branches with two thousand members, all of them away, each with a note of
contact, reports the half. Says how many statements and how long that took, and the page of it; and
that each figure is as long as the list of people behind it.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import insert, select

from bench.importing import Statements, imported, in_turn, installation
from bench.rosters import members_books
from zhibu.identifiers import new_id
from zhibu.members.sheets import MEMBERS
from zhibu.members.tables import Member
from zhibu.organizations.sheets import ORGANIZATIONS
from zhibu.plugins import discover
from zhibu.settings import Settings
from zhibu.storage.homes.patience import patiently
from zhibu.testing.house import Institution, running
from zhibu_flow_members.rules.summaries import Figure
from zhibu_flow_members.tables import Case, Note

PAPERS = ("letter", "certificate", "card")
SUBMIT = """mutation ($input: FlowMembersSummarySubmitInput!) {
  flowMembersSummarySubmit(input: $input) { summary { id %s } userErrors { message } } }"""
PEOPLE = """query ($s: ID!) { flowMembersPeople(summary: $s, figure: %s, first: 100) {
  totalCount nodes { member { name } } } }"""
PAGE = "query ($s: ID!) { flowMembersSummaryPage(summary: $s) }"


def cases(tenant_id: UUID, members: Sequence[UUID], now: Any) -> Iterator[dict[str, Any]]:
    """Each member away, for between a month and two years."""
    today = now.date()
    for n, member in enumerate(members):
        since = today - timedelta(days=30 + n % 700)
        yield {
            "tenant_id": tenant_id,
            "id": new_id(),
            "member_id": member,
            "ground": "labour",
            "place": f"江州市{n % 40}区",
            "certainty": "fixed",
            "since": since,
            "until": None if n % 3 else today + timedelta(days=90),
            "by_wish": False,
            "paper": PAPERS[n % 3],
            "floating_from": since + timedelta(days=182),
            "once": "away",
            "told_on": since if n % 2 else None,
            "verify_by": since + timedelta(days=30),
            "recorded_at": now,
            "touched_on": today - timedelta(days=n % 300),
            "version": 1,
        }


def notes(rows: Sequence[dict[str, Any]], now: Any) -> Iterator[dict[str, Any]]:
    """Contact with each of them."""
    for row in rows:
        yield {
            "tenant_id": row["tenant_id"],
            "id": new_id(),
            "case_id": row["id"],
            "member_id": row["member_id"],
            "kind": "contact",
            "side": "home",
            "phase": "during",
            "channel": "phone",
            "happened_on": row["touched_on"],
            "text": "电话联系，一切正常",
            "recorded_at": now,
        }


async def measure(settings: Settings, folder: Path) -> None:
    async with running(settings, discover()) as house:
        institution = await house.found()
        tenant, statements = institution.tenant, Statements()
        home = house.platform.homes.home(tenant.id)
        print(home.name, flush=True)
        await imported(
            institution, ORGANIZATIONS.name, folder / f"{ORGANIZATIONS.name}.xlsx", statements
        )
        for book in members_books(folder):
            await imported(institution, MEMBERS.name, book, statements)
        async with home.act(tenant.id) as session:
            members = (await session.scalars(select(Member.id).order_by(Member.id))).all()
            rows = [*cases(tenant.id, members, house.now)]
            await session.execute(insert(Case.__table__), rows)
            await session.execute(insert(Note.__table__), [*notes(rows, house.now)])
        if settings.owner_database is not None:  # as PostgreSQL does by itself within a minute
            with psycopg.connect(settings.owner_database, autocommit=True) as owner:
                owner.execute("ANALYZE")
        await _reported(institution, statements, len(members))


async def _reported(institution: Institution, statements: Statements, members: int) -> None:
    figures = [figure.value for figure in Figure]
    given = {"organization": institution.id("committee"), "year": date(2026, 6, 1).year, "half": 1}
    document = SUBMIT % " ".join(figures)
    statements.forget()
    begun = time.perf_counter()
    answer = await institution.ask("officer", document, {"input": {**given, "note": "支部另报"}})
    taken, sent = time.perf_counter() - begun, statements.sent
    made = answer["data"]["flowMembersSummarySubmit"]
    assert not made["userErrors"], made
    summary = made["summary"]
    print(f"  {members:,} members away: reported in {taken * 1000:.0f} ms, {sent} statements")
    begun = time.perf_counter()
    for figure in figures:
        told = await institution.ask("officer", PEOPLE % figure.upper(), {"s": summary["id"]})
        assert told["data"]["flowMembersPeople"]["totalCount"] == summary[figure], figure
    taken = time.perf_counter() - begun
    print(f"  the people behind {len(figures)} figures, each as many as it says: {taken:.2f} s")
    begun = time.perf_counter()
    page = await institution.ask("officer", PAGE, {"s": summary["id"]})
    assert "errors" not in page, page
    print(f"  its page: {(time.perf_counter() - begun) * 1000:.0f} ms; {summary}")


def _run(database: str, given: argparse.Namespace) -> None:
    with installation(database, given.folder / database) as settings, patiently():
        asyncio.run(measure(settings, given.folder))


if __name__ == "__main__":
    size = [] if "--rows" in sys.argv else ["--rows", "2000"]
    in_turn("bench.floating", __doc__, [*size, *sys.argv[1:]], _run)
