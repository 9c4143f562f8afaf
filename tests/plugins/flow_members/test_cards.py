"""Activity cards: stamped above, issued by the branch, shown, reviewed yearly, ended."""

from typing import Any

import pytest

CARDS = """query ($o: ID!) { flowMembersCards(organization: $o, first: 9) { nodes {
  serial stampedBy issuedOn issuedBy endedOn ending reviews { year result note } } } }"""
PAGE = "query ($c: ID!) { flowMembersCardPage(card: $c) }"


async def cards(flow: Any, login: str) -> Any:
    answer = await flow.at.ask(login, CARDS, {"o": flow.at.id("branch")})
    return answer["data"]["flowMembersCards"]["nodes"]


@pytest.mark.clause("S1-11")
async def test_the_committee_stamps_and_the_branch_issues_by_two_people(flow: Any) -> None:
    certified = await flow.recorded(member=flow.id(flow.peer))
    assert await flow.refused("officer", "CardStamp", {"case": certified}) == ["takes_no_card"]
    case = await flow.recorded(certainty="UNCERTAIN", until=None)
    assert await flow.refused("secretary", "CardStamp", {"case": case}) == ["FORBIDDEN"]
    payload = await flow.done("officer", "CardStamp", {"case": case}, "card { id }")
    card = payload["card"]["id"]
    assert await flow.refused("officer", "CardStamp", {"case": case}) == ["card_exists"]
    issue = {"card": card, "on": "2026-06-15"}
    assert await flow.refused("officer", "CardIssue", issue) == ["same_hands"]
    for day, codes in (("2026-06-16", ["not_yet"]), ("2026-06-14", ["dates_reversed"])):
        assert await flow.refused("secretary", "CardIssue", {**issue, "on": day}) == codes
    await flow.done("secretary", "CardIssue", issue)
    assert await flow.refused("secretary", "CardIssue", issue) == ["card_issued"]
    [found] = await cards(flow, "me")
    assert (found["serial"], found["stampedBy"], found["issuedBy"]) == (1, "officer", "secretary")
    assert await cards(flow, "peer") == []


@pytest.mark.clause("S3A-27")
async def test_who_comes_with_a_card_shows_it_and_a_false_number_is_refused(flow: Any) -> None:
    case = await flow.recorded(certainty="UNCERTAIN", until=None)
    shown = {"arrival": flow.arrival(case), "arrivedOn": "2026-06-15", "serial": 1}
    assert await flow.refused("host", "ArrivalVerify", shown) == ["card_wrong"]
    payload = await flow.done("officer", "CardStamp", {"case": case}, "card { id }")
    assert await flow.refused("host", "ArrivalVerify", shown) == ["card_wrong"], "not issued"
    await flow.done("secretary", "CardIssue", {"card": payload["card"]["id"], "on": "2026-06-15"})
    for wrong in ({"serial": 2}, {"serial": None}):
        assert await flow.refused("host", "ArrivalVerify", {**shown, **wrong}) == ["card_wrong"]
    await flow.done("host", "ArrivalVerify", shown)


@pytest.mark.clause("S1-13")
async def test_the_branch_reviews_a_card_once_a_year(flow: Any) -> None:
    _, card = await flow.carded()
    assert await flow.due("review_due") == ["2026-12-31", "2027-12-31"]
    review = {"card": card, "year": 2026, "result": "PASSED"}
    for wrong, codes in (
        ({"year": 2025}, ["review_elsewhere"]),
        ({"year": 2027}, ["review_elsewhere"]),
        ({"result": "FAILED"}, ["reason_missing"]),
    ):
        assert await flow.refused("secretary", "CardReview", {**review, **wrong}) == codes
    await flow.done("secretary", "CardReview", review)
    assert await flow.due("review_due") == ["2027-12-31"]
    again = {**review, "result": "FAILED", "note": "未按期汇报"}
    assert await flow.refused("secretary", "CardReview", again) == ["reason_missing"]
    await flow.done("secretary", "CardReview", {**again, "reason": "复核"})
    [found] = await cards(flow, "secretary")
    assert found["reviews"] == [{"year": 2026, "result": "FAILED", "note": "未按期汇报"}]


async def test_a_card_is_given_back_or_replaced_with_a_reason_and_numbered_anew(flow: Any) -> None:
    case, card = await flow.carded()
    end = {"card": card, "on": "2026-06-15", "ending": "REPLACED", "reason": "遗失"}
    assert await flow.refused("secretary", "CardEnd", {**end, "reason": " "}) == ["reason_missing"]
    answer = await flow.at.ask("secretary", PAGE, {"c": card})
    page = answer["data"]["flowMembersCardPage"]
    assert "流动党员活动证" in page
    assert "000001" in page
    assert "不收取费用" in page
    await flow.done("secretary", "CardEnd", end)
    assert await flow.refused("secretary", "CardEnd", end) == ["card_over"]
    assert (await flow.at.ask("secretary", PAGE, {"c": card}))["data"] is None
    payload = await flow.done("officer", "CardStamp", {"case": case}, "card { serial }")
    assert payload["card"] == {"serial": 2}
