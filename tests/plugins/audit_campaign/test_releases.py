"""No form with people on it is given out before somebody else has approved it."""

from dataclasses import replace
from typing import Any

import pytest

from zhibu.errors import Refused
from zhibu.identifiers import new_id, row_of
from zhibu_audit_campaign.errors import AskerMissing, ReleaseMissing
from zhibu_audit_campaign.rules.releasing import Released
from zhibu_audit_campaign.service import releases
from zhibu_audit_campaign.service.forms import giving
from zhibu_audit_campaign.store import releases as store

PAGE = """query ($a: ID!, $f: String!, $p: String!) {
  auditCampaignFormPage(audited: $a, form: $f, purpose: $p) }"""


async def printed(audit: Any, login: str, audited: str, form: str, purpose: str) -> str | None:
    """None, or the code with which the form is refused."""
    answer = await audit.at.ask(login, PAGE, {"a": audited, "f": form, "p": purpose})
    if "errors" not in answer:
        return None
    extensions = answer["errors"][0]["extensions"]
    return str(extensions.get("error") or extensions["code"])


@pytest.mark.clause("S3A-48")
async def test_a_form_leaves_on_one_day_for_its_purpose_and_after_somebody_elses_approval(
    audit: Any,
) -> None:
    id = await audit.audited(await audit.opened())
    given = {"audited": id, "form": "roster", "purpose": "上报党委"}
    missing = "audit_campaign.release_missing"
    assert await printed(audit, "secretary", id, "roster", "上报党委") == missing
    assert await printed(audit, "secretary", id, "summary", "上报党委") is None
    for login in ("rival", "far_secretary", "district"):
        assert await audit.refused(login, "ReleaseAsk", given) == ["NOT_FOUND"], login
    blank = await audit.refused("secretary", "ReleaseAsk", {**given, "purpose": " "})
    assert blank == ["purpose_missing"]
    made = await audit.done("secretary", "ReleaseAsk", given, "release { id state }")
    of = {"release": made["release"]["id"]}
    assert await printed(audit, "secretary", id, "roster", "上报党委") == missing
    assert await audit.refused("secretary", "ReleaseApprove", of) == ["own_work"]
    assert await audit.refused("rival", "ReleaseApprove", of) == ["NOT_FOUND"]
    refuse = {**of, "reason": " "}
    assert await audit.refused("officer", "ReleaseRefuse", refuse) == ["reason_missing"]
    await audit.done("officer", "ReleaseApprove", of)
    assert await audit.refused("officer", "ReleaseApprove", of) == ["release_decided"]
    assert await printed(audit, "officer", id, "roster", "上报党委") == missing
    assert await printed(audit, "secretary", id, "roster", "另作他用") == missing
    for _ in range(2):
        assert await printed(audit, "secretary", id, "roster", "上报党委") is None
    withdraw = {**of, "reason": "误申请"}
    assert await audit.refused("secretary", "ReleaseWithdraw", withdraw) == ["release_decided"]
    await audit.at.later(days=1)
    assert await printed(audit, "secretary", id, "roster", "上报党委") == missing


@pytest.mark.clause("S3A-48")
async def test_an_approval_that_nobody_used_expires_and_nothing_leaves_a_cancelled_audit(
    audit: Any,
) -> None:
    await audit.set("release_days", 2)
    campaign = await audit.opened()
    id = await audit.audited(campaign)
    given = {"audited": id, "form": "roster", "purpose": "上报党委"}
    for days, refused in ((3, "audit_campaign.release_missing"), (2, None)):
        made = await audit.done("secretary", "ReleaseAsk", given, "release { id }")
        await audit.done("officer", "ReleaseApprove", {"release": made["release"]["id"]})
        await audit.at.later(days=days)
        assert await printed(audit, "secretary", id, "roster", "上报党委") == refused
    await audit.done("district", "Cancel", {"campaign": campaign, "reason": "工作调整"})
    assert await printed(audit, "secretary", id, "roster", "上报党委") == "not_found"
    assert await audit.refused("secretary", "ReleaseAsk", given) == ["NOT_FOUND"]


async def test_who_looks_in_from_elsewhere_asks_for_no_form_and_uses_no_approval(
    audit: Any,
) -> None:
    id = row_of(await audit.audited(await audit.opened()), "AuditCampaignAudited")
    async with audit.at.by("secretary") as act:
        act.caller = replace(act.caller, account_id=None, overseer="云岭省委组织部 / 李某")
        with pytest.raises(Refused) as refused:
            await releases.ask(act, id, "roster", purpose="督查")
        assert [type(each) for each in refused.value.errors] == [AskerMissing]
        place, *_ = await giving.chosen(act, id, "roster")
        values = {"id": new_id(), "campaign_id": place.campaign_id, "audited_id": id}
        values |= {"organization_id": place.organization_id, "form": "roster"}
        values |= {"purpose": "督查", "state": Released.APPROVED, "asked_on": act.today}
        await store.add(act.session, act.tenant_id, {**values, "decided_on": act.today})
        with pytest.raises(Refused) as refused:
            await giving.page(act, id, "roster", purpose="督查")
        assert [type(each) for each in refused.value.errors] == [ReleaseMissing]


async def test_a_small_office_turns_approval_off_and_still_says_what_for(audit: Any) -> None:
    await audit.set("export_approved", False)
    id = await audit.audited(await audit.opened())
    assert await printed(audit, "secretary", id, "roster", "归档") is None
    missing = "audit_campaign.purpose_missing"
    assert await printed(audit, "secretary", id, "roster", " ") == missing
