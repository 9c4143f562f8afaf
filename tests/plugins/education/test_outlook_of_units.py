"""Problems of a year by unit, each number with the people and records behind it (S0-36)."""

from datetime import date
from typing import Any

import pytest

from zhibu.organizations import service as organizations
from zhibu.organizations.rules import PostKind
from zhibu.parameters import service as parameters

UNITS = """query ($o: ID!, $on: Date) { organization(id: $o) {
    education(year: 2026, on: $on) { ...problems }
    children { name education(year: 2026, on: $on) { ...problems } } } }
  fragment problems on OrganizationEducation { behindPace willMiss notMet creditsWaiting
    waitingSince leaders leadersLectured studyDue studyJoined planDue plansDue plansMade
    plan { title } evaluation { code name value target reached basis } }"""
LISTS = """query ($o: ID!, $on: Date) {
  pace: educationBehind(organization: $o, year: 2026, first: 9, on: $on, outlook: BEHIND_PACE) {
    totalCount }
  miss: educationBehind(organization: $o, year: 2026, first: 9, on: $on) { totalCount }
  short: educationBehind(organization: $o, year: 2026, first: 9, outlook: NOT_MET) { totalCount }
  waiting: educationCredits(organization: $o, year: 2026, first: 9,
    filter: {states: [PENDING]}) { totalCount }
  leaders: educationLeaders(organization: $o, year: 2026, first: 9) { totalCount }
  silent: educationLeaders(organization: $o, year: 2026, first: 9, missing: LECTURE) { totalCount }
  unplanned: educationPlansMissing(organization: $o, year: 2026, first: 9) { totalCount } }"""


async def problems(education: Any, unit: str, login: str = "municipal", **asked: Any) -> Any:
    answer = await education.read(login, UNITS, o=education.at.id(unit), **asked)
    assert "errors" not in answer, answer
    assert education.statements == 1
    return answer["data"]["organization"]


async def lists(education: Any, unit: str, **asked: Any) -> dict[str, int]:
    answer = await education.read("municipal", LISTS, o=education.at.id(unit), **asked)
    return {key: found["totalCount"] for key, found in answer["data"].items()}


@pytest.mark.clause("S0-36")
async def test_every_problem_of_a_unit_is_as_many_people_and_records_as_its_list(
    education: Any,
) -> None:
    await education.member("far")
    credits = [await education.claim(earnedOn=f"2026-05-0{day}", hours="8") for day in (1, 2, 3, 4)]
    await education.verify(*credits)
    await education.claim(hours="1")
    async with education.at.operator() as act:
        await organizations.appoint(
            act,
            organization_id=education.at.units["branch"].id,
            member_id=education.peer.id,
            kind=PostKind.SECRETARY,
            since=date(2025, 3, 1),
        )
    for unit in ("root", "committee", "branch", "rival", "far"):
        for on in (None, "2026-02-01", "2026-12-31"):
            found = (await problems(education, unit, on=on))["education"]
            listed = await lists(education, unit, on=on)
            assert listed == {
                "pace": found["behindPace"],
                "miss": found["willMiss"],
                "short": found["notMet"],
                "waiting": found["creditsWaiting"],
                "leaders": found["leaders"],
                "silent": found["leaders"] - found["leadersLectured"],
                "unplanned": found["plansDue"] - found["plansMade"],
            }, (unit, on)
    top = await problems(education, "root")
    assert (top["education"]["behindPace"], top["education"]["creditsWaiting"]) == (2, 1)
    assert top["education"]["waitingSince"] == "2026-06-15T04:00:00Z"
    (district,) = top["children"]
    assert district["education"]["behindPace"] == 2
    by_unit = {
        child["name"][6:]: child["education"]["behindPace"]
        for child in (await problems(education, "district"))["children"]
    }
    assert by_unit == {"committee": 1, "rival": 1}


async def test_problems_of_another_committee_are_not_shown(education: Any) -> None:
    assert await problems(education, "branch", login="rival") is None
    (found,) = [await problems(education, "branch", login="secretary")]
    assert found["education"]["behindPace"] == 2


