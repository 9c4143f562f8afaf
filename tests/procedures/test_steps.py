"""Steps: who decides, where a decision leads, and that of two only one is made."""

import asyncio
from typing import Any

import pytest

from zhibu.testing.branch import Branch, told


async def started(branch: Branch, definition: dict[str, Any], **changes: Any) -> dict[str, Any]:
    assert told(await branch.define(definition)) == []
    return await branch.propose(**changes)


async def test_whoever_may_not_decide_here_decides_nothing(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    procedure = await started(branch, two_steps, login="officer")
    step = {"step": procedure["step"]["id"]}
    for login, code in (
        ("m0", "NOT_FOUND"),
        ("rival", "NOT_FOUND"),
        ("recorder", "FORBIDDEN"),
    ):
        assert await branch.refusal(login, "StepDecide", **step, approve=True) == code, login
        assert await branch.refusal(login, "Return", **step, reason="否") == code, login
    assert (await branch.shown(procedure["id"]))["step"]["code"] == "branch"


async def test_nobody_proposes_where_he_may_not(branch: Branch) -> None:
    about = {"procedure": "core.resolution", "title": "某", "statement": "某"}
    for login, code in (("m0", "FORBIDDEN"), ("recorder", "FORBIDDEN"), ("rival", "NOT_FOUND")):
        unit = branch.institution.id("branch")
        assert await branch.refusal(login, "Propose", **about, organization=unit) == code, login


async def test_each_step_is_decided_where_it_belongs_and_has_its_day(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    procedure = await started(branch, two_steps, login="officer")
    assert procedure["step"]["organization"]["code"] == "BRANCH"
    assert procedure["step"]["dueOn"] == "2026-06-30"
    answer = await branch.decide("secretary", procedure)
    assert answer["procedure"]["step"]["organization"]["code"] == "COMMITTEE"
    assert answer["procedure"]["step"]["dueOn"] is None


async def test_nobody_decides_his_own_proposal(branch: Branch, two_steps: dict[str, Any]) -> None:
    procedure = await started(branch, two_steps)
    assert told(await branch.decide("secretary", procedure)) == ["core.procedure_own"]


async def test_nobody_decides_what_is_about_himself(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    await branch.institution.account(
        "chief", "branch_secretary", "branch", member_id=branch.members[4].id
    )
    changes = {"organization": None, "member": branch.ids(4)[0]}
    procedure = await started(branch, {**two_steps, "single": True}, login="officer", **changes)
    assert told(await branch.decide("chief", procedure)) == ["core.procedure_own"]
    assert told(await branch.decide("secretary", procedure)) == []


async def test_what_the_recorder_s_own_is_about_is_handled_by_somebody_else(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    """S4-28: another permission is asked for where it is about who usually decides."""
    own = {"posts": ["recorder"], "action": "core:procedure:decide"}
    first = {**two_steps["steps"][0], "action": "core:procedure:conduct", "own": own}
    await branch.define({**two_steps, "steps": [first]})
    post = {
        "organization": branch.institution.id("branch"),
        "member": branch.ids(3)[0],
        "kind": "RECORDER",
        "since": "2026-01-01",
    }
    document = "mutation ($i: PostAppointInput!) { postAppoint(input: $i) { userErrors { code } } }"
    answer = await branch.institution.ask("officer", document, {"i": post})
    assert answer["data"]["postAppoint"]["userErrors"] == []
    about = {"organization": None, "login": "officer"}
    other = await branch.propose(**about, member=branch.ids(2)[0])
    assert told(await branch.decide("recorder", other)) == []
    own_one = await branch.propose(**about, member=branch.ids(3)[0])
    given = {"step": own_one["step"]["id"], "approve": True}
    assert await branch.refusal("recorder", "StepDecide", **given) == "FORBIDDEN"
    assert told(await branch.decide("secretary", own_one)) == []


async def test_a_step_waits_for_its_documents(branch: Branch, two_steps: dict[str, Any]) -> None:
    await branch.define(two_steps)
    procedure = await branch.propose("officer")
    at_committee = (await branch.decide("secretary", procedure))["procedure"]
    await branch.institution.account("second", "committee_officer", "committee")
    assert told(await branch.decide("second", at_committee)) == ["core.procedure_documents_missing"]
    strange = [{"kind": "poem", "file": await branch.file("second")}]
    answer = await branch.decide("second", at_committee, documents=strange)
    assert told(answer) == ["core.procedure_document_unknown"]
    given = [{"kind": "proof", "file": await branch.file("second")}]
    answer = await branch.decide("second", at_committee, documents=given)
    assert answer["procedure"]["state"] == "APPROVED"


async def test_a_refusal_leads_where_the_definition_says(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    await branch.define(two_steps)
    procedure = await branch.propose("secretary")
    await branch.institution.account("deputy", "branch_secretary", "branch")
    at_committee = (await branch.decide("deputy", procedure))["procedure"]
    back = await branch.decide("officer", at_committee, approve=False)
    assert told(back) == ["core.procedure_reason_missing"]
    back = await branch.decide("officer", at_committee, approve=False, reason="材料不全")
    assert (back["procedure"]["state"], back["procedure"]["step"]["code"]) == ("OPEN", "branch")
    over = await branch.decide("deputy", back["procedure"], approve=False, reason="不再提出")
    assert over["procedure"]["state"] == "REFUSED"
    assert over["procedure"]["step"] is None


async def test_what_comes_back_is_corrected_and_handed_in_again(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    await branch.define(two_steps)
    procedure = await branch.propose("officer")
    step = procedure["step"]["id"]
    assert told(await branch.do("secretary", "Return", step=step, reason=" ")) == [
        "core.procedure_reason_missing"
    ]
    back = await branch.do("secretary", "Return", step=step, reason="请补充")
    assert back["procedure"]["state"] == "RETURNED"
    assert await branch.listed("officer", "waiting: true") == [procedure["id"]]
    id = procedure["id"]
    assert told(await branch.do("secretary", "Resubmit", procedure=id)) == [
        "core.procedure_not_proposer"
    ]
    again = await branch.do("officer", "Resubmit", procedure=id, statement="补充后的内容")
    assert again["procedure"]["step"]["code"] == "branch"
    assert [s["result"] for s in again["procedure"]["steps"]] == ["RETURNED", None]
    twice = await branch.do("officer", "Resubmit", procedure=id)
    assert told(twice) == ["core.procedure_step_passed"]


async def test_the_proposer_withdraws_what_is_not_decided(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    procedure = await started(branch, two_steps)
    given = {"procedure": procedure["id"], "reason": "另行研究"}
    assert told(await branch.do("officer", "Withdraw", **given)) == ["core.procedure_not_proposer"]
    answer = await branch.do("secretary", "Withdraw", **given)
    assert answer["procedure"]["state"] == "WITHDRAWN"
    assert told(await branch.do("secretary", "Withdraw", **given)) == ["core.procedure_step_passed"]


async def test_of_two_approvals_at_once_one_wins_and_the_other_is_told(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    steps = [{**step, "documents": []} for step in two_steps["steps"]]
    await branch.define({**two_steps, "steps": steps})
    procedure = await branch.propose("secretary")
    await branch.institution.account("second", "committee_officer", "committee")
    answers = await asyncio.gather(
        *(branch.decide(login, procedure) for login in ("officer", "second"))
    )
    assert sorted(map(told, answers)) == [[], ["core.procedure_step_passed"]]
    now = await branch.shown(procedure["id"])
    assert (now["step"]["code"], len(now["steps"])) == ("committee", 2)


async def test_a_slip_is_taken_back_before_anybody_goes_on(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    await branch.define(two_steps)
    procedure = await branch.propose("officer")
    id = procedure["id"]
    undo = {"procedure": id, "reason": "点错了"}
    assert told(await branch.do("secretary", "Undo", **undo)) == ["core.procedure_undo_too_late"]
    await branch.decide("secretary", procedure)
    assert told(await branch.do("officer", "Undo", **undo)) == ["core.procedure_undo_not_yours"]
    answer = await branch.do("secretary", "Undo", **undo)
    assert told(answer) == []
    now = answer["procedure"]
    assert (now["step"]["code"], now["step"]["dueOn"]) == ("branch", "2026-06-30")
    assert [step["result"] for step in now["steps"]] == ["APPROVED", "UNDONE", None]
    refused = await branch.decide("secretary", now, approve=False, reason="不同意")
    assert refused["procedure"]["state"] == "REFUSED"
    assert told(await branch.do("secretary", "Undo", **undo)) == ["core.procedure_undo_too_late"]


async def test_what_is_recorded_later_keeps_its_own_day(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    await branch.define(two_steps)
    procedure = await branch.propose("officer")
    await branch.later(days=3)
    for day in ("2026-06-14", "2026-06-19"):
        answer = await branch.decide("secretary", procedure, decidedOn=day)
        assert told(answer) == ["core.procedure_decided_on_unfit"]
    answer = await branch.decide("secretary", procedure, decidedOn="2026-06-16")
    assert answer["procedure"]["steps"][0]["doneOn"] == "2026-06-16"


@pytest.mark.clause("A-16")
async def test_where_a_pack_says_must_somebody_from_above_attends(branch: Branch) -> None:
    await branch.set("core.superior_attends", "must")
    procedure = await branch.propose()
    given = {"heldOn": branch.today, "present": branch.ids()}
    await branch.do("recorder", "SittingOpen", procedure=procedure["id"], **given)
    paper = {"yes": 5, "no": 0, "abstained": 0}
    close = {"procedure": procedure["id"], "paper": paper}
    answer = await branch.do("recorder", "VoteClose", **close)
    assert told(answer) == ["core.procedure_superior_missing"]
    assert answer["userErrors"][0]["basis"]
    answer = await branch.do("recorder", "VoteClose", **close, superior="党委组织委员 王某")
    assert answer["sitting"]["verdict"] == "PASSED"


async def test_one_of_its_kind_is_under_way_about_a_subject(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    await branch.define({**two_steps, "single": True})
    first = await branch.propose()
    given = {
        "procedure": "core.resolution",
        "organization": branch.institution.id("branch"),
        "title": "再次",
        "statement": "再次",
    }
    assert told(await branch.do("secretary", "Propose", **given)) == ["core.procedure_under_way"]
    await branch.do("secretary", "Withdraw", procedure=first["id"], reason="重提")
    assert told(await branch.do("secretary", "Propose", **given)) == []


async def test_what_is_under_way_goes_on_by_the_definition_it_began_with(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    """And an institution's definition holds from its day, at its place."""
    old = await branch.propose()
    assert old["step"]["code"] == "meeting"
    await branch.define(two_steps)
    assert (await branch.propose())["step"]["code"] == "branch"
    given = {"heldOn": branch.today, "present": branch.ids()}
    assert told(await branch.do("recorder", "SittingOpen", procedure=old["id"], **given)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"steps": []}, "has no steps"),
        ({"steps": [{"code": "x"}]}, "lacks action"),
        ({"poem": 1}, "unknown part poem"),
    ],
)
async def test_a_definition_that_is_none_is_refused_with_every_fault(
    branch: Branch, two_steps: dict[str, Any], change: dict[str, Any], fault: str
) -> None:
    answer = await branch.define({**two_steps, **change})
    assert told(answer) == ["core.parameter_procedure_unfit"]
    assert fault in answer["userErrors"][0]["message"]


async def test_a_definition_names_no_action_and_no_parameter_that_is_nowhere(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    one, two = two_steps["steps"]
    steps = [{**one, "action": "core:procedure:dance"}, {**two, "limit": "core.never"}]
    answer = await branch.define({**two_steps, "steps": steps})
    message = answer["userErrors"][0]["message"]
    assert "core:procedure:dance" in message
    assert "core.never" in message


async def test_a_restricted_procedure_is_not_for_every_reader(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    await branch.define({**two_steps, "restricted": True})
    procedure = await branch.propose("officer")
    id = procedure["id"]
    assert await branch.shown(id, "officer") is not None
    for login in ("recorder", "m0", "rival"):
        assert await branch.shown(id, login) is None, login
        assert await branch.listed(login) == [], login
    given = {"step": procedure["step"]["id"], "approve": True}
    assert await branch.refusal("recorder", "StepDecide", **given) == "NOT_FOUND"
    assert await branch.shown(id, "secretary") is not None  # who conducts what it is about


async def test_everybody_finds_what_waits_for_them(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    await branch.define(two_steps)
    procedure = await branch.propose("officer")
    waiting = "waiting: true"
    assert await branch.listed("secretary", waiting) == [procedure["id"]]
    assert await branch.listed("recorder", waiting) == []
    assert await branch.listed("officer", waiting) == []  # proposed it
    await branch.decide("secretary", procedure)
    assert await branch.listed("secretary", waiting) == []
    await branch.institution.account("second", "committee_officer", "committee")
    assert await branch.listed("second", waiting) == [procedure["id"]]
