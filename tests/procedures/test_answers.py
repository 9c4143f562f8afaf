"""The member's answer, decisions in special cases, and acting for somebody else."""

import asyncio
from typing import Any

import pytest

from zhibu.testing.branch import Branch, told


async def about_member(branch: Branch, definition: dict[str, Any]) -> dict[str, Any]:
    """Something proposed about the member whose account is `m0`."""
    assert told(await branch.define(definition)) == []
    return await branch.propose(organization=None, member=branch.ids(0)[0])


async def noticed_to(branch: Branch, noticed: dict[str, Any]) -> dict[str, Any]:
    procedure = await about_member(branch, noticed)
    answer = await branch.decide("officer", procedure)
    found: dict[str, Any] = answer["procedure"]
    assert found["step"]["code"] == "notice"
    return found


async def test_only_the_member_objects_and_in_time(branch: Branch, noticed: dict[str, Any]) -> None:
    procedure = await noticed_to(branch, noticed)
    given = {"procedure": procedure["id"], "reason": "情况不实"}
    for login in ("m1", "secretary", "officer", "rival"):
        assert await branch.refusal(login, "Object", **given) == "NOT_FOUND", login
    assert (await branch.shown(procedure["id"], "m0"))["id"] == procedure["id"]
    assert told(await branch.do("m0", "Object", procedure=procedure["id"], reason="")) == [
        "core.procedure_reason_missing"
    ]
    await branch.later(days=8)
    assert told(await branch.do("m0", "Object", **given)) == ["core.procedure_objection_too_late"]


async def test_a_notice_stands_until_its_day_is_over(
    branch: Branch, noticed: dict[str, Any]
) -> None:
    procedure = await noticed_to(branch, noticed)
    assert told(await branch.decide("secretary", procedure)) == ["core.procedure_notice_running"]
    await branch.later(days=8)
    answer = await branch.decide("secretary", procedure)
    assert answer["procedure"]["state"] == "APPROVED"
    assert answer["procedure"]["objectionUntil"] == "2026-07-23"


async def test_an_objection_is_answered_before_anything_goes_on(
    branch: Branch, noticed: dict[str, Any]
) -> None:
    procedure = await noticed_to(branch, noticed)
    id = procedure["id"]
    answers = await asyncio.gather(
        *(branch.do("m0", "Object", procedure=id, reason="情况不实") for _ in range(3))
    )
    assert sorted(map(told, answers)) == [[], *[["core.procedure_objection_open"]] * 2]
    [objection] = (await branch.shown(id, "m0"))["objections"]
    assert objection["dueOn"] == "2026-07-15"
    await branch.later(days=8)
    assert told(await branch.decide("secretary", procedure)) == ["core.procedure_objection_open"]
    given = {"objection": objection["id"], "upheld": False, "answer": "经复核属实"}
    for login, code in (("secretary", "FORBIDDEN"), ("m0", "FORBIDDEN"), ("rival", "NOT_FOUND")):
        assert await branch.refusal(login, "ObjectionAnswer", **given) == code, login
    assert await branch.listed("district", "waiting: true") == [id]
    answer = await branch.do("district", "ObjectionAnswer", **given)
    assert answer["procedure"]["objections"][0]["answer"] == "经复核属实"
    assert told(await branch.do("district", "ObjectionAnswer", **given)) == [
        "core.procedure_objection_answered"
    ]
    assert (await branch.decide("secretary", procedure))["procedure"]["state"] == "APPROVED"


async def test_an_objection_that_is_upheld_leads_back_to_its_step(
    branch: Branch, noticed: dict[str, Any]
) -> None:
    procedure = await noticed_to(branch, noticed)
    await branch.do("m0", "Object", procedure=procedure["id"], reason="情况不实")
    [objection] = (await branch.shown(procedure["id"]))["objections"]
    given = {"objection": objection["id"], "upheld": True, "answer": "应重新研究"}
    answer = await branch.do("district", "ObjectionAnswer", **given)
    steps = [(step["code"], step["result"]) for step in answer["procedure"]["steps"]]
    assert steps == [("committee", "APPROVED"), ("notice", "UPHELD"), ("committee", None)]


async def test_a_decision_is_taken_up_again_when_an_objection_is_upheld(
    branch: Branch, noticed: dict[str, Any]
) -> None:
    procedure = await noticed_to(branch, noticed)
    await branch.later(days=8)
    await branch.decide("secretary", procedure)
    assert told(await branch.do("m0", "Object", procedure=procedure["id"], reason="不服")) == []
    [objection] = (await branch.shown(procedure["id"]))["objections"]
    given = {"objection": objection["id"], "upheld": True, "answer": "重新研究"}
    answer = await branch.do("district", "ObjectionAnswer", **given)
    now = answer["procedure"]
    assert (now["state"], now["step"]["code"], now["endedOn"]) == ("OPEN", "committee", None)