@pytest.mark.clause("S2-29")
async def test_a_party_school_without_a_plan_for_the_year_is_listed(education: Any) -> None:
    document = """query ($o: ID!, $year: Int!) { educationPlansMissing(organization: $o,
        year: $year, first: 9) { nodes { name } } }"""

    async def missing(login: str = "municipal", year: int = 2026) -> list[str]:
        answer = await education.read(login, document, o=education.at.id("root"), year=year)
        return [node["name"][6:] for node in answer["data"]["educationPlansMissing"]["nodes"]]

    assert await missing() == ["committee", "rival"]
    assert await missing("rival") == ["rival"]
    made = {"organization": education.at.id("committee"), "year": 2026, "title": "年度培训计划"}
    payload = await education.done("officer", "educationPlanMake", made, "plan { id }")
    plan = payload["plan"]["id"]
    assert await missing() == ["committee", "rival"], "a draft is no plan"
    item = {
        "plan": plan,
        "month": 7,
        "title": "轮训",
        "form": "CONCENTRATED",
        "topic": "party_history",
        "hours": "8",
    }
    await education.done("officer", "educationPlanAddItem", item, "plan { id }")
    await education.done("officer", "educationPlanPublish", {"plan": plan}, "plan { id }")
    assert await missing() == ["rival"]
    assert await missing(year=2027) == ["committee", "rival"]
    found = (await problems(education, "committee"))["education"]
    assert (found["planDue"], found["plan"]["title"]) == (True, "年度培训计划")
    async with education.at.operator() as act:
        await parameters.override(
            act,
            education.at.units["district"].id,
            "education.planning_kinds",
            date(2026, 1, 1),
            ["general_branch"],
            "由各党总支制定",
        )
    assert await missing() == ["general"]


@pytest.mark.clause("S2-27")
async def test_a_unit_is_evaluated_by_the_indicators_of_the_year(education: Any) -> None:
    await education.at.account("head", "committee_secretary", "committee")
    own = [
        {"code": "completion", "zh": "学时达标率", "en": "Completion", "target": 100},
        {"code": "satisfaction", "zh": "党员满意度", "en": "Satisfaction"},
    ]
    given = {
        "organization": education.at.id("committee"),
        "name": "education.indicators",
        "since": "2026-01-01",
        "reason": "考评办法",
        "document": "党员教育考评办法",
        "add": own,
        "retire": ["plans_made"],
    }
    await education.done("head", "catalogueAmend", given, "override")
    credits = [await education.claim(earnedOn=f"2026-05-0{day}", hours="8") for day in (1, 2, 3, 4)]
    await education.verify(*credits)
    branch = (await problems(education, "branch"))["education"]["evaluation"]
    assert {each["code"]: each["value"] for each in branch} == {
        "completion": "50",
        "average_hours": "16",
        "sessions_held": "0",
        "leaders_lectured": None,
        "leaders_joined": None,
        "satisfaction": None,
    }
    completion = next(each for each in branch if each["code"] == "completion")
    assert (completion["target"], completion["reached"]) == ("100", False)
    assert completion["basis"].startswith("《党员教育考评办法》")
    far = (await problems(education, "far"))["education"]["evaluation"]
    assert [each["code"] for each in far][-1] == "plans_made"
    assert all("关于进一步加强" in each["basis"] for each in far)


@pytest.mark.clause("S2-28")
async def test_who_answers_for_education_is_said_by_name(education: Any) -> None:
    document = """query ($o: ID!) { educationDuties(organization: $o) {
        code name role vacant count holders { name organization } } }"""

    async def duties(unit: str, login: str = "municipal") -> dict[str, Any]:
        answer = await education.read(login, document, o=education.at.id(unit))
        assert "errors" not in answer, answer
        return {duty["code"]: duty for duty in answer["data"]["educationDuties"]}

    before = await duties("committee")
    assert [code for code, duty in before.items() if duty["vacant"]] == [
        "leads",
        "discipline",
        "publicity",
    ]
    await education.at.account("head", "committee_secretary", "committee")
    async with education.at.operator() as act:
        await organizations.appoint(
            act,
            organization_id=education.at.units["committee"].id,
            member_id=education.me.id,
            kind=PostKind.PUBLICITY_MEMBER,
            since=date(2025, 3, 1),
        )
    found = await duties("committee")
    assert [one["name"] for one in found["leads"]["holders"]] == ["head"]
    assert [one["name"] for one in found["heads"]["holders"]] == ["officer"]
    assert [one["name"] for one in found["publicity"]["holders"]] == [education.me.name]
    assert [one["name"] for one in found["carries_out"]["holders"]] == ["secretary"]
    assert found["leads"]["role"] == "Party committee secretary"
    branch = await duties("branch", login="secretary")
    assert [one["name"] for one in branch["leads"]["holders"]] == ["head"]
    assert branch["carries_out"]["vacant"] is True
    answer = await education.read("rival", document, o=education.at.id("branch"))
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"
