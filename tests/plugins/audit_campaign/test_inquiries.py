"""Other bodies are asked about who is lost; what they answer stands in his file."""

from typing import Any

import pytest
from tests.plugins.audit_campaign.test_searches import ending, opened, step

FILE = """query ($s: ID!) { auditCampaignSearchFile(search: $s) { inquiries { id body text askedBy
  answer answeredOn voidReason } } }"""
DUE = """query ($o: ID!) { dueItems(under: $o, kinds: ["audit_campaign.inquiry"],
  dueTo: "2026-12-31", first: 20) { nodes { dueOn subject memberName } } }"""
BOARD = """query ($c: ID!, $o: ID!) { auditCampaignBoard(campaign: $c, organization: $o) {
  inquiries unanswered } auditCampaignInquiries(campaign: $c, organization: $o, first: 9,
  open: true) { nodes { name body dueOn } } }"""


def asking(audit: Any, search: str, **changes: Any) -> dict[str, Any]:
    given = {"search": search, "body": "police", "text": "有无违纪违法", "on": audit.today}
    return {**given, **changes}


async def file_of(audit: Any, search: str) -> list[dict[str, Any]]:
    found = await audit.asked("secretary", FILE, s=search)
    asked: list[dict[str, Any]] = found["auditCampaignSearchFile"]["inquiries"]
    return asked


@pytest.mark.clause("S3A-43", "S3B-28", "S3C-41", "S3C-42")
async def test_a_body_is_asked_about_who_is_lost_and_its_answer_stands_in_his_file(
    audit: Any,
) -> None:
    search = await opened(audit)
    for login in ("far_secretary", "other_secretary", "rival"):
        assert await audit.refused(login, "InquiryMake", asking(audit, search)) == ["NOT_FOUND"]
    wrong = asking(audit, search, body="tax", text=" ", on="2026-06-16")
    refused = await audit.refused("district", "InquiryMake", wrong)
    assert refused == ["body_unknown", "unsaid", "day_unfit"]
    made = await audit.done("district", "InquiryMake", asking(audit, search), "inquiry { id }")
    of = {"inquiry": made["inquiry"]["id"]}
    campaign = await campaign_of(audit)
    given = {"c": campaign, "o": audit.at.id("committee")}
    found = await audit.asked("officer", BOARD, **given)
    assert found["auditCampaignBoard"] == {"inquiries": 1, "unanswered": 1}
    assert found["auditCampaignInquiries"]["nodes"] == [
        {"name": audit.me.name, "body": "police", "dueOn": "2026-06-30"}
    ]
    answer = {**of, "text": "户籍已迁往江州市", "on": audit.today}
    assert await audit.refused("rival", "InquiryAnswer", answer) == ["NOT_FOUND"]
    await audit.done("secretary", "InquiryAnswer", answer)
    [only] = await file_of(audit, search)
    assert (only["body"], only["answer"]) == ("police", "户籍已迁往江州市")
    assert only["askedBy"]
    found = await audit.asked("officer", BOARD, **given)
    assert found["auditCampaignBoard"] == {"inquiries": 1, "unanswered": 0}
    assert await audit.refused("secretary", "InquiryAnswer", answer) == ["inquiry_answered"]
    await audit.done("secretary", "InquiryVoid", {**of, "reason": "误登"})
    assert [each["voidReason"] for each in await file_of(audit, search)] == ["误登"]
    found = await audit.asked("officer", BOARD, **given)
    assert found["auditCampaignBoard"]["inquiries"] == 0


@pytest.mark.clause("S3A-19")
async def test_law_enforcement_is_asked_about_the_conduct_of_who_was_found(audit: Any) -> None:
    search = await opened(audit)
    await audit.done("secretary", "SearchLog", step(audit, search, evidence="SEEN"))
    await audit.done("secretary", "SearchConclude", ending(search, "FOUND"))
    await audit.done("officer", "InquiryMake", asking(audit, search))
    assert [each["text"] for each in await file_of(audit, search)] == ["有无违纪违法"]


async def test_an_answer_falls_due_by_the_days_that_a_unit_sets_and_names_nobody(
    audit: Any,
) -> None:
    search = await opened(audit)

    async def due() -> list[dict[str, Any]]:
        answer = await audit.at.ask("secretary", DUE, {"o": audit.at.id("branch")})
        found: list[dict[str, Any]] = answer["data"]["dueItems"]["nodes"]
        return found

    made = await audit.done("secretary", "InquiryMake", asking(audit, search), "inquiry { id }")
    id = made["inquiry"]["id"]
    assert await due() == [{"dueOn": "2026-06-30", "subject": id, "memberName": None}]
    answer = {"inquiry": id, "text": "查无此人", "on": audit.today}
    await audit.done("secretary", "InquiryAnswer", answer)
    assert await due() == []
    await audit.set("inquiry_days", 0, "general")
    await audit.done("secretary", "InquiryMake", asking(audit, search))
    assert await due() == []


async def campaign_of(audit: Any) -> str:
    document = "query ($o: ID!) { auditCampaigns(organization: $o, first: 1) { nodes { id } } }"
    found = await audit.asked("secretary", document, o=audit.at.id("branch"))
    return str(found["auditCampaigns"]["nodes"][0]["id"])
