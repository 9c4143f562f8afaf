"""Letters: numbered without a gap, valid for days, issued anew with the cause."""

import asyncio
from datetime import date
from typing import Any

import pytest

TOTALS = """query ($o: ID!) { organization(id: $o) { transfers {
  goingOut comingIn unused expired withoutReceipt } } }"""
LIST = """query ($o: ID!, $f: TransfersLetterFilter) {
  transfersLetters(organization: $o, first: 9, filter: $f) {
    totalCount nodes { serial state name heading organization { code } } } }"""


async def letters(transfers: Any, login: str = "officer", **filter: Any) -> Any:
    given = {"o": transfers.at.id("committee"), "f": filter}
    answer = await transfers.at.ask(login, LIST, given)
    assert "errors" not in answer, answer
    return answer["data"]["transfersLetters"]


async def totals(transfers: Any, at: str = "committee") -> Any:
    answer = await transfers.at.ask("municipal", TOTALS, {"o": transfers.at.id(at)})
    return answer["data"]["organization"]["transfers"]


async def test_everything_wrong_with_a_letter_is_said_at_once(transfers: Any) -> None:
    case = await transfers.opened(transfers.out())
    wrong = {"case": case, "route": "CITY", "days": 91}
    assert await transfers.refused("officer", "transfersLetterIssue", wrong) == [
        "days_out_of_range",
        "paid_to_missing",
    ]
    assert await transfers.refused("secretary", "transfersLetterIssue", wrong) == ["FORBIDDEN"]
    await transfers.override("valid_days_nation", None, "committee")
    wrong = {"case": case, "route": "NATION", "paidTo": "2026-06-01"}
    assert await transfers.refused("officer", "transfersLetterIssue", wrong) == ["days_missing"]
    await transfers.issued(case)
    again = {"case": case, "route": "CITY", "paidTo": "2026-06-01"}
    assert await transfers.refused("officer", "transfersLetterIssue", again) == ["letter_in_force"]


@pytest.mark.clause("S3C-17", "S3D-19")
async def test_an_expired_letter_is_not_accepted_but_issued_anew_with_cause_and_fault(
    transfers: Any,
) -> None:
    case = await transfers.opened(transfers.within())
    await transfers.issued(case)
    anew = {"case": case, "route": "CITY", "paidTo": "2026-06-01"}
    anew |= {"cause": "EXPIRED", "fault": "MEMBER", "explanation": "本人因病未能按期报到"}
    assert await transfers.refused("officer", "transfersLetterReissue", anew) == ["not_expired"]
    await transfers.later(date(2026, 6, 25))
    accept = {"case": case, "fileCheck": "SEEN"}
    assert await transfers.refused("rival", "transfersAccept", accept) == ["letter_expired"]
    assert (await totals(transfers))["expired"] == 1
    assert (await letters(transfers, expired=True))["totalCount"] == 1
    wordless = {**anew, "explanation": ""}
    assert await transfers.refused("officer", "transfersLetterReissue", wordless) == [
        "reason_missing"
    ]
    shown = "letter { serial state validUntil }"
    made = await transfers.done("officer", "transfersLetterReissue", anew, shown)
    assert made["letter"] == {"serial": 2, "state": "VALID", "validUntil": "2026-07-04"}
    found = (await transfers.case(case))["letters"]
    assert [(each["serial"], each["state"], each["cause"], each["fault"]) for each in found] == [
        (1, "VOID", "EXPIRED", "MEMBER"),
        (2, "VALID", None, None),
    ]
    assert (await totals(transfers))["expired"] == 0
    assert (await transfers.accepted(case))["state"] == "ACCEPTED"


async def test_a_lost_letter_is_void_and_its_number_is_not_given_again(transfers: Any) -> None:
    case = await transfers.opened(transfers.out())
    nothing = {"case": case, "route": "CITY", "paidTo": "2026-06-01"}
    nothing |= {"cause": "LOST", "fault": "MEMBER", "explanation": "遗失"}
    assert await transfers.refused("officer", "transfersLetterReissue", nothing) == [
        "nothing_to_replace"
    ]
    await transfers.issued(case)
    await transfers.done("officer", "transfersLetterReissue", nothing, "letter { serial }")
    found = await letters(transfers)
    assert [(each["serial"], each["state"]) for each in found["nodes"]] == [
        (2, "VALID"),
        (1, "VOID"),
    ]
    assert found["nodes"][0]["heading"] == "中共海河市河东区委组织部"


async def test_letters_issued_at_once_have_numbers_of_their_own(transfers: Any) -> None:
    people = [await transfers.at.member() for _ in range(3)]
    cases = [await transfers.opened(transfers.out(member=transfers.id(who))) for who in people]
    made = await asyncio.gather(*(transfers.issued(case) for case in cases))
    assert sorted(each["serial"] for each in made) == [1, 2, 3]


async def test_the_number_begins_anew_with_the_year(transfers: Any) -> None:
    first = await transfers.opened(transfers.out())
    await transfers.issued(first)
    other = await transfers.at.member()
    await transfers.later(date(2027, 1, 4))
    case = await transfers.opened(transfers.out(member=transfers.id(other)))
    made = await transfers.issued(case)
    assert (made["year"], made["serial"]) == (2027, 1)


async def test_a_letter_says_of_dues_what_is_on_record_or_why_it_says_otherwise(
    transfers: Any,
) -> None:
    me = {"member": transfers.id(transfers.me)}
    income = {**me, "year": 2026, "income": "WAGE", "baseFen": 400_000, "fromMonth": 6}
    made = await transfers.done("recorder", "duesBaseDeclare", income, "base { id }")
    await transfers.done("secretary", "duesBaseConfirm", {"bases": [made["base"]["id"]]}, "count")
    paid = {**me, "firstMonth": "2026-06-01", "paidOn": "2026-06-15", "fen": 4000}
    await transfers.done("recorder", "duesPaymentRecord", paid, "payment { id }")
    case = await transfers.opened(transfers.out())
    wrong = {"case": case, "route": "CITY", "paidTo": "2026-05-01", "paidToReason": " "}
    assert await transfers.refused("officer", "transfersLetterIssue", wrong) == ["paid_to_differs"]
    assert (await transfers.issued(case, paidTo=None))["paidTo"] == "2026-06-01"
    again = {**wrong, "paidToReason": "六月多交，已退", "cause": "LOST", "fault": "MEMBER"}
    again["explanation"] = "遗失"
    answer = await transfers.done(
        "officer", "transfersLetterReissue", again, "letter { paidTo paidToReason }"
    )
    assert answer["letter"] == {"paidTo": "2026-05-01", "paidToReason": "六月多交，已退"}
