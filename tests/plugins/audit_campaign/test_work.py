"""What a branch prepares, and handing its results up."""

from typing import Any

import pytest

from zhibu.identifiers import global_id

WORK = """query ($id: ID!) { node(id: $id) { ... on AuditCampaignAudited { state completed content
  responsible { id } submittedBy plannedOn } } }"""


async def shown(audit: Any, id: str, login: str = "secretary") -> Any:
    return (await audit.asked(login, WORK, id=id))["node"]


@pytest.mark.clause("S3A-05")
async def test_each_branch_writes_a_plan_of_its_own_and_nothing_of_it_stays_blank(
    audit: Any,
) -> None:
    id = await audit.audited(await audit.opened())
    blank = {"content": " ", "focus": "", "method": " ", "timetable": ""}
    given = audit.plan(id, **blank, responsible=audit.id(audit.far))
    assert await audit.refused("secretary", "PlanWrite", given) == [
        *["unsaid"] * 4,
        "not_of_branch",
    ]
    await audit.done("secretary", "PlanWrite", audit.plan(id))
    found = await shown(audit, id)
    assert found["content"] == "组织关系、党费、组织生活"
    assert found["responsible"] == {"id": audit.id(audit.peer)}
    await audit.done("secretary", "PlanWrite", audit.plan(id, content="重点查流动党员"))
    assert (await shown(audit, id))["content"] == "重点查流动党员"


@pytest.mark.clause("S3A-06")
async def test_a_work_group_is_made_of_members_of_the_branch(audit: Any) -> None:
    id = await audit.audited(await audit.opened())
    given = {"audited": id, "member": audit.id(audit.peer), "duty": "核对台账"}
    wrong = {**given, "member": audit.id(audit.far), "duty": " "}
    assert await audit.refused("secretary", "WorkerAdd", wrong) == ["not_of_branch", "unsaid"]
    made = await audit.done("secretary", "WorkerAdd", given, "worker { id name duty }")
    assert made["worker"]["name"] == audit.peer.name
    assert await audit.refused("secretary", "WorkerAdd", given) == ["worker_known"]
    gone = {"worker": made["worker"]["id"], "reason": "调离"}
    await audit.done("secretary", "WorkerEnd", gone)
    assert await audit.refused("secretary", "WorkerEnd", gone) == ["voided"]
    await audit.done("secretary", "WorkerAdd", given)
    document = """query ($a: ID!) { auditCampaignWorkers(audited: $a, first: 9) {
      nodes { until } } }"""
    found = await audit.asked("secretary", document, a=id)
    assert [each["until"] for each in found["auditCampaignWorkers"]["nodes"]] == [
        audit.today,
        None,
    ]


@pytest.mark.clause("S3A-08")
async def test_the_work_group_is_trained_and_a_training_is_taken_back(audit: Any) -> None:
    id = await audit.audited(await audit.opened())
    given = {"audited": id, "on": "2026-06-16", "topics": " ", "people": 0}
    assert await audit.refused("secretary", "TrainingRecord", given) == [
        "day_unfit",
        "unsaid",
        "unsaid",
    ]
    given |= {"on": "2026-06-14", "topics": "党章和转接规定", "people": 3}
    made = await audit.done("secretary", "TrainingRecord", given, "training { id }")
    void = {"training": made["training"]["id"], "reason": "误登"}
    await audit.done("secretary", "TrainingVoid", void)
    assert await audit.refused("secretary", "TrainingVoid", void) == ["voided"]


@pytest.mark.clause("S3A-41")
async def test_results_are_handed_up_once_nobody_is_left_out(audit: Any) -> None:
    campaign = await audit.opened()
    id = await audit.audited(campaign)
    assert await audit.refused("secretary", "Submit", {"audited": id}) == [
        "plan_missing",
        "workers_missing",
        "training_missing",
        "sheets_open",
    ]
    await audit.prepared(id)
    sheets = await audit.listed("secretary", campaign)
    await audit.completed(sheets[0]["id"])
    answer = await audit.answer("secretary", "Submit", {"audited": id})
    [error] = answer["data"]["auditCampaignSubmit"]["userErrors"]
    assert error["code"] == "audit_campaign.sheets_open"
    assert "1 " in error["message"]
    await audit.completed(sheets[1]["id"])
    assert (await shown(audit, id))["completed"] == 2
    await audit.done("secretary", "Submit", {"audited": id})
    found = await shown(audit, id)
    assert (found["state"], found["submittedBy"] is None) == ("SUBMITTED", False)


async def test_what_was_handed_up_is_not_changed_until_it_is_taken_back(audit: Any) -> None:
    campaign = await audit.opened()
    id = await audit.audited(campaign)
    await audit.submitted(campaign, id)
    [sheet, _] = await audit.listed("secretary", campaign)
    reopen = {"sheet": sheet["id"], "reason": "写错"}
    assert await audit.refused("secretary", "SheetReopen", reopen) == ["handed_up"]
    assert await audit.refused("secretary", "PlanWrite", audit.plan(id)) == ["handed_up"]
    assert await audit.refused("secretary", "Submit", {"audited": id}) == ["handed_up"]
    back = {"audited": id, "reason": " "}
    assert await audit.refused("secretary", "SubmissionWithdraw", back) == ["reason_missing"]
    await audit.done("secretary", "SubmissionWithdraw", {**back, "reason": "有遗漏"})
    await audit.done("secretary", "SheetReopen", reopen)
    assert (await shown(audit, id))["completed"] == 1
    again = {**back, "reason": "有遗漏"}
    assert await audit.refused("secretary", "SubmissionWithdraw", again) == ["not_handed_up"]


async def test_who_read_an_older_version_is_told(audit: Any) -> None:
    id = await audit.audited(await audit.opened())
    await audit.done("secretary", "PlanWrite", audit.plan(id))
    given = audit.plan(id, version=1)
    assert await audit.refused("secretary", "PlanWrite", given) == ["version_stale"]


async def test_in_an_audit_that_ended_nothing_is_worked_on(audit: Any) -> None:
    campaign = await audit.opened()
    id = await audit.audited(campaign)
    await audit.done("district", "End", {"campaign": campaign, "reason": "结束"})
    assert await audit.refused("secretary", "PlanWrite", audit.plan(id)) == ["state_unfit"]
    assert "state_unfit" in await audit.refused("secretary", "Submit", {"audited": id})
    assert global_id("Member", audit.me.id)
