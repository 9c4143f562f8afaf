"""What becomes of members who were checked: proposed, approved above, carried out, taken back."""

from typing import Any

import pytest
from tests.plugins.audit_campaign.planted import BASE, CONFIRM, PAY, SEND, done
from tests.plugins.audit_campaign.test_searches import ending, lost, opening, step

PROPOSALS = """query ($s: ID!, $c: [AuditCampaignCondition!]!) {
  auditCampaignProposals(sheet: $s, conditions: $c) { course clause basis held zh en } }"""
SETTLED = """query ($c: ID!, $o: ID!) { auditCampaignSettlements(campaign: $c, organization: $o,
  first: 9) { nodes { id name course proposed clause document conditions reason body state matter
  approvedBy carriedOn withdrawReason } } }"""
GOOD = ["EXPLAINS", "SINCERE", "STAYS", "CLEAN"]


def settling(audit: Any, sheet: str, course: str, *told: str, **changes: Any) -> dict[str, Any]:
    given = {"sheet": sheet, "course": course, "conditions": [*told], "metOn": audit.today}
    return {**given, **changes}


async def checked(audit: Any, outcome: str = "FOUND", **changes: Any) -> tuple[str, str]:
    """An audit and a sheet: lost, searched with this outcome, and complete."""
    campaign, sheet = await lost(audit)
    made = await audit.done("secretary", "SearchOpen", opening(audit, sheet), "search { id }")
    search = made["search"]["id"]
    for method in ("DIRECT", "RELATIVES", "HOUSEHOLD"):
        taken = step(audit, search, method, evidence="SEEN" if outcome == "FOUND" else "DOCUMENT")
        await audit.done("secretary", "SearchLog", taken)
    await audit.done("secretary", "SearchConclude", ending(search, outcome, **changes))
    await audit.completed(sheet)
    return campaign, sheet


async def settled(audit: Any, campaign: str, by: str = "officer") -> list[dict[str, Any]]:
    found = await audit.asked(by, SETTLED, c=campaign, o=audit.at.id("committee"))
    nodes: list[dict[str, Any]] = found["auditCampaignSettlements"]["nodes"]
    return nodes


@pytest.mark.clause("S3A-48", "S3B-30", "S3C-44", "S3D-37")
async def test_others_settle_nothing_and_see_nothing(audit: Any) -> None:
    campaign, sheet = await checked(audit)
    given = settling(audit, sheet, "MANAGED", *GOOD)
    for login in ("far_secretary", "other_secretary", "rival"):
        assert await audit.refused(login, "Settle", given) == ["NOT_FOUND"], login
        answer = await audit.at.ask(login, PROPOSALS, {"s": sheet, "c": GOOD})
        assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND", login
    made = await audit.done("secretary", "Settle", given, "settlement { id }")
    of = {"settlement": made["settlement"]["id"]}
    for login in ("far_secretary", "other_secretary", "rival"):
        approving = await audit.refused(login, "SettlementApprove", {**of, "remark": "同意"})
        assert approving == ["NOT_FOUND"]
        taking = await audit.refused(login, "SettlementWithdraw", {**of, "reason": "误登"})
        assert taking == ["NOT_FOUND"]
        found = await audit.asked(login, SETTLED, c=campaign, o=audit.at.id("branch"))
        assert found["auditCampaignSettlements"]["nodes"] == []
    approving = await audit.refused("secretary", "SettlementApprove", {**of, "remark": "同意"})
    assert approving == ["FORBIDDEN"]
    assert len(await settled(audit, campaign, "district")) == 1


@pytest.mark.clause("S3C-14", "S3C-15", "S3C-16", "S3D-12")
async def test_the_branch_proposes_the_committee_approves_once_dues_are_made_up(
    audit: Any,
) -> None:
    campaign, sheet = await checked(audit)
    lines = await audit.asked("secretary", PROPOSALS, s=sheet, c=GOOD)
    [line] = lines["auditCampaignProposals"]
    assert (line["course"], line["clause"]) == ("MANAGED", "S3C-14")
    assert set(line["held"]) == {"FOUND", *GOOD}
    assert "党员教育管理工作条例" in line["basis"]
    owes = {"member": audit.id(audit.me), "year": 2026, "income": "WAGE", "baseFen": 400_000}
    base = await done(audit, "officer", BASE, owes)
    await done(audit, "secretary", CONFIRM, {"bases": [base["base"]["id"]]})
    await audit.done("secretary", "Settle", settling(audit, sheet, "MANAGED", *GOOD))
    [only] = await settled(audit, campaign)
    assert (only["state"], only["body"], only["clause"]) == ("PROPOSED", "MEETING", "S3C-14")
    assert set(only["conditions"]) == {"LOST", "FOUND", *GOOD}
    approval = {"settlement": only["id"], "remark": "同意"}
    assert await audit.refused("officer", "SettlementApprove", approval) == ["dues_open"]
    paid = {"member": audit.id(audit.me), "firstMonth": "2026-01-01", "lastMonth": "2026-06-01"}
    paid |= {"paidOn": audit.today, "fen": 24_000, "lateReason": "失联期间补交"}
    await done(audit, "officer", PAY, paid)
    await audit.done("officer", "SettlementApprove", approval)
    [only] = await settled(audit, campaign)
    assert (only["state"], only["carriedOn"]) == ("CARRIED_OUT", audit.today)
    assert await audit.refused("officer", "SettlementApprove", approval) == ["settlement_stands"]


