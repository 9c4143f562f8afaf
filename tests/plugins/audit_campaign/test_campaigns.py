"""Opening an audit, its days, its end."""

from typing import Any

import pytest

SHOWN = """query ($id: ID!) { node(id: $id) { ... on AuditCampaign { title state sheets asOf version
  endReason stages { code level since until clause } organization { name } } } }"""
WARNED = "query ($c: ID!) { auditCampaignWarnings(campaign: $c) { kind stage other days } }"


async def shown(audit: Any, id: str, login: str = "district") -> Any:
    return (await audit.asked(login, SHOWN, id=id))["node"]


@pytest.mark.clause("A-12")
async def test_an_audit_is_opened_with_the_days_that_were_entered(audit: Any) -> None:
    found = await shown(audit, await audit.opened())
    assert found["state"] == "OPEN"
    assert found["sheets"] == 3
    assert found["asOf"] == audit.today
    assert [stage["code"] for stage in found["stages"]][:2] == ["kick_off", "self_check"]
    assert found["stages"][1]["since"] == "2026-07-01"


@pytest.mark.clause("A-12")
async def test_everything_that_speaks_against_opening_is_said_at_once(audit: Any) -> None:
    wrong = [
        {"stage": "kick_off", "since": "2026-07-02", "until": "2026-07-01"},
        {"stage": "party", "since": "2026-07-01", "until": "2026-07-02"},
    ]
    given = audit.opening(title=" ", asOf="2026-12-01", stages=wrong)
    assert await audit.refused("district", "Open", given) == [
        "title_missing",
        "as_of_unfit",
        "stages_missing",
        "stages_unknown",
        "stage_reversed",
    ]


async def test_one_audit_by_a_plan_goes_on_at_a_time(audit: Any) -> None:
    id = await audit.opened()
    assert await audit.refused("district", "Open", audit.opening()) == ["already_open"]
    await audit.opened("committee", "officer")
    await audit.opened(planKind="CITY")
    await audit.done("district", "End", {"campaign": id, "reason": "工作结束"})
    other = await audit.opened()
    given = {"campaign": id, "reason": "结束过早"}
    assert await audit.refused("district", "Resume", given) == ["already_open"]
    await audit.done("district", "Cancel", {"campaign": other, "reason": "误启动"})
    await audit.done("district", "Resume", given)
    assert (await shown(audit, id))["state"] == "OPEN"


async def test_nobody_is_audited_where_nobody_was(audit: Any) -> None:
    given = audit.opening("other", stages=audit.opening()["stages"])
    assert await audit.refused("officer", "Open", {**given, "asOf": audit.today}) == [
        "nobody_to_check"
    ]
    assert "not_there" in await audit.refused("district", "Open", audit.opening(asOf="1900-01-01"))


async def test_a_plan_that_was_broken_is_not_carried_out_and_says_why(audit: Any) -> None:
    await audit.set("plan_city", [{"code": "stage.one", "zh": "一", "en": "one"}])
    answer = await audit.answer("district", "Open", audit.opening(planKind="CITY"))
    [error] = answer["data"]["auditCampaignOpen"]["userErrors"]
    assert error["code"] == "audit_campaign.plan_faulty"
    assert "stage.one: clause" in error["message"]


@pytest.mark.clause("A-13", "A-14")
async def test_a_stage_is_moved_with_a_reason_and_odd_days_are_warned_of(audit: Any) -> None:
    id = await audit.opened()
    days = {"stage": "verification", "since": "2026-06-15", "until": "2026-07-10"}
    given = {"campaign": id, "dates": days, "reason": " "}
    assert await audit.refused("district", "StageMove", given) == ["reason_missing"]
    assert await audit.refused("district", "StageMove", {**given, "reason": "提前", "version": 9})
    await audit.done("district", "StageMove", {**given, "reason": "提前"})
    found = (await audit.asked("district", WARNED, c=id))["auditCampaignWarnings"]
    assert {"kind": "INVERTED", "stage": "verification", "other": "self_check", "days": 10} in found
    assert (await shown(audit, id))["stages"][2]["until"] == "2026-07-10"


async def test_an_audit_that_ended_or_was_called_off_is_not_changed_any_more(audit: Any) -> None:
    id = await audit.opened()
    await audit.done("district", "Cancel", {"campaign": id, "reason": "误启动"})
    days = {"stage": "review", "since": "2026-06-15", "until": "2026-07-10"}
    for name in ("End", "Resume", "Cancel"):
        given = {"campaign": id, "reason": "再来"}
        assert await audit.refused("district", name, given) == ["state_unfit"]
    given = {"campaign": id, "dates": days, "reason": "提前"}
    assert await audit.refused("district", "StageMove", given) == ["state_unfit"]
    assert (await shown(audit, id))["endReason"] == "误启动"


async def test_a_plan_is_shown_with_the_days_that_it_proposes(audit: Any) -> None:
    document = """query ($o: ID!) { auditCampaignPlan(
      organization: $o, planKind: CITY, year: 2026) { part code since until level basis } }"""
    found = await audit.asked("secretary", document, o=audit.at.id("branch"))
    lines = {(each["part"], each["code"]): each for each in found["auditCampaignPlan"]}
    assert lines["STAGE", "registers"]["until"] == "2026-04-15"
    assert lines["LABEL", "lost"]["since"] is None
    assert "党员集中排查" in lines["LABEL", "lost"]["basis"]
