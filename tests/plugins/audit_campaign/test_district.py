"""A district of three committees, from planted cases to the report that the city accepts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from tests.plugins.audit_campaign.planted import Planted, planted

from zhibu.organizations import service as organizations
from zhibu.organizations.public import Kind, PostKind

ISSUES = """query ($c: ID!, $o: ID!) { auditCampaignIssues(campaign: $c, organization: $o,
  first: 50) { nodes { id name label } } }"""
BOARD = """query ($c: ID!, $o: ID!) { auditCampaignBoard(campaign: $c, organization: $o) {
  branches submitted returned accepted expected completed floating hanging pocket lost unreceipted
  found notFound } }"""
NODE = """query ($id: ID!) { node(id: $id) { ... on AuditCampaignAudited {
  state expected completed floating hanging pocket lost unreceipted found notFound } } }"""
NUMBERS = ("expected", "completed", "floating", "hanging", "pocket", "lost", "unreceipted", "found")
LEVELS = ("eins", "zwei", "drei")


async def committees(audit: Any) -> None:
    """Three committees that approve members, each with a branch, an officer and a secretary."""
    async with audit.at.operator() as act:
        for name in LEVELS:
            made = {"founded_on": date(2000, 1, 1)}
            audit.at.units[name] = await organizations.create(
                act,
                parent_id=audit.at.units["district"].id,
                code=name.upper(),
                name=f"{name}党委",
                kind=Kind.PARTY_COMMITTEE,
                approves_probationary=True,
                **made,
            )
            audit.at.units[f"{name}_branch"] = await organizations.create(
                act,
                parent_id=audit.at.units[name].id,
                code=f"{name.upper()}B",
                name=f"{name}支部",
                kind=Kind.BRANCH,
                approves_probationary=False,
                **made,
            )
    for name in LEVELS:
        await audit.at.account(f"{name}_officer", "committee_officer", name)
        await audit.at.account(f"{name}_secretary", "branch_secretary", f"{name}_branch")


async def chaired(audit: Any, name: str, people: Planted) -> str:
    """Somebody who holds a post of the committee."""
    chair = people.hanging
    async with audit.at.operator() as act:
        await organizations.appoint(
            act,
            organization_id=audit.at.units[name].id,
            member_id=chair.id,
            kind=PostKind.SECRETARY,
            since=date(2026, 1, 1),
        )
    return str(audit.id(chair))


async def checked(audit: Any, campaign: str, name: str, people: Planted) -> str:
    """A branch does all of its work and hands it up; its id in the audit."""
    branch, secretary = f"{name}_branch", f"{name}_secretary"
    id = str(await audit.audited(campaign, branch, secretary))
    await audit.prepared(id, secretary, people.hanging)
    await audit.done(secretary, "Prefill", {"audited": id})
    found = await audit.asked(secretary, ISSUES, c=campaign, o=audit.at.id(branch))
    issues = found["auditCampaignIssues"]["nodes"]
    assert {(each["name"], each["label"]) for each in issues} == {
        (people.lost.name, "lost"),
        (people.hanging.name, "hanging"),
        (people.floating.name, "floating"),
        (people.pocket.name, "pocket"),
    }
    for each in issues:
        given = {"issue": each["id"], "confirms": True, "note": "经核实属实"}
        await audit.done(secretary, "Judge", given)
    for each in await audit.listed(secretary, campaign, branch):
        await audit.completed(each["id"], secretary)
        if each["name"] == people.lost.name:
            await searched(audit, each["id"], secretary, people)
    await audit.done(secretary, "Submit", {"audited": id})
    return id


async def searched(audit: Any, sheet: str, secretary: str, people: Planted) -> None:
    by = audit.id(people.hanging)
    given = {"sheet": sheet, "responsible": by, "dueOn": "2026-08-31"}
    made = await audit.done(secretary, "SearchOpen", given, "search { id }")
    search = made["search"]["id"]
    for method in ("DIRECT", "RELATIVES", "HOUSEHOLD"):
        step = {"search": search, "on": audit.today, "method": method, "course": "无音讯"}
        step |= {"by": by, "evidence": "DOCUMENT", "evidenceNote": "记录"}
        await audit.done(secretary, "SearchLog", step)
    given = {"search": search, "outcome": "NOT_FOUND", "lostSince": "2025-10-01"}
    given |= {"circumstances": "外出无音讯", "cause": "更换电话"}
    await audit.done(secretary, "SearchConclude", given)


def added(rows: list[Mapping[str, int]]) -> dict[str, int]:
    return {name: sum(row[name] for row in rows) for name in NUMBERS}


@pytest.mark.clause("S3A-02", "S3A-36", "S3A-41")
async def test_four_levels_check_in_turn_and_every_sum_is_that_of_its_parts(audit: Any) -> None:
    await committees(audit)
    places = [(f"{name}_branch", f"{name}_secretary", f"{name}_officer") for name in LEVELS]
    people = dict(zip(LEVELS, await planted(audit, *places), strict=True))
    chairs = {name: await chaired(audit, name, people[name]) for name in LEVELS}
    campaign = await audit.opened()
    for login in ("secretary", "far_secretary"):
        at = {"secretary": "branch", "far_secretary": "far"}[login]
        worker = {"secretary": audit.peer, "far_secretary": audit.far}[login]
        id = await audit.audited(campaign, at, login)
        await audit.submitted(campaign, id, login, at, who=worker)
    branches = {name: await checked(audit, campaign, name, people[name]) for name in LEVELS}
    rows = []
    for name, id in branches.items():
        officer = f"{name}_officer"
        await audit.done(officer, "Verify", audit.verification(id, hanging=1, lost=1, floating=1))
        top = await audit.audited(campaign, name, officer)
        await audit.done(officer, "Report", audit.report(top, chairs[name]))
        row = (await audit.asked(officer, NODE, id=top))["node"]
        own = (await audit.asked(officer, NODE, id=id))["node"]
        assert {key: row[key] for key in NUMBERS} == {key: own[key] for key in NUMBERS}
        rows.append(row)
        await reviewed(audit, campaign, name)
        await audit.done("district", "Review", {"audited": top, "remark": "同意"})
    board = await audit.asked("district", BOARD, c=campaign, o=audit.at.id("district"))
    found = board["auditCampaignBoard"]
    ours = {"expected": 3, "completed": 3}
    assert {key: found[key] - ours.get(key, 0) for key in NUMBERS} == added(rows)
    assert (found["branches"] >= 5, found["submitted"], found["accepted"]) == (True, 2, 3)
    own = await audit.asked("eins_secretary", BOARD, c=campaign, o=audit.at.id("district"))
    assert own["auditCampaignBoard"]["branches"] == 1, "no more than one's own branch"
    assert await audit.listed("eins_officer", campaign, "drei") == []


async def reviewed(audit: Any, campaign: str, name: str) -> None:
    """The district reviews each file of who is lost, and only then the report."""
    top = await audit.audited(campaign, name, "district")
    given = {"audited": top, "remark": "同意"}
    assert await audit.refused("district", "Review", given) == ["files_unreviewed"]
    document = """query ($c: ID!, $o: ID!) { auditCampaignSearches(campaign: $c, organization: $o,
      first: 9) { nodes { id } } }"""
    found = await audit.asked("district", document, c=campaign, o=audit.at.id(name))
    for each in found["auditCampaignSearches"]["nodes"]:
        await audit.done("district", "SearchReview", {"search": each["id"], "remark": "属实"})
