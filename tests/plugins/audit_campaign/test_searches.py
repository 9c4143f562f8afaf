"""Searching who is lost: one file for each, and every look at it in the ledger."""

from typing import Any

import pytest
from sqlalchemy import select

from zhibu.events.tables import LedgerEntry

FILE = """query ($s: ID!) { auditCampaignSearchFile(search: $s) { name outcome lostSince
  circumstances cause conduct steps { id method course by evidence voidReason } } }"""


async def lost(audit: Any) -> tuple[str, str]:
    """An audit, and the sheet of `me`, who is confirmed to be lost."""
    campaign = await audit.opened()
    found = await audit.listed("secretary", campaign)
    sheet = next(each["id"] for each in found if each["name"] == audit.me.name)
    given = {"sheet": sheet, "label": "lost", "note": "电话停机，家中无人"}
    await audit.done("secretary", "Label", given)
    return campaign, sheet


def opening(audit: Any, sheet: str, **changes: Any) -> dict[str, Any]:
    given = {"sheet": sheet, "responsible": audit.id(audit.peer), "dueOn": "2026-07-31"}
    return {**given, **changes}


async def opened(audit: Any) -> str:
    _, sheet = await lost(audit)
    made = await audit.done("secretary", "SearchOpen", opening(audit, sheet), "search { id }")
    return str(made["search"]["id"])


def step(audit: Any, search: str, method: str = "DIRECT", **changes: Any) -> dict[str, Any]:
    given = {"search": search, "on": "2026-06-15", "method": method, "course": "电话无人接听"}
    given |= {"by": audit.id(audit.peer), "evidence": "DOCUMENT", "evidenceNote": "通话记录"}
    return {**given, **changes}


def ending(search: str, outcome: str = "NOT_FOUND", **changes: Any) -> dict[str, Any]:
    given = {"search": search, "outcome": outcome, "lostSince": "2025-10-01"}
    return {**given, "circumstances": "外出后无音讯", "cause": "更换电话", **changes}


@pytest.mark.clause("S3C-07", "S3A-44")
async def test_a_file_is_opened_for_each_person_who_is_lost_with_somebody_and_a_day(
    audit: Any,
) -> None:
    campaign, sheet = await lost(audit)
    other = next(
        each["id"]
        for each in await audit.listed("secretary", campaign)
        if each["name"] == audit.peer.name
    )
    wrong = opening(audit, other, responsible=audit.id(audit.far), dueOn="2026-06-14")
    assert await audit.refused("secretary", "SearchOpen", wrong) == [
        "not_lost",
        "limit_missing",
        "not_of_branch",
    ]
    await audit.done("secretary", "SearchOpen", opening(audit, sheet))
    assert await audit.refused("secretary", "SearchOpen", opening(audit, sheet)) == ["search_open"]


@pytest.mark.clause("S3C-07")
async def test_somebody_else_answers_for_a_search_that_goes_on_by_a_day_and_for_a_reason(
    audit: Any,
) -> None:
    search = await opened(audit)
    given = {"search": search, "responsible": audit.id(audit.me), "dueOn": "2026-06-14"}
    assert await audit.refused("secretary", "SearchEntrust", {**given, "reason": " "}) == [
        "limit_missing",
        "own_search",
        "reason_missing",
    ]
    far = {**given, "responsible": audit.id(audit.far), "dueOn": "2026-08-31", "reason": "协查"}
    assert await audit.refused("secretary", "SearchEntrust", far) == ["not_of_branch"]
    other = await audit.at.member("branch", name="另一人")
    given |= {"responsible": audit.id(other), "dueOn": "2026-08-31", "reason": "原责任人调离"}
    stale = {**given, "version": 9}
    assert await audit.refused("secretary", "SearchEntrust", stale) == ["version_stale"]
    told = "search { dueOn responsible { name } }"
    made = await audit.done("secretary", "SearchEntrust", given, told)
    assert made["search"] == {"dueOn": "2026-08-31", "responsible": {"name": "另一人"}}
    await audit.done("secretary", "SearchLog", step(audit, search, evidence="HEARD"))
    await audit.done("secretary", "SearchConclude", ending(search, "FOUND"))
    assert await audit.refused("secretary", "SearchEntrust", given) == ["concluded"]


