"""What an audit came to: against the opening count, and beside the one before."""

from typing import Any

import pytest
from tests.plugins.audit_campaign.test_settling import checked, settling

from zhibu.members import service as members

CLOSING = """query ($c: ID!) { auditCampaignClosings(campaign: $c) { campaign title state endedOn
  listed left moved staged completed lost found notFound courses { course count } } }"""


async def closings(audit: Any, campaign: str, by: str = "district") -> Any:
    return (await audit.asked(by, CLOSING, c=campaign))["auditCampaignClosings"]


@pytest.mark.clause("S3A-40", "S3A-41", "S3C-39", "S3B-24")
async def test_an_audit_is_summed_up_against_its_list_and_beside_the_one_before(
    audit: Any,
) -> None:
    first, sheet = await checked(audit)
    await audit.done("secretary", "Settle", settling(audit, sheet, "TRANSFER", "ELSEWHERE"))
    await audit.done("district", "End", {"campaign": first, "reason": "工作结束"})
    cancelled = await audit.opened()
    await audit.done("district", "Cancel", {"campaign": cancelled, "reason": "误启动"})
    async with audit.at.operator() as act:
        to = audit.at.units["other"].id
        await members.transfer(
            act, audit.peer.id, organization_id=to, on=act.today, reason="工作变动"
        )
    second = await audit.opened()
    [now, before] = await closings(audit, second)
    assert (now["campaign"], now["listed"], now["lost"], now["courses"]) == (second, 3, 0, [])
    assert (before["campaign"], before["state"], before["endedOn"]) == (
        first,
        "ENDED",
        audit.today,
    )
    assert (before["listed"], before["moved"], before["left"], before["staged"]) == (3, 1, 0, 0)
    assert (before["completed"], before["lost"], before["found"], before["notFound"]) == (
        *(1, 1, 1, 0),
    )
    assert before["courses"] == [{"course": "TRANSFER", "count": 1}]
    assert [each["campaign"] for each in await closings(audit, first)] == [first]
    for login in ("secretary", "officer", "rival"):
        answer = await audit.at.ask(login, CLOSING, {"c": second})
        assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND", login
