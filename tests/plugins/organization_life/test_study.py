"""Study at meetings becomes hours of education: once, and taken back with what gave them."""

from datetime import date
from typing import Any

import pytest

from zhibu.parameters import service as parameters

HOURS = """query ($m: ID!) { member(id: $m) { education(year: 2026) { verified pending
  credits { title hours state form } } } }"""


async def hours(life: Any, who: Any) -> tuple[str, str]:
    answer = await life.at.ask("officer", HOURS, {"m": life.id(who)})
    year = answer["data"]["member"]["education"]
    return year["verified"], year["pending"]


async def attended(life: Any, by: str = "recorder", **changes: Any) -> str:
    """A meeting worth two hours at which everybody was present."""
    meeting = await life.held(**{"hours": "2", **changes})
    await life.done(by, "MeetingAttend", {**life.marks(meeting), "others": "PRESENT"})
    return str(meeting)


@pytest.mark.clause("S2-05")
async def test_whoever_attended_study_has_the_hours_once(life: Any) -> None:
    meeting = await attended(life)
    assert await hours(life, life.me) == ("0", "2")
    await life.done("recorder", "MeetingAttend", {**life.marks(meeting), "others": "PRESENT"})
    assert await hours(life, life.me) == ("0", "2")
    right = life.marks(meeting, (life.me, "ABSENT"), reason="签到表误看")
    await life.done("recorder", "MeetingAttend", right)
    assert await hours(life, life.me) == ("0", "0")
    assert await hours(life, life.peer) == ("0", "2")
    assert await life.differences() == []


async def test_a_meeting_that_is_no_study_gives_no_hours(life: Any) -> None:
    await attended(life, hours=None)
    assert await hours(life, life.me) == ("0", "0")


async def test_what_is_taken_back_takes_its_hours_along(life: Any) -> None:
    meeting = await attended(life)
    given = {"meeting": meeting, "member": life.id(life.me), "reason": "误登"}
    await life.done("recorder", "MeetingStrike", given)
    assert [await hours(life, who) for who in (life.me, life.peer)] == [("0", "0"), ("0", "2")]
    await life.done("secretary", "MeetingCancel", {"meeting": meeting, "reason": "误录"})
    assert await hours(life, life.peer) == ("0", "0")
    assert await life.differences() == []


async def test_hours_that_are_put_right_replace_the_former_ones(life: Any) -> None:
    meeting = await attended(life)
    for worth, total in (("3", "3"), (None, "0"), ("1", "1")):
        given = {"meeting": meeting, "hours": worth, "reason": "学时误录"}
        await life.done("secretary", "MeetingChange", given)
        assert await hours(life, life.me) == ("0", total)
    assert await life.differences() == []


async def test_one_s_own_hours_wait_even_where_lists_verify(life: Any) -> None:
    async with life.at.operator() as act:
        unit, since = life.at.units["root"].id, date(2026, 1, 1)
        name = "education.attendance_verified_by_other"
        await parameters.override(act, unit, name, since, False, "本单位规定")
    clerk = await life.member()
    await life.at.account("clerk", "recorder", "branch", member_id=clerk.id)
    await attended(life, by="clerk")
    assert await hours(life, clerk) == ("0", "2")
    assert await hours(life, life.me) == ("2", "0")


async def test_a_day_that_would_be_too_full_keeps_the_attendance_and_leaves_the_hours_out(
    life: Any,
) -> None:
    await attended(life, hours="8")
    second = await attended(life, title="又一次", hours="1")
    assert (await life.listed(second))[life.me.name] == ("PRESENT", True)
    assert await hours(life, life.me) == ("0", "8")


async def test_a_lecture_that_a_leader_gave_counts_as_given(life: Any) -> None:
    await attended(life, kind="LECTURE", contents=[], lecturer=life.id(life.me))
    asked = """query ($m: ID!) { member(id: $m) { education(year: 2026) { lecturesGiven } } }"""
    answer = await life.at.ask("officer", asked, {"m": life.id(life.me)})
    assert answer["data"]["member"]["education"]["lecturesGiven"] == 1


async def test_meetings_go_on_where_education_is_off(life: Any) -> None:
    await life.at.switch("education", False)
    meeting = await attended(life)
    assert (await life.listed(meeting))[life.me.name] == ("PRESENT", True)
