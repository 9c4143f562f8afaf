"""A branch that was merged or emptied after the list was made, and who moved meanwhile."""

from typing import Any

import pytest
from tests.plugins.audit_campaign.test_lists import moved
from tests.plugins.audit_campaign.test_searches import ending, opening, step
from tests.plugins.audit_campaign.test_sheets import first, shown

SHOWN = """query ($id: ID!) { node(id: $id) { ... on AuditCampaignAudited { state endReason
  successor { name } } } }"""


async def emptied(audit: Any) -> None:
    """Everybody of the branch is in another one now."""
    await audit.at.later(days=3)
    for who in (audit.me, audit.peer):
        await moved(audit, who, "other", "2026-06-17")


async def test_where_nobody_is_any_more_the_level_above_hands_up_and_somebody_else_verifies(
    audit: Any,
) -> None:
    campaign = await audit.opened()
    id = await audit.audited(campaign)
    given = {"audited": id, "successor": audit.at.id("other"), "reason": "支部撤并"}
    assert await audit.refused("secretary", "SubmitInPlace", given) == ["FORBIDDEN"]
    assert await audit.refused("rival", "SubmitInPlace", given) == ["NOT_FOUND"]
    own = {**given, "successor": audit.at.id("branch"), "reason": " "}
    assert await audit.refused("officer", "SubmitInPlace", own) == [
        *("branch_lives", "sheets_open", "own_successor", "reason_missing"),
    ]
    await emptied(audit)
    assert await audit.refused("officer", "SubmitInPlace", given) == ["sheets_open"]
    for each in await audit.listed("officer", campaign, "branch"):
        await audit.completed(each["id"], "officer")
    await audit.done("officer", "SubmitInPlace", given)
    found = (await audit.asked("officer", SHOWN, id=id))["node"]
    assert (found["state"], found["endReason"]) == ("SUBMITTED", "支部撤并")
    assert found["successor"]["name"] == audit.at.units["other"].name
    back = {"audited": id, "reason": "有遗漏"}
    assert await audit.refused("secretary", "SubmissionWithdraw", back) == ["FORBIDDEN"]
    await audit.done("officer", "SubmissionWithdraw", back)
    await audit.done("officer", "SubmitInPlace", given)
    verified = audit.verification(id)
    assert await audit.refused("officer", "Verify", verified) == ["own_work"]
    await audit.done("district", "Verify", verified)


@pytest.mark.clause("S3D-10")
async def test_for_a_branch_without_members_its_committee_searches_itself(audit: Any) -> None:
    campaign = await audit.opened()
    sheet = await first(audit, campaign, audit.me)
    label = {"sheet": sheet, "label": "lost", "note": "企业改制后失联"}
    await audit.done("secretary", "Label", label)
    someone = await audit.at.member("other")
    given = opening(audit, sheet, responsible=audit.id(someone))
    assert await audit.refused("officer", "SearchOpen", given) == ["not_of_branch"]
    await audit.at.later(days=3)
    await moved(audit, audit.peer, "other", "2026-06-17")
    far = {**given, "responsible": audit.id(audit.far)}
    assert await audit.refused("officer", "SearchOpen", far) == ["not_of_branch"]
    made = await audit.done("officer", "SearchOpen", given, "search { id }")
    search = made["search"]["id"]
    taken = step(audit, search, by=audit.id(audit.peer), evidence="HEARD")
    await audit.done("officer", "SearchLog", taken)
    in_place = {"audited": await audit.audited(campaign), "reason": "支部撤并"}
    refused = await audit.refused("officer", "SubmitInPlace", in_place)
    assert "branch_lives" not in refused
    await audit.done("officer", "SearchConclude", ending(search, "FOUND"))
    refused = await audit.refused("officer", "SubmitInPlace", in_place)
    assert "branch_lives" in refused, "whoever was found is a member of it"


async def test_a_branch_is_not_told_of_who_is_with_another_now(audit: Any) -> None:
    campaign = await audit.opened()
    await audit.away(audit.me, certainty="MOVING")
    await audit.at.later(days=3)
    await moved(audit, audit.me, "other", "2026-06-17")
    await audit.done("secretary", "Prefill", {"audited": await audit.audited(campaign)})
    found = await shown(audit, await first(audit, campaign, audit.me))
    assert (found["awaySince"], found["issues"]) == (None, [])
