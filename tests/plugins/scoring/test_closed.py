"""What was decided stands: nothing changes behind it, and only what counts is decided."""

import asyncio
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
    result,
)

from zhibu.accounts.service import roles
from zhibu.identifiers import row_of
from zhibu.jobs.rules import State
from zhibu.testing.house import FOUNDED
from zhibu.testing.works import job_of


@pytest.fixture
async def january(scoring: Any) -> Any:
    """The new year has begun; an entry of the last one counts, one of the peer waits."""
    await scoring.approved()
    return await closing(scoring)


def late(scoring: Any, who: Any, **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = scoring.said(who, happenedOn="2026-06-02", lateReason="补录", **changes)
    return given


async def reversed_since(scoring: Any) -> None:
    [entry, *_] = (await scoring.of())["entries"]
    given = {"entry": entry["id"], "reason": "并未采纳"}
    await scoring.done("recorder", "scoringEntryReverse", given)
    await scoring.approve_all()


@pytest.mark.clause("S4-30")
async def test_a_summary_that_no_longer_says_what_counts_is_not_decided(january: Any) -> None:
    year = await drawn_up(january)
    await january.done("recorder", "scoringEntryDeclare", late(january, january.peer))
    await january.approve_all(january.peer)
    assert await january.refused("secretary", "scoringYearDecide", decision(year)) == [
        "summary_stale"
    ]
    await drawn_up(january)
    await reversed_since(january)
    assert await january.refused("secretary", "scoringYearDecide", decision(year)) == [
        "summary_stale"
    ]
    assert await drawn_up(january) == year
    await january.done("secretary", "scoringYearDecide", decision(year))
    found = await of(january)
    assert result(found, january, january.me)["total"] == "100"
    assert result(found, january, january.peer)["total"] == "102"


@pytest.mark.clause("S4-30")
async def test_points_of_a_decided_year_stand_until_it_is_returned(january: Any) -> None:
    waiting = late(january, january.peer, description="另一条建议")
    await january.done("recorder", "scoringEntryDeclare", waiting)
    await january.approve_all(january.peer)
    [entry] = (await january.of())["entries"]
    back = {"entry": entry["id"], "reason": "并未采纳"}
    year = await decided(january)
    exempt = {
        "member": january.id(january.peer),
        "ground": "LONG_ILL",
        "firstYear": 2026,
        "consent": "本人同意",
        "consentedOn": "2027-01-04",
    }
    refused = (
        ("recorder", "scoringEntryDeclare", late(january, january.peer)),
        ("recorder", "scoringEntryReverse", back),
        ("secretary", "scoringExempt", exempt),
    )
    for login, name, given in refused:
        assert await january.refused(login, name, given) == ["year_closed"]
    opinion = {"scoringYear": year, "approved": False, "opinion": "请复核加分材料"}
    await january.done("officer", "scoringYearReview", opinion)
    await january.done("recorder", "scoringEntryReverse", back)
    await january.approve_all()
    assert await drawn_up(january) == year
    assert result(await of(january), january, january.me)["total"] == "100"


async def test_an_entry_that_came_to_wait_is_not_approved_after_the_decision(january: Any) -> None:
    """What a later record proposes of a decided year waits for nobody; it is not even proposed."""
    await decided(january)
    await january.held(on="2026-06-20", me="ABSENT")
    assert await january.propose() == (0, 0, 0)
    assert await january.waiting() == []


@pytest.mark.clause("S4-32")
async def test_an_objection_opens_the_points_of_its_member_and_no_others(january: Any) -> None:
    year = await noticed(january)
    more, other = late(january, january.me), late(january, january.peer)
    assert await january.refused("recorder", "scoringEntryDeclare", more) == ["year_closed"]
    objected = {"scoringYear": year, "member": january.id(january.me), "body": "漏记一项"}
    made = await january.done("me", "scoringObject", objected, "objection { id }")
    assert await january.refused("recorder", "scoringEntryDeclare", other) == ["year_closed"]
    await january.done("recorder", "scoringEntryDeclare", more)
    await january.approve_all()
    answer = {"objection": made["objection"]["id"], "outcome": "EXPLAINED", "answer": "已说明"}
    assert await january.refused("secretary", "scoringObjectionAnswer", answer) == [
        "result_differs"
    ]
    corrected = {**answer, "outcome": "CORRECTED", "answer": "补记一项"}
    await january.done("secretary", "scoringObjectionAnswer", corrected)
    assert result(await of(january), january, january.me)["total"] == "104"
    again = late(january, january.me, description="又一条建议")
    assert await january.refused("recorder", "scoringEntryDeclare", again) == ["year_closed"]


@pytest.mark.clause("S4-30")
async def test_a_meeting_on_paper_is_recorded_later_but_none_before_the_year_was_over(
    january: Any,
) -> None:
    january.at.house.now = datetime(2027, 1, 20, 4, tzinfo=UTC)
    await january.at.later(days=0)
    year = await drawn_up(january)
    early = decision(year, heldOn="2026-12-31")
    assert await january.refused("secretary", "scoringYearDecide", early) == ["decided_too_early"]
    await january.done("secretary", "scoringYearDecide", decision(year, heldOn="2027-01-08"))


@pytest.mark.clause("S4-32")
async def test_a_notice_does_not_begin_before_the_review(january: Any) -> None:
    """A notice dated back would be over before anybody could object."""
    year = await decided(january)
    await january.at.later(days=9)
    await january.done("officer", "scoringYearReview", {"scoringYear": year, "approved": True})
    back = {"scoringYear": year, "place": "公开栏", "noticedOn": "2027-01-05"}
    assert await january.refused("secretary", "scoringYearNotice", back) == ["decided_too_early"]


async def test_a_year_drawn_up_again_no_longer_says_what_was_decided_before(january: Any) -> None:
    year = await decided(january)
    opinion = {"scoringYear": year, "approved": False, "opinion": "请复核"}
    await january.done("officer", "scoringYearReview", opinion)
    await drawn_up(january)
    found = await of(january)
    assert (found["body"], found["inFavour"], found["opinion"]) == (None, None, "请复核")


async def test_whoever_moves_after_the_summary_stays_in_it(january: Any) -> None:
    """Neither branch loses his year: the one that summed it up decides it."""
    year = await drawn_up(january)
    given = {
        "member": january.id(january.me),
        "organization": january.at.id("other"),
        "on": "2027-01-04",
        "reason": "工作调动",
    }
    await january.done("officer", "memberTransfer", given)
    left = decision(year, entitled=1, present=1, inFavour=1)
    await january.done("secretary", "scoringYearDecide", left)
    assert await drawn_up_elsewhere(january) == []
    ids = [each["member"]["id"] for each in (await of(january))["results"]]
    assert january.id(january.me) in ids


async def drawn_up_elsewhere(scoring: Any) -> list[str]:
    """Whom of `me` the other branch sums up."""
    given = {"organization": scoring.at.id("other"), "year": 2026}
    select = "scoringYear { results { member { id } } }"
    made = await scoring.done("officer", "scoringYearDrawUp", given, select)
    found = [each["member"]["id"] for each in made["scoringYear"]["results"]]
    return [id for id in found if id == scoring.id(scoring.me)]


async def test_a_year_is_decided_once_and_no_points_slip_in_meanwhile(january: Any) -> None:
    year = await drawn_up(january)
    asked = (
        january.refused("secretary", "scoringYearDecide", decision(year)),
        january.refused("officer", "scoringYearDecide", decision(year)),
        january.refused("recorder", "scoringEntryDeclare", late(january, january.peer)),
    )
    one, two, declared = await asyncio.gather(*asked)
    if declared:
        assert declared == ["year_closed"]
        assert sorted((one, two)) == [[], ["year_elsewhere"]]
    else:
        assert (one, two) == (["entries_waiting"], ["entries_waiting"])


async def test_the_job_and_a_hand_at_once_draw_one_summary_up(january: Any) -> None:
    given = {"organization": january.at.id("committee"), "year": 2026}
    made = await january.done("officer", "scoringYearDrawUp", given, "job")
    jobs = january.at.house.platform.jobs
    year, _ = await asyncio.gather(drawn_up(january), jobs.run_waiting())
    done = await job_of(january.at, row_of(made["job"], "Job"))
    assert done.state is State.SUCCEEDED
    found = await of(january)
    assert found["id"] == year
    assert result(found, january, january.me)["total"] == "102"
    ids = [each["member"]["id"] for each in found["results"]]
    assert len(ids) == len(set(ids))


async def test_an_answer_corrects_nothing_that_was_taken_down_or_decided_anew(january: Any) -> None:
    """An objection that outlived its notice: what the branch decided again stands as decided."""
    year = await noticed(january)
    objected = {"scoringYear": year, "member": january.id(january.me), "body": "加分不实"}
    made = await january.done("me", "scoringObject", objected, "objection { id }")
    account = await january.at.account("inspector")
    async with january.at.operator() as act:
        await roles.assign(
            act,
            account_id=account,
            role="working_committee_officer",
            organization_id=january.at.units["district"].id,
            since=FOUNDED,
            until=None,
            reason="任命",
        )
    seen = {"scoringYear": year, "findings": "记分依据不足", "returned": True}
    await january.done("inspector", "scoringYearInspect", seen)
    await reversed_since(january)
    answer = {"objection": made["objection"]["id"], "outcome": "CORRECTED", "answer": "已更正"}
    assert await january.refused("secretary", "scoringObjectionAnswer", answer) == [
        "year_elsewhere"
    ]
    assert result(await of(january), january, january.me)["total"] == "102"