@pytest.mark.clause("A-01", "S3B-07")
async def test_nothing_becomes_of_whom_the_evidence_is_not_complete(audit: Any) -> None:
    _, sheet = await lost(audit)
    early = settling(audit, sheet, "GIVEN_UP", "STAYS", "LEAVES", metOn="2026-06-16")
    assert await audit.refused("secretary", "Settle", early) == [
        "not_completed",
        "search_goes_on",
        "conditions_contradict",
        "day_unfit",
        "otherwise_unsaid",
    ]


@pytest.mark.clause("A-01", "S3C-23")
async def test_who_is_lost_and_not_found_is_stopped_and_otherwise_only_with_a_reason(
    audit: Any,
) -> None:
    campaign, sheet = await checked(audit, "NOT_FOUND", lostSince="2025-10-01")
    lines = await audit.asked("secretary", PROPOSALS, s=sheet, c=[])
    assert lines["auditCampaignProposals"][0]["course"] == "STOP"
    other = settling(audit, sheet, "GIVEN_UP")
    assert await audit.refused("secretary", "Settle", other) == ["otherwise_unsaid"]
    await audit.done("secretary", "Settle", {**other, "reason": "按 2016 年方案遗留事项办理"})
    again = settling(audit, sheet, "STOP")
    assert await audit.refused("secretary", "Settle", again) == ["settled_already"]
    [only] = await settled(audit, campaign)
    assert (only["course"], only["proposed"], only["clause"]) == ("GIVEN_UP", "lost", None)


@pytest.mark.clause("S3C-17", "S3D-17")
async def test_a_settlement_is_carried_out_by_a_matter_of_that_member_and_taken_back(
    audit: Any,
) -> None:
    campaign, sheet = await checked(audit)
    await audit.done("secretary", "Settle", settling(audit, sheet, "TRANSFER", "ELSEWHERE"))
    [only] = await settled(audit, campaign)
    of = {"settlement": only["id"]}

    async def transfer(who: Any) -> str:
        given = {"kind": "OUT", "reason": "residence", "member": audit.id(who)}
        given |= {"elsewhere": "中共海河市河东区委组织部", "address": "海河市一号"}
        return str((await done(audit, "secretary", SEND, given))["case"]["id"])

    own, others = await transfer(audit.me), await transfer(audit.peer)
    carrying = {**of, "matter": own}
    assert await audit.refused("secretary", "SettlementCarry", carrying) == ["settlement_stands"]
    await audit.done("officer", "SettlementApprove", {**of, "remark": "同意"})
    wrong = {**of, "matter": others}
    assert await audit.refused("secretary", "SettlementCarry", wrong) == ["matter_unfit"]
    await audit.done("secretary", "SettlementCarry", carrying)
    [only] = await settled(audit, campaign)
    assert (only["state"], only["matter"]) == ("CARRIED_OUT", own)
    back = {**of, "reason": "本人返回"}
    assert await audit.refused("secretary", "SettlementWithdraw", back) == ["FORBIDDEN"]
    await audit.done("officer", "SettlementWithdraw", back)
    assert await audit.refused("officer", "SettlementWithdraw", back) == ["settlement_stands"]
    await audit.done("secretary", "Settle", settling(audit, sheet, "TRANSFER", "ELSEWHERE"))
    states = [each["state"] for each in await settled(audit, campaign)]
    assert sorted(states) == ["PROPOSED", "WITHDRAWN"]


async def test_a_plan_that_is_amended_changes_nothing_of_an_audit_that_goes_on(audit: Any) -> None:
    campaign, sheet = await lost(audit)
    lines = [
        {"code": "scope.formal", "zh": "正式", "en": "Formal", "clause": "S3A-41"},
        {"code": "stage.checking", "zh": "排查", "en": "Checking", "clause": "S3A-35"}
        | {"level": "branch", "since": "11-01", "until": "11-25"},
    ]
    await audit.set("plan_education", lines)
    one = audit.filling(sheet)
    one["checks"] = one["checks"][:1]
    assert await audit.refused("secretary", "SheetComplete", one) == ["checks_missing"]
    await audit.completed(sheet)
    assert campaign
