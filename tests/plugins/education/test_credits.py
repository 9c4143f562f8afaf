"""Class hours over GraphQL: who may not, what is refused, and what becomes of a claim."""

from datetime import date
from typing import Any

import pytest

from zhibu.identifiers import global_id, new_id
from zhibu.members import service as members
from zhibu.members.rules import Change, Departure, Step

CREDIT = "credit { id state hours counted version decision }"


@pytest.mark.clause("S0-37")
async def test_a_claim_waits_until_somebody_else_verifies_it(education: Any) -> None:
    credit = await education.claim()
    standing = await education.standing(education.me)
    assert (standing["verified"], standing["pending"], standing["gap"]) == ("0", "4", "32")
    assert await education.refused("me", "educationCreditVerify", {"credits": [credit]}) == [
        "FORBIDDEN"
    ]
    await education.verify(credit)
    standing = await education.standing(education.me)
    assert (standing["verified"], standing["pending"], standing["gap"]) == ("4", "0", "28")


async def test_a_secretary_does_not_verify_his_own_hours(education: Any) -> None:
    boss = await education.member()
    await education.at.account("boss", "branch_secretary", "branch", member_id=boss.id)
    mine = await education.done(
        "boss", "educationCreditClaim", education.hours(member=education.id(boss)), CREDIT
    )
    his = await education.done(
        "boss",
        "educationCreditRecord",
        education.hours(member=education.id(education.peer)),
        CREDIT,
    )
    theirs = await education.done(
        "recorder",
        "educationCreditRecord",
        education.hours(member=education.id(boss), earnedOn="2026-06-14"),
        CREDIT,
    )
    for payload in (mine, his, theirs):
        given = {"credits": [payload["credit"]["id"]]}
        assert await education.refused("boss", "educationCreditVerify", given) == [
            "education.own_claim"
        ]
    everything = [payload["credit"]["id"] for payload in (mine, his, theirs)]
    await education.verify(*everything, by="officer")


async def test_verifying_is_all_or_nothing(education: Any) -> None:
    first, second = await education.claim(), await education.claim(earnedOn="2026-06-14")
    await education.verify(first)
    given = {"credits": [first, second]}
    payload = await education.do("secretary", "educationCreditVerify", given)
    assert [(e["code"], e["path"]) for e in payload["userErrors"]] == [
        ("education.credit_settled", ["credits", "0"])
    ]
    assert (await education.standing(education.me))["verified"] == "4"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"hours": "0"}, ["education.hours_not_positive"]),
        ({"hours": "-4"}, ["education.hours_not_positive"]),
        ({"hours": "0.333"}, ["education.hours_too_fine"]),
        ({"hours": "8.5"}, ["education.day_overfull"]),
        ({"earnedOn": "2026-06-16"}, ["education.credit_in_the_future"]),
        ({"earnedOn": "2010-06-30"}, ["education.credit_before_admission"]),
        ({"topic": "astrology"}, ["education.word_unknown"]),
        ({"title": " "}, ["education.title_missing"]),
        ({"evidence": None}, ["education.evidence_missing"]),
        (
            {"evidence": None, "hours": "-1"},
            ["education.hours_not_positive", "education.evidence_missing"],
        ),
    ],
)
async def test_a_bad_claim_gets_its_named_errors_and_writes_nothing(
    education: Any, changes: dict[str, Any], codes: list[str]
) -> None:
    found = await education.refused("me", "educationCreditClaim", education.hours(**changes))
    assert found == codes
    answer = await education.read("officer", CREDITS, organization=education.at.id("root"))
    assert answer["data"]["educationCredits"]["totalCount"] == 0


CREDITS = """query ($organization: ID!) { educationCredits(organization: $organization, year: 2026,
    first: 100) { totalCount nodes { id state hours counted decision member { name }
    session { title } } } }"""


async def test_a_day_holds_eight_hours_of_everything_together(education: Any) -> None:
    await education.claim(hours="5")
    assert await education.refused(
        "me", "educationCreditClaim", education.hours(hours="3.5", title="另一门课")
    ) == ["education.day_overfull"]
    await education.claim(hours="3", title="另一门课")


async def test_a_file_of_somebody_else_is_no_evidence(education: Any) -> None:
    stranger = global_id("Attachment", new_id())
    found = await education.refused(
        "me", "educationCreditClaim", education.hours(evidenceFile=stranger)
    )
    assert found == ["education.evidence_unknown"]


async def test_ids_of_another_kind_are_named(education: Any) -> None:
    given = education.hours(member=education.at.id("branch"))
    assert await education.refused("me", "educationCreditClaim", given) == [
        "core.global_id_invalid"
    ]


async def test_a_correction_leaves_the_old_record(education: Any) -> None:
    credit = await education.claim()
    await education.verify(credit)
    given = {key: value for key, value in education.hours(hours="3").items() if key != "member"} | {
        "credit": credit,
        "reason": "时长有误",
    }
    payload = await education.done("secretary", "educationCreditCorrect", given, CREDIT)
    new = payload["credit"]
    assert (new["state"], new["hours"]) == ("PENDING", "3")
    standing = await education.standing(education.me)
    assert (standing["verified"], standing["pending"]) == ("0", "3")
    old = await education.read(
        "officer",
        "query ($id: ID!) { educationCredit(id: $id) { state hours decision } }",
        id=credit,
    )
    assert old["data"]["educationCredit"] == {
        "state": "SUPERSEDED",
        "hours": "4",
        "decision": "时长有误",
    }
    assert await education.refused("secretary", "educationCreditCorrect", given) == [
        "education.credit_settled"
    ]
    assert await education.refused(
        "secretary", "educationCreditVerify", {"credits": [new["id"]]}
    ) == ["education.own_claim"]


