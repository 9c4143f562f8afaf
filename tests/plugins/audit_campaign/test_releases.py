"""No form with people on it is given out before somebody else has approved it."""

from typing import Any

import pytest

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
async def test_a_form_leaves_once_for_its_purpose_and_after_somebody_elses_approval(
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
    assert await printed(audit, "secretary", id, "roster", "上报党委") is None
    assert await printed(audit, "secretary", id, "roster", "上报党委") == missing
    withdraw = {**of, "reason": "误申请"}
    assert await audit.refused("secretary", "ReleaseWithdraw", withdraw) == ["release_decided"]


async def test_a_small_office_turns_approval_off_and_still_says_what_for(audit: Any) -> None:
    await audit.set("export_approved", False)
    id = await audit.audited(await audit.opened())
    assert await printed(audit, "secretary", id, "roster", "归档") is None
    missing = "audit_campaign.purpose_missing"
    assert await printed(audit, "secretary", id, "roster", " ") == missing
