"""Class hours are verified by somebody else, once, and fit into the day, whoever hurries."""

import asyncio
from typing import Any

import pytest

from zhibu.figures import keeping
from zhibu.identifiers import global_id
from zhibu.testing.filled import Filled, told

CLAIM = {
    "earnedOn": "2026-06-01",
    "hours": "5",
    "form": "SELF_STUDY",
    "topic": "political_theory",
    "title": "自学",
    "evidence": "笔记",
}


@pytest.fixture
async def secretary(full: Filled) -> str:
    """The member behind the account `mine`, who is secretary of the branch."""
    member = await full.institution.member("branch")
    await full.institution.account("mine", "branch_secretary", "branch", member_id=member.id)
    return global_id("Member", member.id)


async def entered(full: Filled, login: str, mutation: str, **values: Any) -> str:
    answer = await full.do(mutation, {**CLAIM, **values}, "credit { id }", login=login)
    id: str = answer["data"][mutation]["credit"]["id"]
    return id


async def test_nobody_verifies_what_he_claimed_earned_or_recorded(
    full: Filled, secretary: str
) -> None:
    claimed = await entered(full, "mine", "educationCreditClaim", member=secretary)
    earned = await entered(full, "recorder", "educationCreditRecord", member=secretary, hours="1")
    recorded = await entered(full, "mine", "educationCreditRecord", member=full.ids["member0"])
    for credit in (claimed, earned, recorded):
        answer = await full.do("educationCreditVerify", {"credits": [credit]}, login="mine")
        assert told(answer) == ["education.own_claim"]


async def test_hours_are_verified_once(full: Filled) -> None:
    credit = await entered(full, "recorder", "educationCreditRecord", member=full.ids["member0"])
    answers = await asyncio.gather(
        *(
            full.do("educationCreditVerify", {"credits": [credit, credit]}, login=login)
            for login in ("secretary", "officer", "secretary", "officer")
        )
    )
    codes = sorted(told(answer)[:1] for answer in answers)
    assert codes == [[], *[["education.credit_settled"]] * 3]


async def test_a_day_holds_no_more_hours_than_it_may(full: Filled, secretary: str) -> None:
    inputs = [{**CLAIM, "member": secretary, "title": f"自学{number}"} for number in range(4)]
    answers = await asyncio.gather(
        *(full.do("educationCreditClaim", input, login="mine") for input in inputs)
    )
    codes = sorted(told(answer) for answer in answers)
    assert codes == [[], *[["education.day_overfull"]] * 3]
    async with full.institution.operator() as act:
        figures = full.institution.house.platform.figures
        assert await keeping.differences(act.session, act.tenant_id, figures) == []


async def test_no_number_of_hours_is_a_fault(full: Filled, secretary: str) -> None:
    for hours in ("NaN", "sNaN", "Infinity", "-1", "0", "1e9", "0.125", "1E+1000000", "8.5"):
        input = {**CLAIM, "member": secretary, "hours": hours}
        codes = told(await full.do("educationCreditClaim", input, login="mine"))
        assert codes
        assert "INTERNAL" not in codes


async def test_the_nearest_switch_decides(full: Filled, secretary: str) -> None:
    switch = full.institution.switch
    await switch("education", False, "general")
    input = {**CLAIM, "member": secretary}
    assert told(await full.do("educationCreditClaim", input, login="mine")) == ["PLUGIN_DISABLED"]
    await switch("education", True, "branch")
    assert told(await full.do("educationCreditClaim", input, login="mine")) == []


@pytest.mark.parametrize(
    ("other", "first"),
    [
        ("correcting", "cancelling"),
        ("correcting", "the other"),
        ("verifying", "the other"),
    ],
)
async def test_hours_end_with_their_session_whatever_is_done_to_them_at_that_moment(
    full: Filled, secretary: str, other: str, first: str
) -> None:
    """In one order or the other: what comes second sees what the first has done."""
    held = {**CLAIM, "organization": full.ids["branch"], "title": "集体学习"}
    del held["evidence"]
    held["heldOn"] = held.pop("earnedOn")
    answer = await full.do("educationSessionHold", held, "session { id }", login="mine")
    session = answer["data"]["educationSessionHold"]["session"]["id"]
    marks = [{"member": secretary, "presence": "PRESENT"}]
    given = {"session": session, "marks": marks}
    assert told(await full.do("educationSessionAttend", given, login="mine")) == []
    (credit,) = await credits_of(full, secretary)
    why = {"reason": "重复录入"}
    acts = {
        "correcting": ("educationCreditCorrect", {**CLAIM, "credit": credit["id"], **why}),
        "verifying": ("educationCreditVerify", {"credits": [credit["id"]]}),
    }
    pair = [("educationSessionCancel", {"session": session, **why}), acts[other]]
    if first != "cancelling":
        pair.reverse()
    answers = await asyncio.gather(*(full.do(name, input, login="officer") for name, input in pair))
    found = {name: told(each) for (name, _), each in zip(pair, answers, strict=True)}
    assert found["educationSessionCancel"] == []
    assert found[acts[other][0]] in ([], ["education.credit_settled"])
    after = await credits_of(full, secretary)
    assert {each["state"] for each in after} <= {"VOID", "SUPERSEDED"}
    assert len(after) == (2 if other == "correcting" and not found[acts[other][0]] else 1)
    document = """query ($id: ID!) { member(id: $id) {
        education(year: 2026) { verified pending } } }"""
    answer = await full.ask(document, {"id": secretary})
    assert answer["data"]["member"]["education"] == {"verified": "0", "pending": "0"}
    async with full.institution.operator() as act:
        figures = full.institution.house.platform.figures
        assert await keeping.differences(act.session, act.tenant_id, figures) == []


async def credits_of(full: Filled, member: str) -> Any:
    document = """query ($id: ID!) { member(id: $id) {
        education(year: 2026) { credits { id state } } } }"""
    answer = await full.ask(document, {"id": member})
    return answer["data"]["member"]["education"]["credits"]
