"""What a training year asks of leaders and of Party schools falls due, and ends when it is done."""

from datetime import date
from typing import Any

import pytest

from zhibu.organizations import service as organizations
from zhibu.organizations.rules import PostKind
from zhibu.testing.deadlines import Deadlines


async def due(
    education: Any, kind: str, to: str = "2026-12-31", login: str = "municipal"
) -> list[tuple[str, str]]:
    """The subjects and days of what is open, as this account is shown it."""
    found = await Deadlines(at=education.at).items(login, to, kinds=[kind])
    assert all(item["basis"] and item["title"] and item["todo"] for item in found)
    return [
        (item["memberName"] or item["organizationName"][6:], item["dueOn"])
        for item in found
        if item["dueOn"].startswith("2026")
    ]


@pytest.mark.clause("S2-04", "BR-16")
async def test_a_leaders_lecture_is_due_by_the_end_of_the_year_until_it_is_given(
    education: Any,
) -> None:
    kind = "education.lecture"
    assert await due(education, kind) == []
    async with education.at.operator() as act:
        await organizations.appoint(
            act,
            organization_id=education.at.units["branch"].id,
            member_id=education.me.id,
            kind=PostKind.SECRETARY,
            since=date(2026, 3, 1),
        )
    mine = (education.me.name, "2026-12-31")
    assert await due(education, kind) == [mine]
    assert await due(education, kind, login="me") == [mine]
    assert await due(education, kind, login="rival") == []
    assert await due(education, kind, to="2026-12-30") == []
    await education.override("lectures_of_leaders", 2, "branch")
    held = education.session(lecturer=education.id(education.me))
    await education.done("secretary", "educationSessionHold", held, "session { id }")
    assert await due(education, kind) == [mine]
    await education.done("secretary", "educationSessionHold", held, "session { id }")
    assert await due(education, kind) == []
    await education.override("lectures_of_leaders", None, "general")


@pytest.mark.clause("S2-29")
async def test_a_plan_is_due_within_the_first_months_until_it_is_published(education: Any) -> None:
    kind = "education.plan"
    assert await due(education, kind) == [("committee", "2026-03-31"), ("rival", "2026-03-31")]
    assert await due(education, kind, login="officer") == [("committee", "2026-03-31")]
    await education.override("plan_months", 6, "rival")
    assert await due(education, kind) == [("committee", "2026-03-31"), ("rival", "2026-06-30")]
    await education.override("planning_kinds", ["general_branch"], "committee")
    assert await due(education, kind) == [("general", "2026-03-31"), ("rival", "2026-06-30")]
    made = {"organization": education.at.id("general"), "year": 2026, "title": "年度培训计划"}
    payload = await education.done("officer", "educationPlanMake", made, "plan { id }")
    plan = payload["plan"]["id"]
    item = {
        "plan": plan,
        "month": 7,
        "title": "轮训",
        "form": "CONCENTRATED",
        "topic": "party_history",
        "hours": "8",
    }
    await education.done("officer", "educationPlanAddItem", item, "plan { id }")
    assert len(await due(education, kind)) == 2
    await education.done("officer", "educationPlanPublish", {"plan": plan}, "plan { id }")
    assert await due(education, kind) == [("rival", "2026-06-30")]
