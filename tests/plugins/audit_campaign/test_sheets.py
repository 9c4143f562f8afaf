"""Checking members one by one, and deciding what is an issue."""

from typing import Any

import pytest

SHEET = """query ($id: ID!) { node(id: $id) { ... on AuditCampaignSheet { completedOn evidence
  contactedOn awaySince streak expected attendedOn letterUntil checks { code result note }
  issues { id label rule clause state note since } } } }"""


async def shown(audit: Any, id: str, login: str = "secretary") -> Any:
    return (await audit.asked(login, SHEET, id=id))["node"]


async def first(audit: Any, campaign: str, who: Any) -> str:
    found = await audit.listed("secretary", campaign)
    return str(next(each["id"] for each in found if each["name"] == who.name))


@pytest.mark.clause("S3A-09", "S3B-25", "S3A-45")
async def test_a_sheet_is_completed_check_by_check_and_with_evidence(audit: Any) -> None:
    sheet = await first(audit, await audit.opened(), audit.me)
    wrong = [
        {"check": "roster", "result": "ISSUE"},
        {"check": "roster", "result": "IN_ORDER"},
        {"check": "moon", "result": "UNKNOWN", "note": "不知"},
    ]
    given = audit.filling(sheet, checks=wrong, evidenceNote=" ", contactedOn="2026-06-16")
    assert await audit.refused("secretary", "SheetComplete", given) == [
        "checks_missing",
        "checks_unknown",
        "checks_unexplained",
        "evidence_missing",
        "day_unfit",
    ]
    await audit.done("secretary", "SheetComplete", audit.filling(sheet))
    found = await shown(audit, sheet)
    assert found["completedOn"] == audit.today
    assert found["evidence"] == "SEEN"
    assert {each["code"]: each["result"] for each in found["checks"]} == dict.fromkeys(
        ("roster", "dues", "life", "transfer"), "IN_ORDER"
    )


async def test_a_complete_sheet_is_reopened_with_a_reason_and_completed_anew(audit: Any) -> None:
    sheet = await first(audit, await audit.opened(), audit.me)
    again = {"sheet": sheet, "reason": "党费一栏有误"}
    assert await audit.refused("secretary", "SheetReopen", again) == ["not_completed"]
    await audit.done("secretary", "SheetComplete", audit.filling(sheet))
    given = audit.filling(sheet)
    assert await audit.refused("secretary", "SheetComplete", given) == ["completed"]
    await audit.done("secretary", "SheetReopen", again)
    given["checks"][1] = {"check": "dues", "result": "ISSUE", "note": "欠交两月"}
    await audit.done("secretary", "SheetComplete", given)
    found = {each["code"]: each["note"] for each in (await shown(audit, sheet))["checks"]}
    assert found["dues"] == "欠交两月"
    assert len(found) == 4


@pytest.mark.clause("S3A-01", "S3A-10")
async def test_a_label_is_given_by_somebody_and_decided_otherwise(audit: Any) -> None:
    campaign = await audit.opened()
    sheet = await first(audit, campaign, audit.me)
    given = {"sheet": sheet, "label": "moon", "note": " "}
    assert await audit.refused("secretary", "Label", given) == ["label_unknown", "unsaid"]
    given |= {"label": "hidden", "note": "不亮明身份"}
    made = await audit.done("secretary", "Label", given, "issue { id state clause }")
    assert (made["issue"]["state"], made["issue"]["clause"]) == ("CONFIRMED", "S3A-01")
    assert await audit.refused("secretary", "Label", given) == ["label_known"]
    decided = {"issue": made["issue"]["id"], "confirms": True, "note": "属实"}
    assert await audit.refused("secretary", "Judge", decided) == ["judged_so"]
    await audit.done("secretary", "Judge", {**decided, "confirms": False, "note": "已亮明"})
    [issue] = (await shown(audit, sheet))["issues"]
    assert (issue["state"], issue["note"]) == ("DISMISSED", "已亮明")


@pytest.mark.clause("S3D-07", "S3D-08")
async def test_a_rule_suggests_and_only_a_person_decides(audit: Any) -> None:
    campaign = await audit.opened()
    id = await audit.audited(campaign)
    await audit.away(audit.me, certainty="MOVING")
    await audit.done("secretary", "Prefill", {"audited": id})
    sheet = await first(audit, campaign, audit.me)
    found = await shown(audit, sheet)
    [issue] = found["issues"]
    assert (issue["label"], issue["rule"], issue["state"]) == ("floating", "AWAY", "SUGGESTED")
    assert found["awaySince"] == issue["since"]
    given = audit.filling(sheet)
    assert await audit.refused("secretary", "SheetComplete", given) == ["suggestions_open"]
    document = """query ($c: ID!, $o: ID!) { auditCampaignIssues(campaign: $c, organization: $o,
      first: 9, filter: {label: "floating", state: SUGGESTED}) { nodes { name } } }"""
    where = {"c": campaign, "o": audit.at.id("branch")}
    listed = await audit.asked("secretary", document, **where)
    assert listed["auditCampaignIssues"]["nodes"] == [{"name": audit.me.name}]
    decided = {"issue": issue["id"], "confirms": True, "note": " "}
    assert await audit.refused("secretary", "Judge", decided) == ["reason_missing"]
    await audit.done("secretary", "Judge", {**decided, "note": "在外务工"})
    await audit.done("secretary", "Prefill", {"audited": id})
    [issue] = (await shown(audit, sheet))["issues"]
    assert issue["state"] == "CONFIRMED", "what was decided stays when it is suggested anew"
    await audit.done("secretary", "SheetComplete", given)


async def test_what_is_not_so_any_more_is_not_suggested_any_more(audit: Any) -> None:
    campaign = await audit.opened()
    id = await audit.audited(campaign)
    case = await audit.away(audit.me, certainty="MOVING")
    await audit.done("secretary", "Prefill", {"audited": id})
    sheet = await first(audit, campaign, audit.me)
    assert len((await shown(audit, sheet))["issues"]) == 1
    void = """mutation ($input: FlowMembersCaseReasonInput!) {
      flowMembersCaseVoid(input: $input) { userErrors { code } } }"""
    await audit.asked("secretary", void, input={"case": case, "reason": "误登"})
    await audit.done("secretary", "Prefill", {"audited": id})
    assert (await shown(audit, sheet))["issues"] == []


async def test_of_others_than_a_branch_nothing_is_filled_in(audit: Any) -> None:
    campaign = await audit.opened()
    committee = await audit.audited(campaign, "committee", "officer")
    assert await audit.refused("officer", "Prefill", {"audited": committee}) == ["level_unfit"]