@pytest.mark.clause("S3C-07")
async def test_a_search_falls_due_on_its_day_until_it_is_concluded_and_names_nobody(
    audit: Any,
) -> None:
    search = await opened(audit)
    document = """query ($o: ID!) { dueItems(under: $o, kinds: ["audit_campaign.search"],
      dueTo: "2026-12-31", first: 20) { nodes { dueOn subject memberName } } }"""

    async def due(login: str) -> list[dict[str, Any]]:
        answer = await audit.at.ask(login, document, {"o": audit.at.id("branch")})
        found: list[dict[str, Any]] = answer["data"]["dueItems"]["nodes"]
        return found

    assert await due("recorder") == []
    [only] = await due("secretary")
    assert only == {"dueOn": "2026-07-31", "subject": search, "memberName": None}
    later = {"search": search, "responsible": audit.id(audit.peer), "dueOn": "2026-08-31"}
    await audit.done("secretary", "SearchEntrust", {**later, "reason": "尚待协查"})
    assert [each["dueOn"] for each in await due("secretary")] == ["2026-08-31"]
    await audit.done("secretary", "SearchLog", step(audit, search, evidence="HEARD"))
    await audit.done("secretary", "SearchConclude", ending(search, "FOUND"))
    assert await due("secretary") == []
    await audit.done("secretary", "SearchReopen", {"search": search, "reason": "又失联"})
    assert [each["dueOn"] for each in await due("secretary")] == ["2026-08-31"]


async def test_a_unit_that_sets_searches_no_limit_is_not_reminded_of_any(audit: Any) -> None:
    await opened(audit)
    document = """query ($o: ID!) { dueItems(under: $o, kinds: ["audit_campaign.search"],
      dueTo: "2026-12-31", first: 20) { nodes { dueOn } } }"""
    for count in (1, 0):
        if not count:
            await audit.set("search_limit", False, "general")
        answer = await audit.at.ask("secretary", document, {"o": audit.at.id("branch")})
        assert len(answer["data"]["dueItems"]["nodes"]) == count


@pytest.mark.clause("S3A-44", "S3C-10", "S3B-06", "S3D-09")
async def test_each_step_says_when_how_what_and_who(audit: Any) -> None:
    search = await opened(audit)
    wrong = step(audit, search, on="2026-06-16", course=" ", by=audit.id(audit.far))
    wrong["evidenceNote"] = ""
    assert await audit.refused("secretary", "SearchLog", wrong) == [
        "day_unfit",
        "unsaid",
        "evidence_missing",
        "not_of_branch",
    ]
    await audit.done("secretary", "SearchLog", step(audit, search))
    file = (await audit.asked("secretary", FILE, s=search))["auditCampaignSearchFile"]
    [only] = file["steps"]
    assert (only["method"], only["course"]) == ("DIRECT", "电话无人接听")
    assert (only["by"], only["evidence"]) == (audit.peer.name, "DOCUMENT")


async def test_a_step_is_taken_back_and_counts_for_nothing(audit: Any) -> None:
    search = await opened(audit)
    await audit.done("secretary", "SearchLog", step(audit, search))
    file = (await audit.asked("secretary", FILE, s=search))["auditCampaignSearchFile"]
    void = {"searchEntry": file["steps"][0]["id"], "reason": "误登"}
    await audit.done("secretary", "SearchEntryVoid", void)
    assert await audit.refused("secretary", "SearchEntryVoid", void) == ["voided"]
    assert await audit.refused("secretary", "SearchConclude", ending(search, "FOUND")) == [
        "entries_missing"
    ]
    file = (await audit.asked("secretary", FILE, s=search))["auditCampaignSearchFile"]
    assert file["steps"][0]["voidReason"] == "误登"


@pytest.mark.clause("S3B-07")
async def test_nothing_is_concluded_while_one_of_the_three_is_not_clear(audit: Any) -> None:
    search = await opened(audit)
    await audit.done("secretary", "SearchLog", step(audit, search))
    blank = ending(search, "SEARCHING", lostSince=None, circumstances=" ", cause="")
    assert await audit.refused("secretary", "SearchConclude", blank) == [
        "outcome_missing",
        *["not_clear"] * 3,
    ]
    later = ending(search, "FOUND", lostSince="2026-06-16")
    assert await audit.refused("secretary", "SearchConclude", later) == [
        "day_unfit",
        "nobody_seen",
    ]


@pytest.mark.clause("S3B-25")
async def test_nobody_is_found_by_documents_alone(audit: Any) -> None:
    search = await opened(audit)
    await audit.done("secretary", "SearchLog", step(audit, search))
    found = ending(search, "FOUND")
    assert await audit.refused("secretary", "SearchConclude", found) == ["nobody_seen"]
    await audit.done("secretary", "SearchLog", step(audit, search, evidence="HEARD"))
    await audit.done("secretary", "SearchConclude", found)


async def test_whoever_is_lost_does_not_search_for_himself(audit: Any) -> None:
    _, sheet = await lost(audit)
    himself = audit.id(audit.me)
    own = opening(audit, sheet, responsible=himself)
    assert await audit.refused("secretary", "SearchOpen", own) == ["own_search"]
    made = await audit.done("secretary", "SearchOpen", opening(audit, sheet), "search { id }")
    given = step(audit, made["search"]["id"], by=himself)
    assert await audit.refused("secretary", "SearchLog", given) == ["own_search"]


