"""Those who lead: their yearly lecture, and their place in the study of the units they lead."""

from datetime import date
from typing import Any

import pytest

from zhibu.organizations import service as organizations
from zhibu.organizations.rules import PostKind

LEADERS = """query ($o: ID!, $missing: EducationLeaderDuty, $below: Int) {
  educationLeaders(organization: $o, year: 2026, first: 9, missing: $missing,
    lecturesBelow: $below) { totalCount nodes { name education(year: 2026) {
      leads lecturesGiven lecturesRequired lecturesMet lecturesBasis
      studyDue studyAttended studyOnLeave studyMissed studyMissedSessions { title } } } } }"""


async def appoint(
    education: Any, who: Any, kind: PostKind = PostKind.SECRETARY, unit: str = "branch"
) -> None:
    async with education.at.operator() as act:
        await organizations.appoint(
            act,
            organization_id=education.at.units[unit].id,
            member_id=who.id,
            kind=kind,
            since=date(2025, 3, 1),
        )


async def listed(education: Any, unit: str = "root", **asked: Any) -> list[Any]:
    answer = await education.read("officer", LEADERS, o=education.at.id(unit), **asked)
    assert "errors" not in answer, answer
    assert education.statements == 1
    found: list[Any] = answer["data"]["educationLeaders"]["nodes"]
    assert answer["data"]["educationLeaders"]["totalCount"] == len(found)
    return found


async def hold(education: Any, *marks: tuple[Any, str], **changes: Any) -> None:
    given = education.session(**changes)
    payload = await education.done("secretary", "educationSessionHold", given, "session { id }")
    if marks:
        rows = [{"member": education.id(who), "presence": how} for who, how in marks]
        attend = {"session": payload["session"]["id"], "marks": rows}
        await education.done("recorder", "educationSessionAttend", attend, "session { present }")


@pytest.mark.clause("S2-04")
async def test_who_leads_and_has_not_lectured_this_year_is_listed(education: Any) -> None:
    await appoint(education, education.me)
    await appoint(education, education.peer, PostKind.LIAISON)
    (node,) = await listed(education, missing="LECTURE")
    assert (node["name"], node["education"]["lecturesMet"]) == (education.me.name, False)
    assert "学习培训" in node["education"]["lecturesBasis"]
    last_year = {"heldOn": "2025-12-30", "lateReason": "补录"}
    await hold(education, lecturer=education.id(education.me), **last_year)
    await hold(education, lecturer=education.id(education.me), form="SEMINAR", title="研讨")
    assert len(await listed(education, missing="LECTURE")) == 1
    await hold(education, lecturer=education.id(education.me), form="REPORT_MEETING")
    assert await listed(education, missing="LECTURE") == []
    (node,) = await listed(education)
    assert (node["education"]["lecturesGiven"], node["education"]["lecturesMet"]) == (1, True)
    await education.override("lectures_of_leaders", 2, "branch")
    (node,) = await listed(education, missing="LECTURE")
    assert (node["education"]["lecturesRequired"], node["education"]["lecturesGiven"]) == (2, 1)
    assert await listed(education, missing="LECTURE", below=1) == []


@pytest.mark.clause("S2-04")
async def test_which_posts_lead_is_a_rule_of_the_place(education: Any) -> None:
    await appoint(education, education.me, PostKind.DEPUTY_SECRETARY)
    assert len(await listed(education)) == 1
    await education.override("leading_posts", ["secretary"], "general")
    assert await listed(education) == []
    await education.override("leading_posts", ["deputy_secretary"], "branch")
    assert len(await listed(education)) == 1


@pytest.mark.clause("S2-05")
async def test_who_leads_a_unit_is_to_join_its_study_and_absences_are_shown(
    education: Any,
) -> None:
    await appoint(education, education.me)
    await hold(education, (education.me, "PRESENT"), (education.peer, "PRESENT"))
    assert await listed(education, missing="STUDY") == []
    await hold(education, (education.me, "ON_LEAVE"), title="报告会", heldOn="2026-06-12")
    await hold(education, form="ONLINE", title="网课", heldOn="2026-06-11")
    await hold(education, title="任前", heldOn="2025-02-28", lateReason="补录")
    assert await listed(education, missing="STUDY") == []
    await hold(education, (education.peer, "PRESENT"), title="专题研讨", heldOn="2026-06-10")
    (node,) = await listed(education, missing="STUDY")
    found = node["education"]
    assert (found["studyDue"], found["studyAttended"]) == (3, 1)
    assert (found["studyOnLeave"], found["studyMissed"]) == (1, 1)
    assert found["studyMissedSessions"] == [{"title": "专题研讨"}]


async def test_leaders_elsewhere_are_not_the_rivals_to_see(education: Any) -> None:
    await appoint(education, education.me)
    for login, unit in (("rival", "root"), ("rival", "branch"), ("rival", "rival")):
        answer = await education.read(login, LEADERS, o=education.at.id(unit), missing="LECTURE")
        assert answer["data"]["educationLeaders"]["nodes"] == []
