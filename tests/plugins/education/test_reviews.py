"""A returned claim is looked at again: the member asks, the organization above decides."""

from datetime import timedelta
from typing import Any

from zhibu.testing.branch import SHOWN

ASKED = f"procedure {{ {SHOWN} }}"


async def returned(education: Any, **changes: Any) -> str:
    """A claim of mine that the secretary returned."""
    credit: str = await education.claim(**changes)
    given = {"credits": [credit], "reason": "证明不清"}
    await education.done("secretary", "educationCreditReturn", given, "count")
    return credit


async def ask(education: Any, credit: str, login: str = "me") -> Any:
    given = {"credit": credit, "reason": "已补充结业证明"}
    return await education.do(login, "educationCreditAskReview", given, ASKED)


async def decide(education: Any, login: str, procedure: Any, **given: Any) -> Any:
    input = {"step": procedure["step"]["id"], "approve": True, **given}
    return await education.do(login, "procedureStepDecide", input, "procedure { state }")


async def test_only_the_member_asks_and_only_about_what_was_returned(education: Any) -> None:
    credit = await returned(education)
    given = {"credit": credit, "reason": "再看"}
    for login, code in (
        ("rival", "NOT_FOUND"),
        ("secretary", "FORBIDDEN"),
        ("officer", "FORBIDDEN"),
    ):
        assert await education.refused(login, "educationCreditAskReview", given) == [code], login
    await education.at.switch("education", False)
    assert await education.refused("me", "educationCreditAskReview", given) != []
    await education.at.switch("education", True)
    pending = {"credit": await education.claim(), "reason": "快一点"}
    assert await education.refused("me", "educationCreditAskReview", pending) == [
        "education.nothing_returned"
    ]


async def test_hours_found_right_after_all_count_and_say_by_what_decision(education: Any) -> None:
    credit = await returned(education)
    assert (await education.standing(education.me))["verified"] == "0"
    procedure = (await ask(education, credit))["procedure"]
    assert procedure["step"]["organization"]["code"] == "GENERAL"
    assert procedure["step"]["dueOn"] == "2026-06-30"
    waiting = "{ procedures(first: 9, filter: {waiting: true}) { nodes { id } } }"
    answer = await education.read("officer", waiting)
    assert answer["data"]["procedures"]["nodes"] == [{"id": procedure["id"]}]
    assert education.statements == 1
    decided = await decide(education, "officer", procedure)
    assert decided["procedure"]["state"] == "APPROVED"
    assert (await education.standing(education.me))["verified"] == "4"
    [event] = await education.ledger("education.credit_verified")
    assert "复核学时" in event["reason"]
    assert await education.differences() == []


async def test_a_refused_review_leaves_the_hours_returned(education: Any) -> None:
    procedure = (await ask(education, await returned(education)))["procedure"]
    decided = await decide(education, "officer", procedure, approve=False, reason="证明仍不清")
    assert decided["procedure"]["state"] == "REFUSED"
    assert (await education.standing(education.me))["verified"] == "0"


async def test_whoever_returned_them_does_not_decide_and_nothing_is_written(education: Any) -> None:
    credit = await education.claim()
    given = {"credits": [credit], "reason": "证明不清"}
    await education.done("officer", "educationCreditReturn", given, "count")
    procedure = (await ask(education, credit))["procedure"]
    decided = await decide(education, "officer", procedure)
    assert [error["code"] for error in decided["userErrors"]] == ["education.own_return"]
    document = "query ($id: ID!) { procedure(id: $id) { state } }"
    answer = await education.read("officer", document, id=procedure["id"])
    assert answer["data"]["procedure"]["state"] == "OPEN"


async def test_a_day_that_was_filled_meanwhile_holds_no_more(education: Any) -> None:
    credit = await returned(education, hours="6")
    procedure = (await ask(education, credit))["procedure"]
    await education.claim(hours="4")
    decided = await decide(education, "officer", procedure)
    assert [error["code"] for error in decided["userErrors"]] == ["education.day_overfull"]


async def test_a_review_is_asked_for_in_time_and_once_at_a_time(education: Any) -> None:
    credit = await returned(education)
    await ask(education, credit)
    again = await ask(education, credit)
    assert [error["code"] for error in again["userErrors"]] == ["core.procedure_under_way"]
    other = await returned(education, hours="1")
    education.at.house.now += timedelta(days=31)
    education.at.credentials["me"] = await education.at.house.sign_in("yunling", "me")
    late = await ask(education, other)
    assert [error["code"] for error in late["userErrors"]] == ["education.review_too_late"]
    assert late["userErrors"][0]["message"]
