"""Between the summary and the end of a year: nobody's year is lost, and no record forgotten."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.plugins.scoring.test_years import (
    closing,
    decided,
    decision,
    drawn_up,
    of,
)


@pytest.fixture
async def january(scoring: Any) -> Any:
    """The new year has begun in a branch of two."""
    return await closing(scoring)


@pytest.mark.clause("S4-30", "S4-55")
async def test_a_year_is_not_decided_while_records_speak_of_points_that_nobody_proposed(
    january: Any,
) -> None:
    await january.held(on="2026-12-14", title="年终主题党日", me="ABSENT")
    year = await drawn_up(january)
    assert await january.refused("secretary", "scoringYearDecide", decision(year)) == [
        "records_unproposed"
    ]
    assert await january.propose() == (1, 0, 0)
    await january.approve_all()
    await drawn_up(january)
    await january.done("secretary", "scoringYearDecide", decision(year))


async def test_a_year_that_takes_no_proposals_any_more_is_decided_without_them(
    january: Any,
) -> None:
    await january.held(on="2026-12-14", title="年终主题党日", me="ABSENT")
    january.at.house.now = datetime(2027, 9, 1, 4, tzinfo=UTC)
    await january.at.later(days=0)
    year = await drawn_up(january)
    given = decision(year, lateReason="支部换届，逾期办理")
    await january.done("secretary", "scoringYearDecide", given)


@pytest.mark.clause("S4-32")
async def test_a_notice_that_was_recorded_late_is_objected_to_until_it_is_concluded(
    january: Any,
) -> None:
    january.at.house.now = datetime(2027, 3, 20, 4, tzinfo=UTC)
    await january.at.later(days=0)
    late = {"lateReason": "纸质材料补录"}
    year = await decided(january, heldOn="2027-01-08", **late)
    review = {"scoringYear": year, "approved": True, "reviewedOn": "2027-01-12", **late}
    await january.done("officer", "scoringYearReview", review)
    notice = {"scoringYear": year, "place": "公开栏", "noticedOn": "2027-01-13", **late}
    await january.done("secretary", "scoringYearNotice", notice)
    objected = {"scoringYear": year, "member": january.id(january.me), "body": "漏记一项"}
    made = await january.done("me", "scoringObject", objected, "objection { id }")
    conclude = {"scoringYear": year}
    assert await january.refused("secretary", "scoringYearConclude", conclude) == [
        "objections_open"
    ]
    answer = {"objection": made["objection"]["id"], "outcome": "EXPLAINED", "answer": "已说明"}
    await january.done("secretary", "scoringObjectionAnswer", answer)
    await january.done("secretary", "scoringYearConclude", conclude)
    assert await january.refused("me", "scoringObject", objected) == ["not_noticed"]


@pytest.mark.clause("S4-26", "S4-30")
async def test_the_year_of_a_branch_that_ended_undecided_goes_where_its_members_went(
    january: Any,
) -> None:
    await january.approved(happenedOn="2026-06-01", lateReason="补录")
    await drawn_up(january)
    merge = """mutation ($input: OrganizationMergeInput!) { organizationMerge(input: $input) {
      userErrors { code message } } }"""
    given = {
        "organization": january.at.id("branch"),
        "into": january.at.id("other"),
        "on": "2027-01-04",
        "reason": "支部调整",
    }
    answer = await january.at.ask("officer", merge, {"input": given})
    assert answer["data"]["organizationMerge"]["userErrors"] == [], answer
    other = {"organization": january.at.id("other"), "year": 2026}
    select = "scoringYear { results { total member { id } } }"
    made = await january.done("officer", "scoringYearDrawUp", other, select)
    found = {e["member"]["id"]: e["total"] for e in made["scoringYear"]["results"]}
    assert found[january.id(january.me)] == "102"
    assert january.id(january.peer) in found
    assert (await of(january))["results"] == [], "it stands in one summary, not in two"
