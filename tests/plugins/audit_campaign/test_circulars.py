"""Poor work: who is late is named, and a circular says what was poor and gets a reply."""

from typing import Any

import pytest

LATE = """query ($c: ID!, $o: ID!, $l: Boolean) { auditCampaignAudited(campaign: $c,
  organization: $o, first: 50, level: BRANCH, overdue: $l) { nodes { organization { code } } } }"""
SHOWN = """query ($c: ID!, $o: ID!) { auditCampaignCirculars(campaign: $c, organization: $o,
  first: 9) { nodes { id text reply issuedBy repliedBy withdrawReason } } }"""


async def late(audit: Any, campaign: str, overdue: bool | None) -> set[str]:
    where = {"c": campaign, "o": audit.at.id("district"), "l": overdue}
    found = await audit.asked("district", LATE, **where)
    return {each["organization"]["code"] for each in found["auditCampaignAudited"]["nodes"]}


@pytest.mark.clause("S3A-39")
async def test_who_has_not_handed_up_by_the_last_day_is_named(audit: Any) -> None:
    campaign = await audit.opened("committee", "officer")
    code = audit.at.units["branch"].code
    assert await late(audit, campaign, True) == set()
    await audit.at.later(days=60)
    assert await late(audit, campaign, True) == {code}
    assert code not in await late(audit, campaign, False)
    await audit.submitted(campaign, await audit.audited(campaign))
    assert await late(audit, campaign, True) == set()


@pytest.mark.clause("S3A-39")
async def test_a_circular_says_what_was_poor_and_whoever_is_criticized_replies(audit: Any) -> None:
    campaign = await audit.opened()
    branch = await audit.audited(campaign)
    poor = {"audited": branch, "text": "逐人核查走过场"}
    assert await audit.refused("secretary", "CircularIssue", poor) == ["FORBIDDEN"]
    assert await audit.refused("rival", "CircularIssue", poor) == ["NOT_FOUND"]
    assert await audit.refused("officer", "CircularIssue", {**poor, "text": " "}) == ["unsaid"]
    made = await audit.done("officer", "CircularIssue", poor, "circular { id }")
    of = {"circular": made["circular"]["id"]}
    for login in ("rival", "far_secretary", "other_secretary"):
        reply = await audit.refused(login, "CircularReply", {**of, "text": "已整改"})
        assert reply == ["NOT_FOUND"], login
        found = await audit.asked(login, SHOWN, c=campaign, o=audit.at.id("branch"))
        assert found["auditCampaignCirculars"]["nodes"] == []
    own = await audit.refused("officer", "CircularReply", {**of, "text": "已整改"})
    assert own == ["own_work"]
    await audit.done("secretary", "CircularReply", {**of, "text": "已重新逐人核查"})
    back = {**of, "reason": "误发"}
    assert await audit.refused("officer", "CircularWithdraw", back) == ["circular_over"]
    found = await audit.asked("district", SHOWN, c=campaign, o=audit.at.id("committee"))
    [only] = found["auditCampaignCirculars"]["nodes"]
    assert (only["text"], only["reply"]) == ("逐人核查走过场", "已重新逐人核查")
    again = await audit.done("officer", "CircularIssue", poor, "circular { id }")
    back = {"circular": again["circular"]["id"], "reason": "误发"}
    await audit.done("officer", "CircularWithdraw", back)
    assert await audit.refused("officer", "CircularWithdraw", back) == ["circular_over"]