async def test_whom_a_search_did_not_find_stays_lost_until_it_is_opened_again(audit: Any) -> None:
    _, sheet = await lost(audit)
    made = await audit.done("secretary", "SearchOpen", opening(audit, sheet), "search { id }")
    search = made["search"]["id"]
    for method in ("DIRECT", "RELATIVES", "HOUSEHOLD"):
        await audit.done("secretary", "SearchLog", step(audit, search, method))
    await audit.done("secretary", "SearchConclude", ending(search))
    document = """query ($s: ID!) { node(id: $s) { ... on AuditCampaignSheet { issues { id label }
      } } }"""
    issues = (await audit.asked("secretary", document, s=sheet))["node"]["issues"]
    [issue] = [each["id"] for each in issues if each["label"] == "lost"]
    given = {"issue": issue, "confirms": False, "note": "误标"}
    assert await audit.refused("secretary", "Judge", given) == ["search_decides"]
    await audit.done("secretary", "SearchReopen", {"search": search, "reason": "有新线索"})
    await audit.done("secretary", "Judge", given)
    assert await audit.refused("secretary", "SearchConclude", ending(search)) == ["not_lost"]


@pytest.mark.clause("S3C-08")
async def test_nobody_is_called_lost_before_three_ways_were_tried(audit: Any) -> None:
    search = await opened(audit)
    for method in ("DIRECT", "DIRECT", "RELATIVES"):
        await audit.done("secretary", "SearchLog", step(audit, search, method))
    given = ending(search)
    assert await audit.refused("secretary", "SearchConclude", given) == ["methods_few"]
    await audit.done("secretary", "SearchLog", step(audit, search, "HOUSEHOLD"))
    await audit.done("secretary", "SearchConclude", given)
    assert await audit.refused("secretary", "SearchLog", step(audit, search)) == ["concluded"]


@pytest.mark.clause("S3C-11", "S3C-12")
async def test_found_and_not_found_are_two_registers_and_a_search_may_go_on(audit: Any) -> None:
    campaign, sheet = await lost(audit)
    made = await audit.done("secretary", "SearchOpen", opening(audit, sheet), "search { id }")
    search = made["search"]["id"]
    await audit.done("secretary", "SearchLog", step(audit, search, evidence="VIDEO"))
    await audit.done("secretary", "SearchConclude", ending(search, "FOUND", conduct="表现良好"))
    document = """query ($c: ID!, $o: ID!, $w: AuditCampaignOutcome) { auditCampaignSearches(
      campaign: $c, organization: $o, first: 9, outcome: $w) { nodes { name outcome } } }"""
    where = {"c": campaign, "o": audit.at.id("committee")}
    for outcome, count in (("FOUND", 1), ("NOT_FOUND", 0)):
        found = await audit.asked("officer", document, **where, w=outcome)
        assert len(found["auditCampaignSearches"]["nodes"]) == count
    again = {"search": search, "reason": "联系后又失联"}
    await audit.done("secretary", "SearchReopen", again)
    assert await audit.refused("secretary", "SearchReopen", again) == ["not_concluded"]
    found = await audit.asked("officer", document, **where, w="FOUND")
    assert found["auditCampaignSearches"]["nodes"] == []


@pytest.mark.clause("S3A-44")
async def test_results_are_not_handed_up_while_somebody_lost_is_not_searched(audit: Any) -> None:
    campaign, sheet = await lost(audit)
    id = await audit.audited(campaign)
    await audit.prepared(id)
    for each in await audit.listed("secretary", campaign):
        await audit.completed(each["id"])
    assert await audit.refused("secretary", "Submit", {"audited": id}) == ["searches_missing"]
    await audit.done("secretary", "SearchOpen", opening(audit, sheet))
    await audit.done("secretary", "Submit", {"audited": id})


@pytest.mark.clause("S3A-48", "S3B-30", "S3C-44", "S3D-37")
async def test_every_look_at_a_file_is_in_the_ledger_and_others_get_none(audit: Any) -> None:
    search = await opened(audit)
    for login in ("secretary", "officer", "district"):
        await audit.asked(login, FILE, s=search)
    for login in ("far_secretary", "other_secretary", "rival"):
        answer = await audit.at.ask(login, FILE, {"s": search})
        assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND", login
    async with audit.at.operator() as act:
        looks = await act.session.scalars(
            select(LedgerEntry.account_id).where(
                LedgerEntry.tenant_id == act.tenant_id,
                LedgerEntry.event == "audit_campaign.search_seen",
            )
        )
        assert len({*looks}) == 3
