"""Who decides a branch's year, by which roll, and on which day the rest of it happened."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.plugins.scoring.test_years import (
    closing,
    decided,
    decision,
    drawn_up,
    noticed,
    of,
    set_here,
)

from zhibu.testing.counting import statements

LATE = "会议记录移交后补录"


@pytest.fixture
async def january(scoring: Any) -> Any:
    """The new year has begun in a branch of two."""
    return await closing(scoring)


async def grown(scoring: Any, others: int) -> None:
    """So many members more: a branch of seven has a committee."""
    for _ in range(others):
        await scoring.at.member()


async def seated(scoring: Any, *kinds: str) -> None:
    """Members who come besides hold posts of the branch since the middle of the year."""
    for kind in kinds:
        member = await scoring.at.member()
        post = {
            "organization": scoring.at.id("branch"),
            "member": scoring.id(member),
            "kind": kind,
            "since": "2026-06-01",
        }
        await scoring.done("officer", "postAppoint", post)


async def basis_of(scoring: Any, login: str, name: str, given: dict[str, Any]) -> list[Any]:
    answer = await scoring.answer(login, name, given)
    return [(each["message"], each["basis"]) for each in answer["data"][name]["userErrors"]]


@pytest.mark.clause("S4-30")
async def test_minutes_that_say_another_number_than_the_roll_of_that_day_are_refused(
    january: Any,
) -> None:
    year = await drawn_up(january)
    given = decision(year, entitled=5, present=5, inFavour=5)
    [(message, basis)] = await basis_of(january, "secretary", "scoringYearDecide", given)
    assert "5" in message
    assert "2" in message
    assert "第十一条" in basis
    assert await january.refused("secretary", "scoringYearDecide", given) == ["entitled_differs"]
    few = decision(year, entitled=1, present=1, inFavour=1)
    assert await january.refused("secretary", "scoringYearDecide", few) == [
        "entitled_differs",
        "votes_missed",
    ]


@pytest.mark.clause("S4-30")
async def test_whoever_may_not_vote_that_day_is_not_counted(january: Any) -> None:
    """A right that was taken away counts from its day on, so the meeting before it had two."""
    given = {
        "member": january.id(january.peer),
        "ground": "RIGHTS_SUSPENDED",
        "since": "2027-01-03",
        "decision": "云纪〔2027〕1号",
    }
    await january.done("officer", "voteSuspend", given)
    year = await drawn_up(january)
    given = decision(year)
    assert await january.refused("secretary", "scoringYearDecide", given) == ["entitled_differs"]
    alone = decision(year, entitled=1, present=1, inFavour=1)
    early = {**alone, "heldOn": "2027-01-02"}
    assert "entitled_differs" in await january.refused("secretary", "scoringYearDecide", early)
    await january.done("secretary", "scoringYearDecide", alone)


@pytest.mark.clause("S4-30")
async def test_the_committee_decides_where_one_was_set_up(january: Any) -> None:
    await grown(january, 2)
    await seated(january, "SECRETARY", "DEPUTY_SECRETARY")
    year = await drawn_up(january)
    given = decision(year, body="COMMITTEE", entitled=2, present=2, inFavour=2)
    assert await january.refused("secretary", "scoringYearDecide", given) == ["no_committee"]
    await seated(january, "ORGANIZATION_MEMBER")
    year = await drawn_up(january)
    whole = decision(year, entitled=7, present=7, inFavour=7)
    [(message, basis)] = await basis_of(january, "secretary", "scoringYearDecide", whole)
    assert "committee" in message
    assert "支部评定" in basis
    three = decision(year, body="COMMITTEE", entitled=3, present=2, inFavour=2)
    await january.done("secretary", "scoringYearDecide", three)
    assert (await of(january))["body"] == "COMMITTEE"


@pytest.mark.clause("S4-30")
async def test_the_meeting_decides_instead_of_the_committee_where_the_level_above_lets_it(
    january: Any,
) -> None:
    await grown(january, 2)
    await seated(january, "SECRETARY", "DEPUTY_SECRETARY", "ORGANIZATION_MEMBER")
    year = await drawn_up(january)
    given = decision(year, entitled=7, present=5, inFavour=4)
    assert await january.refused("secretary", "scoringYearDecide", given) == ["committee_decides"]
    await set_here(january, "scoring.meeting_decides_too", True)
    await january.done("secretary", "scoringYearDecide", given)


@pytest.mark.clause("S4-30", "S4-31", "S4-32")
async def test_what_is_recorded_late_says_why(january: Any) -> None:
    year = await drawn_up(january)
    january.at.house.now = datetime(2027, 3, 20, 4, tzinfo=UTC)
    await january.at.later(days=0)
    meeting = decision(year, heldOn="2027-01-08")
    review = {"scoringYear": year, "approved": True, "reviewedOn": "2027-01-12"}
    notice = {"scoringYear": year, "place": "公开栏", "noticedOn": "2027-01-13"}
    steps = (
        ("secretary", "scoringYearDecide", meeting),
        ("officer", "scoringYearReview", review),
        ("secretary", "scoringYearNotice", notice),
    )
    for login, name, given in steps:
        assert await january.refused(login, name, {**given, "lateReason": " "}) == [
            "late_reason_missing"
        ]
        await january.done(login, name, {**given, "lateReason": LATE})
    query = """query ($o: ID!) { scoringYears(organization: $o, year: 2026, first: 1) { nodes {
      reviewedOn decidedLateReason reviewedLateReason noticedLateReason } } }"""
    answer = await january.at.ask("officer", query, {"o": january.at.id("branch")})
    [found] = answer["data"]["scoringYears"]["nodes"]
    assert found == {
        "reviewedOn": "2027-01-12",
        "decidedLateReason": LATE,
        "reviewedLateReason": LATE,
        "noticedLateReason": LATE,
    }


@pytest.mark.clause("S4-31")
async def test_a_review_is_neither_before_the_decision_nor_to_come(january: Any) -> None:
    year = await decided(january)
    given = {"scoringYear": year, "approved": True}
    for day in ("2027-01-03", "2027-01-05"):
        wrong = {**given, "reviewedOn": day}
        assert await january.refused("officer", "scoringYearReview", wrong) == ["decided_too_early"]
    await january.done("officer", "scoringYearReview", given)


@pytest.mark.clause("S4-32")
async def test_a_correction_gives_everybody_his_new_place_in_one_statement(january: Any) -> None:
    late = {"happenedOn": "2026-06-01", "lateReason": "补录"}
    await january.approved(**late)
    await grown(january, 6)
    year = await noticed(january, entitled=8, present=8, inFavour=8)
    objected = {"scoringYear": year, "member": january.id(january.me), "body": "加分不实"}
    made = await january.done("me", "scoringObject", objected, "objection { id }")
    [entry] = (await january.of())["entries"]
    back = {"entry": entry["id"], "reason": "并未采纳"}
    await january.done("recorder", "scoringEntryReverse", back)
    await january.approve_all()
    answer = {"objection": made["objection"]["id"], "outcome": "CORRECTED", "answer": "已更正"}
    with statements() as sent:
        await january.done("secretary", "scoringObjectionAnswer", answer)
    wrote = [each for each in sent if "scoring_result" in each and not each.startswith("SELECT")]
    assert len(wrote) == 1
    found = (await of(january))["results"]
    assert {each["rank"] for each in found} == {1}
    assert [each["correction"] for each in found if each["correction"]] == ["已更正"]


@pytest.mark.clause("S4-36", "S4-37")
async def test_help_and_the_suggestion_after_low_years_rest_on_approved_results_alone(
    scoring: Any,
) -> None:
    for year in (2025, 2026):
        day = {"happenedOn": f"{year}-06-01", "lateReason": "补录"}
        await scoring.approved(item="probation", **day)
    await grown(scoring, 10)
    await closing(scoring)
    for year in (2025, 2026):
        given = {"organization": scoring.at.id("branch"), "year": year}
        made = await scoring.done("recorder", "scoringYearDrawUp", given, "scoringYear { id }")
        id = made["scoringYear"]["id"]
        said = decision(id, entitled=12, present=12, inFavour=12)
        await scoring.done("secretary", "scoringYearDecide", said)
        assert await suggestions(scoring) == []
        review = {"scoringYear": id, "approved": True}
        await scoring.done("officer", "scoringYearReview", review)
    assert await suggestions(scoring) == ["HANDLING"]


async def suggestions(scoring: Any) -> list[str]:
    query = """query ($m: ID!) { scoringEvidence(member: $m, year: 2026) {
      suggestions { suggestion } } }"""
    answer = await scoring.at.ask("officer", query, {"m": scoring.id(scoring.me)})
    return [each["suggestion"] for each in answer["data"]["scoringEvidence"]["suggestions"]]