async def test_whoever_decided_does_not_answer_the_objection(
    branch: Branch, noticed: dict[str, Any]
) -> None:
    await branch.define({**noticed, "steps": [{**noticed["steps"][0], "level": "approver"}]})
    procedure = await branch.propose(organization=None, member=branch.ids(0)[0])
    await branch.decide("district", procedure)
    await branch.do("m0", "Object", procedure=procedure["id"], reason="不服")
    [objection] = (await branch.shown(procedure["id"]))["objections"]
    given = {"objection": objection["id"], "upheld": False, "answer": "维持"}
    assert told(await branch.do("district", "ObjectionAnswer", **given)) == [
        "core.procedure_own_decision"
    ]
    assert told(await branch.do("municipal", "ObjectionAnswer", **given)) == []


async def overridable(branch: Branch, two_steps: dict[str, Any]) -> dict[str, Any]:
    await branch.define(two_steps)
    await branch.institution.account("second", "district_organization_officer", "district")
    return await branch.propose()


@pytest.mark.clause("S3C-43", "A-30")
async def test_in_a_special_case_the_district_decides_with_reason_document_and_two_people(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    procedure = await overridable(branch, two_steps)
    given = {
        "procedure": procedure["id"],
        "approve": True,
        "reason": "情况特殊",
        "document": await branch.file(),
    }
    for login, code in (
        ("secretary", "FORBIDDEN"),
        ("officer", "FORBIDDEN"),
        ("rival", "NOT_FOUND"),
        ("m0", "NOT_FOUND"),
    ):
        assert await branch.refusal(login, "Override", **given) == code, login
    missing = {**given, "reason": " "}
    assert told(await branch.do("district", "Override", **missing)) == [
        "core.procedure_reason_missing"
    ]
    unknown = {**given, "document": branch.ids(0)[0].replace("Member", "x")}
    assert told(await branch.do("district", "Override", **unknown)) != []
    asked = await branch.do("district", "Override", **given)
    assert asked["procedure"]["state"] == "OPEN"  # one person decides nothing
    override = {"override": asked["procedure"]["overrides"][0]["id"], "confirm": True}
    assert told(await branch.do("district", "OverrideConfirm", **override)) == [
        "core.procedure_override_own"
    ]
    assert await branch.listed("second", "waiting: true") == [procedure["id"]]
    assert await branch.refusal("officer", "OverrideConfirm", **override) == "FORBIDDEN"
    answers = await asyncio.gather(
        *(branch.do("second", "OverrideConfirm", **override) for _ in range(3))
    )
    assert sorted(map(told, answers)) == [[], *[["core.procedure_override_settled"]] * 2]
    now = await branch.shown(procedure["id"])
    assert (now["state"], now["overridden"]) == ("APPROVED", True)
    assert now["steps"][0]["result"] == "OVERRIDDEN"
    ledger = await branch.institution.ask(
        "municipal", "{ ledger(first: 10) { nodes { event by basis facts } } }"
    )
    events = [node["event"] for node in ledger["data"]["ledger"]["nodes"]]
    assert {"procedures.override_asked", "procedures.overridden"} <= {*events}


async def test_an_override_that_is_declined_or_overtaken_changes_nothing(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    procedure = await overridable(branch, two_steps)
    given = {"procedure": procedure["id"], "approve": False, "reason": "情况特殊"}
    given |= {"document": await branch.file()}
    asked = await branch.do("district", "Override", **given)
    assert told(await branch.do("second", "Override", **given)) == ["core.procedure_override_open"]
    first = {"override": asked["procedure"]["overrides"][0]["id"]}
    declined = await branch.do("second", "OverrideConfirm", **first, confirm=False)
    assert declined["procedure"]["overrides"][0]["confirmed"] is False
    again = await branch.do("district", "Override", **given)
    second = {"override": again["procedure"]["overrides"][1]["id"]}
    await branch.do("secretary", "Withdraw", procedure=procedure["id"], reason="重提")
    answer = await branch.do("second", "OverrideConfirm", **second, confirm=True)
    assert told(answer) == ["core.procedure_override_settled"]


async def test_a_procedure_is_not_decided_directly_where_it_does_not_say_so(
    branch: Branch, noticed: dict[str, Any]
) -> None:
    procedure = await about_member(branch, noticed)
    given = {"procedure": procedure["id"], "approve": True, "reason": "特殊"}
    answer = await branch.do("district", "Override", **given, document=await branch.file())
    assert told(answer) == ["core.procedure_override_not_foreseen"]


async def standing_in(branch: Branch, **changes: Any) -> dict[str, Any]:
    """The secretary lets `deputy`, who records for the branch, act."""
    await branch.institution.account("deputy", "recorder", "branch", member_id=branch.members[4].id)
    given = {
        "member": branch.ids(4)[0],
        "organization": branch.institution.id("branch"),
        "since": "2026-06-15",
        "until": "2026-06-30",
        "reason": "出差",
        **changes,
    }
    return await branch.do("secretary", "Delegate", **given)


async def test_somebody_acts_for_another_and_both_are_named(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    await branch.define(two_steps)
    procedure = await branch.propose("officer")
    await branch.institution.account("deputy2", "recorder", "branch")
    given = {"step": procedure["step"]["id"], "approve": True}
    assert await branch.refusal("deputy2", "StepDecide", **given) == "FORBIDDEN"
    assert told(await standing_in(branch)) == []
    answer = await branch.do("deputy", "StepDecide", **given)
    step = answer["procedure"]["steps"][0]
    assert (step["decidedBy"], step["onBehalfOf"]) == ("deputy", "secretary")


async def test_a_delegate_does_no_more_than_the_one_he_acts_for(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    await branch.define(two_steps)
    await standing_in(branch)
    own = await branch.propose("secretary")
    assert told(await branch.decide("deputy", own)) == ["core.procedure_own"]
    at_committee = await branch.propose("officer")
    at_committee = (await branch.decide("deputy", at_committee))["procedure"]
    given = {"step": at_committee["step"]["id"], "approve": True}
    assert await branch.refusal("deputy", "StepDecide", **given) == "FORBIDDEN"
    onward = {
        "member": branch.ids(0)[0],
        "organization": branch.institution.id("branch"),
        "since": "2026-06-15",
        "until": "2026-06-30",
        "reason": "转委托",
    }
    assert await branch.refusal("deputy", "Delegate", **onward) == "FORBIDDEN"


async def test_who_stands_in_for_two_acts_for_the_one_who_is_not_concerned(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    """Whoever let them act first: that one may have proposed it, and the other one not."""
    await branch.define(two_steps)
    await standing_in(branch)
    given = {
        "member": branch.ids(4)[0],
        "organization": branch.institution.id("branch"),
        "since": "2026-06-15",
        "until": "2026-06-30",
        "reason": "出差",
    }
    assert told(await branch.do("officer", "Delegate", **given)) == []
    procedure = await branch.propose("secretary")
    answer = await branch.decide("deputy", procedure)
    step = answer["procedure"]["steps"][0]
    assert (step["decidedBy"], step["onBehalfOf"]) == ("deputy", "officer")


async def test_a_delegation_ends_with_its_time_its_giver_or_its_giver_s_role(
    branch: Branch, two_steps: dict[str, Any]
) -> None:
    await branch.define(two_steps)
    answer = await standing_in(branch)
    first = await branch.propose("officer")
    ended = {"delegation": answer["delegation"]["id"], "reason": "已返回"}
    assert await branch.refusal("m0", "DelegationEnd", **ended) == "NOT_FOUND"
    assert told(await branch.do("secretary", "DelegationEnd", **ended)) == []
    assert told(await branch.do("deputy", "DelegationEnd", **ended)) == [
        "core.procedure_delegation_ended"
    ]
    given = {"step": first["step"]["id"], "approve": True}
    assert await branch.refusal("deputy", "StepDecide", **given) == "FORBIDDEN"
    again = {
        "member": branch.ids(4)[0],
        "organization": branch.institution.id("branch"),
        "since": "2026-06-15",
        "until": "2026-06-20",
        "reason": "出差",
    }
    assert told(await branch.do("secretary", "Delegate", **again)) == []
    await branch.later(days=6)
    assert await branch.refusal("deputy", "StepDecide", **given) == "FORBIDDEN"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"until": "2026-06-14"}, ["core.procedure_delegation_reversed"]),
        ({"until": "2027-06-14"}, ["core.procedure_delegation_too_long"]),
        ({"reason": " "}, ["core.procedure_reason_missing"]),
        ({"procedure": "core.nothing"}, ["core.procedure_unknown"]),
    ],
)
async def test_a_delegation_is_for_a_time_with_a_reason(
    branch: Branch, changes: dict[str, Any], codes: list[str]
) -> None:
    assert told(await standing_in(branch, **changes)) == codes


async def test_only_somebody_else_who_reads_there_acts_for_one(branch: Branch) -> None:
    given = {
        "organization": branch.institution.id("branch"),
        "since": "2026-06-15",
        "until": "2026-06-30",
        "reason": "出差",
    }
    for member in branch.ids(0, 4):  # a plain member, and somebody without an account
        answer = await branch.do("secretary", "Delegate", **given, member=member)
        assert told(answer) == ["core.procedure_delegate_unfit"]
    for login, code in (("m0", "FORBIDDEN"), ("rival", "NOT_FOUND"), ("recorder", "FORBIDDEN")):
        member = branch.ids(1)[0]
        assert await branch.refusal(login, "Delegate", **given, member=member) == code, login
