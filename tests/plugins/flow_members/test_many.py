"""A committee of fifty branches with two thousand members away reports a half."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select

from zhibu.act import Act
from zhibu.identifiers import new_id
from zhibu.members.tables import Affiliation, Member
from zhibu.organizations.tables import Organization
from zhibu.testing.counting import statements
from zhibu_flow_members.rules.summaries import Figure
from zhibu_flow_members.tables import Case, Note

BRANCHES, MEMBERS = 50, 2_000
PAPERS = ("letter", "certificate", "card")
FIGURES = [figure.value for figure in Figure]
SUBMITTED = f"summary {{ id {' '.join(FIGURES)} }}"
PEOPLE = """query ($s: ID!, $after: String) { flowMembersPeople(summary: $s, figure: %s, first: %d,
  after: $after) { totalCount pageInfo { endCursor hasNextPage } nodes { member { id } } } }"""


async def branches(act: Act, committee: Any, count: int) -> list[tuple[UUID, str]]:
    """So many branches more below a committee; their ids and paths."""
    rows = [
        {
            "tenant_id": act.tenant_id,
            "id": new_id(),
            "parent_id": committee.id,
            "path": f"{committee.path}{100 + n}.",
            "code": f"MANY{n:02d}",
            "name": f"第{n}党支部",
            "kind": "branch",
        }
        for n in range(count)
    ]
    await act.session.execute(insert(Organization), rows)
    return [(row["id"], row["path"]) for row in rows]


async def away(act: Act, like: Any, at: Sequence[tuple[UUID, str]], count: int) -> None:
    """So many members like one, spread over branches: each away, some told, heard of or back."""
    tenant, today = act.tenant_id, act.today
    people, stays, cases, notes = [], [], [], []
    for n in range(count):
        member, (branch, path) = new_id(), at[n % len(at)]
        since = today - timedelta(days=7 + n % 700)
        who = {
            "id": member,
            "organization_id": branch,
            "path": path,
            "identity_index": member.bytes,
        }
        people.append({**like, **who, "name": f"党员{n}", "sort_name": f"dangyuan{n}"})
        stay = {"member_id": member, "organization_id": branch, "since": like["admitted_on"]}
        stays.append({"tenant_id": tenant, "id": new_id(), **stay})
        case = {
            "tenant_id": tenant,
            "id": new_id(),
            "member_id": member,
            "ground": "labour",
            "place": f"江州市{n % 40}区",
            "certainty": "fixed",
            "since": since,
            "by_wish": False,
            "paper": PAPERS[n % 3],
            "floating_from": since + timedelta(days=182),
            "once": None if n % 9 == 0 else "away",
            "ended_on": today - timedelta(days=1) if n % 9 == 0 else None,
            "ending": "returned" if n % 9 == 0 else None,
            "told_on": since if n % 4 else None,
            "verify_by": since + timedelta(days=30),
            "recorded_at": act.now,
        }
        cases.append(case)
        if n % 2:
            note = {key: case[key] for key in ("tenant_id", "member_id", "recorded_at")}
            note |= {"id": new_id(), "case_id": case["id"], "side": "home", "phase": "during"}
            note |= {"kind": "contact" if n % 3 else "report", "channel": "phone"}
            notes.append({**note, "happened_on": today, "text": "电话联系"})
    for table, rows in ((Member, people), (Affiliation, stays), (Case, cases), (Note, notes)):
        await act.session.execute(insert(table.__table__), rows)


async def people(flow: Any, summary: str, figure: str, *, first: int = 1) -> tuple[int, set[str]]:
    """How many a figure's list says there are, and who is on it, a page of `first` at a time."""
    found: set[str] = set()
    after = None
    while True:
        asked = {"s": summary, "after": after}
        answer = await flow.at.ask("district", PEOPLE % (figure.upper(), first), asked)
        page = answer["data"]["flowMembersPeople"]
        found |= {node["member"]["id"] for node in page["nodes"]}
        after = page["pageInfo"]["endCursor"]
        if first == 1 or not page["pageInfo"]["hasNextPage"]:
            return page["totalCount"], found


@pytest.mark.clause("S1-25")
async def test_fifty_branches_report_in_as_many_statements_as_one_and_each_figure_is_its_people(
    flow: Any,
) -> None:
    given = {"organization": flow.at.id("committee"), "year": 2026, "half": 1}
    await flow.recorded()
    assert await flow.refused("officer", "SummarySubmit", given) == ["summaries_missing"]
    given["note"] = "党支部另报"
    sent = []
    for count in (0, MEMBERS - 1):
        if count:
            async with flow.at.operator() as act:
                row = select(Member.__table__).where(Member.id == flow.me.id)
                like = dict((await act.session.execute(row)).one()._mapping)
                places = await branches(act, flow.at.units["committee"], BRANCHES - 2)
                known = (flow.at.units["branch"], flow.at.units["other"])
                places += [(unit.id, unit.path) for unit in known]
                await away(act, like, places, count)
        with statements() as asked:
            made = await flow.done("officer", "SummarySubmit", given, SUBMITTED)
        sent.append(asked)
        summary = made["summary"]
        if not count:
            back = {"summary": summary["id"], "reason": "再报"}
            await flow.done("district", "SummaryReturn", back)
    assert len(sent[1]) <= len(sent[0]) <= 16
    assert len(set(sent[1])) == len(sent[1]), "no statement is sent for each branch, or member"
    assert summary["away"] + summary["ended"] == MEMBERS
    assert all(summary.values())
    for figure in FIGURES:
        told, _ = await people(flow, summary["id"], figure)
        assert told == summary[figure], figure
    told, listed = await people(flow, summary["id"], "ended", first=100)
    assert len(listed) == told == summary["ended"] > 200
