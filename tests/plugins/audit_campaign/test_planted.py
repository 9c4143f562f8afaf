"""A district with planted cases: what records say finds all of them, and invents none."""

from datetime import date
from typing import Any

import pytest
from tests.plugins.audit_campaign.planted import planted

ISSUES = """query ($c: ID!, $o: ID!) { auditCampaignIssues(campaign: $c, organization: $o,
  first: 50) { nodes { name label rule state } } }"""


@pytest.mark.clause("S3A-01", "S3A-10", "S3D-07")
async def test_all_planted_cases_are_suggested_and_none_is_invented(audit: Any) -> None:
    [people] = await planted(audit, ("branch", "secretary", "officer"))
    campaign = await audit.opened()
    id = await audit.audited(campaign)
    await audit.done("secretary", "Prefill", {"audited": id})
    found = await audit.asked("secretary", ISSUES, c=campaign, o=audit.at.id("branch"))
    issues = found["auditCampaignIssues"]["nodes"]
    assert {(each["name"], each["label"]) for each in issues} == {
        (people.lost.name, "lost"),
        (people.hanging.name, "hanging"),
        (people.floating.name, "floating"),
        (people.pocket.name, "pocket"),
    }
    assert {each["state"] for each in issues} == {"SUGGESTED"}
    missing = await audit.listed("secretary", campaign, ground="UNRECEIPTED")
    assert {each["name"] for each in missing} == {people.unreceipted.name, people.pocket.name}
    assert date.fromisoformat(audit.today) == date(2026, 7, 15)
