"""The record book of a branch: everything that was held in a year, with lists and minutes."""

from typing import Any

import pytest

PAGE = (
    """query ($o: ID!, $year: Int!) { organizationLifeBookPage(organization: $o, year: $year) }"""
)


async def printed(life: Any, login: str, year: int = 2026) -> Any:
    return await life.at.ask(login, PAGE, {"o": life.at.id("branch"), "year": year})


@pytest.mark.clause("S4-04")
async def test_the_book_has_calendar_lists_and_minutes_and_the_ledger_says_so(life: Any) -> None:
    meeting = await life.held(begins="09:30", place="会议室<1>", hours="2")
    marks = life.marks(meeting, (life.me, "PRESENT"))
    marks["marks"].append({"member": life.id(life.peer), "presence": "ABSENT", "reason": "失约"})
    await life.done("recorder", "MeetingAttend", marks)
    await life.done("recorder", "MinutesWrite", {"meeting": meeting, "text": "第一版"})
    amended = {"meeting": meeting, "text": "学习了讲话。", "reason": "漏记"}
    await life.done("recorder", "MinutesWrite", amended)
    other = await life.held(kind="LIFE_MEETING", contents=[], title="不应出现的会议")
    await life.done("secretary", "MeetingCancel", {"meeting": other, "reason": "误录"})
    page = (await printed(life, "secretary"))["data"]["organizationLifeBookPage"]
    for text in (
        "2026年6月14日",
        "主题党日：六月主题党日",
        "会议室&lt;1&gt;",
        "应到 2 人，实到 1 人",
        f"{life.peer.name}（失约）",
        "学习了讲话。",
        "第 2 版，修改原因：漏记",
    ):
        assert text in page, text
    assert "不应出现的会议" not in page
    assert "第一版" not in page
    assert await life.ledger("book_printed") == [{"year": 2026, "rows": 1}]


async def test_whoever_came_without_being_expected_is_counted_as_well(life: Any) -> None:
    meeting = await life.held(kind="COMMITTEE_MEETING", contents=[], title="支委会")
    await life.done("recorder", "MeetingAttend", life.marks(meeting, (life.me, "PRESENT")))
    page = (await printed(life, "secretary"))["data"]["organizationLifeBookPage"]
    assert "到会 1 人。" in page
    assert "应到 0 人" not in page


async def test_the_book_is_for_whoever_sees_lists_and_minutes(life: Any) -> None:
    await life.held()
    for login, code in (("me", "FORBIDDEN"), ("municipal", "FORBIDDEN"), ("rival", "NOT_FOUND")):
        answer = await printed(life, login)
        assert [error["extensions"]["code"] for error in answer["errors"]] == [code], login
    answer = await printed(life, "secretary", 1)
    assert answer["errors"][0]["extensions"]["error"] == "core.year_invalid"