async def test_a_correction_into_another_year_moves_the_hours(education: Any) -> None:
    credit = await education.claim()
    given = {
        key: value
        for key, value in education.hours(earnedOn="2025-12-30").items()
        if key != "member"
    } | {"credit": credit, "reason": "年份有误"}
    await education.done("secretary", "educationCreditCorrect", given, CREDIT)
    assert (await education.standing(education.me))["pending"] == "0"
    assert (await education.standing(education.me, year=2025))["pending"] == "4"


async def test_a_refused_correction_changes_nothing(education: Any) -> None:
    credit = await education.claim()
    given = {
        key: value for key, value in education.hours(hours="-3").items() if key != "member"
    } | {"credit": credit, "reason": "时长有误"}
    assert await education.refused("secretary", "educationCreditCorrect", given) == [
        "education.hours_not_positive"
    ]
    await education.verify(credit)


async def test_void_hours_stay_readable_and_count_no_more(education: Any) -> None:
    credit = await education.claim()
    await education.verify(credit)
    given = {"credit": credit, "reason": "误录"}
    payload = await education.done("secretary", "educationCreditVoid", given, CREDIT)
    assert payload["credit"]["state"] == "VOID"
    assert (await education.standing(education.me))["verified"] == "0"


async def test_nobody_voids_what_somebody_else_entered_without_the_right(education: Any) -> None:
    credit = await education.claim()
    given = {"credit": credit, "reason": "误录"}
    assert await education.refused("recorder", "educationCreditVoid", given) == ["FORBIDDEN"]


async def test_who_claimed_hours_takes_the_claim_back_while_it_waits(education: Any) -> None:
    mine = {"credit": await education.claim(), "reason": "误报"}
    decided = {"credit": await education.claim(earnedOn="2026-06-14"), "reason": "误报"}
    await education.verify(decided["credit"])
    refused = await education.refused("me", "educationCreditVoid", decided)
    assert refused == ["core.entry_not_last"]
    payload = await education.done("me", "educationCreditVoid", mine, CREDIT)
    assert payload["credit"]["state"] == "VOID"
    assert (await education.standing(education.me))["pending"] == "0"


async def test_a_recorder_takes_back_what_he_recorded_for_some_days(education: Any) -> None:
    earned = [
        education.hours(member=education.id(education.peer), earnedOn=day)
        for day in ("2026-06-13", "2026-06-14")
    ]
    first, second = [
        (await education.done("recorder", "educationCreditRecord", each, CREDIT))["credit"]["id"]
        for each in earned
    ]
    given = {"credit": first, "reason": "误录"}
    await education.at.switch("education", False, "branch")
    refused = await education.refused("recorder", "educationCreditVoid", given)
    assert refused == ["PLUGIN_DISABLED"]
    await education.at.switch("education", True, "branch")
    await education.done("recorder", "educationCreditVoid", given, CREDIT)
    await education.at.later(days=8)
    given = {"credit": second, "reason": "误录"}
    refused = await education.refused("recorder", "educationCreditVoid", given)
    assert refused == ["core.taken_back_too_late"]


async def test_a_change_of_what_was_changed_meanwhile_is_refused(education: Any) -> None:
    credit = await education.claim()
    await education.verify(credit)
    given = {"credit": credit, "reason": "误录", "version": 1}
    assert await education.refused("secretary", "educationCreditVoid", given) == [
        "education.changed_meanwhile"
    ]


async def test_returned_hours_say_why(education: Any) -> None:
    credit = await education.claim()
    given = {"credits": [credit], "reason": " "}
    assert await education.refused("secretary", "educationCreditReturn", given) == [
        "education.reason_missing"
    ]
    await education.done(
        "secretary", "educationCreditReturn", {"credits": [credit], "reason": "缺证明"}, "count"
    )
    assert (await education.standing(education.me))["pending"] == "0"


async def test_the_same_key_claims_once(education: Any) -> None:
    given = education.hours(idempotencyKey="one", hours="3")
    first = await education.done("me", "educationCreditClaim", given, "credit { id }")
    again = await education.done("me", "educationCreditClaim", given, "credit { id }")
    assert first == again
    assert (await education.standing(education.me))["pending"] == "3"


@pytest.mark.clause("A-10")
async def test_self_study_is_recorded_and_does_not_count_by_default(education: Any) -> None:
    credit = await education.claim(form="SELF_STUDY")
    await education.verify(credit)
    assert (await education.standing(education.me))["verified"] == "0"


async def test_who_left_is_credited_no_more(education: Any) -> None:
    async with education.at.operator() as act:
        await members.change_stage(
            act,
            education.peer.id,
            Step(
                change=Change.LEFT,
                on=date(2026, 6, 1),
                decision="支部党员大会决议",
                decided_on=date(2026, 6, 1),
                departure=Departure.WITHDREW,
            ),
        )
    given = education.hours(member=education.id(education.peer))
    assert await education.refused("recorder", "educationCreditRecord", given) == [
        "education.credit_after_leaving"
    ]


async def test_what_is_earned_is_what_counts_and_what_waits(education: Any) -> None:
    await education.verify(await education.claim(hours="4"))
    await education.claim(hours="1.5", earnedOn="2026-06-14")
    standing = await education.standing(education.me)
    assert (standing["verified"], standing["pending"], standing["earned"]) == ("4", "1.5", "5.5")


async def test_a_credit_named_twice_is_verified_once(education: Any) -> None:
    credit = await education.claim()
    given = {"credits": [credit, credit]}
    payload = await education.done("secretary", "educationCreditVerify", given, "count")
    assert payload["count"] == 1
    assert len(await education.ledger("education.credit_verified")) == 1
