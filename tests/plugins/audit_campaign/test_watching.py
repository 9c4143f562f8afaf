"""The board of an audit is watched: who is shown what, and when anew."""

from typing import Any

import pytest

from zhibu.testing.house import House
from zhibu.testing.streams import Refused

WATCHED = """subscription ($c: ID!, $o: ID!) {
  auditCampaignBoard(campaign: $c, organization: $o) { branches expected completed } }"""
NOTHING = {"branches": 0, "expected": 0, "completed": 0}


@pytest.fixture(autouse=True)
def quickly(house: House) -> None:
    """No look waits for long; what wakes one is what the tests are about."""
    house.platform.streams.pace.least = 0.0


def given(audit: Any, campaign: str) -> dict[str, str]:
    return {"c": campaign, "o": audit.at.id("district")}


async def test_nobody_watches_a_board_without_signing_in(audit: Any) -> None:
    where = given(audit, await audit.opened())
    with pytest.raises(Refused) as refused:
        async with audit.at.house.watch(WATCHED, where):
            pass
    assert refused.value.status == 400, "visitors have no such field"


async def test_another_institution_and_who_may_see_no_audit_watch_nothing(audit: Any) -> None:
    where = given(audit, await audit.opened())
    theirs = await audit.at.house.found("qingshan", "青山市直机关")
    await audit.at.account("auditor", "audit_administrator")
    for institution, login in ((theirs, "officer"), (audit.at, "auditor")):
        async with institution.watch(login, WATCHED, where) as answers:
            shown = (await anext(answers)).get("data") or {}
            assert shown.get("auditCampaignBoard", NOTHING) == NOTHING


async def test_a_branch_watches_no_more_than_itself(audit: Any) -> None:
    where = given(audit, await audit.opened())
    async with audit.at.watch("secretary", WATCHED, where) as answers:
        assert (await anext(answers))["data"]["auditCampaignBoard"]["branches"] == 1


async def test_the_board_is_shown_anew_when_a_sheet_is_completed(audit: Any) -> None:
    campaign = await audit.opened()
    [sheet, *_] = await audit.listed("secretary", campaign, "branch")
    await audit.prepared(await audit.audited(campaign))
    async with audit.at.watch("district", WATCHED, given(audit, campaign)) as answers:
        before = (await anext(answers))["data"]["auditCampaignBoard"]
        assert (before["branches"] > 1, before["completed"]) == (True, 0)
        await audit.completed(sheet["id"])
        after = (await anext(answers))["data"]["auditCampaignBoard"]
    assert after == {**before, "completed": 1}
