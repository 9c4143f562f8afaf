"""Printed pages: what stands on them, and that printing stands in the ledger."""

from datetime import date
from typing import Any

import pytest

from zhibu.members.rules import MemberKind
from zhibu.organizations import service as organizations
from zhibu.organizations.rules import PostKind
from zhibu_education.graph import printing


async def printed(education: Any, field: str, login: str = "officer", **given: Any) -> str:
    kinds = {"year": "Int!", "on": "Date"}
    head = ", ".join(f"${key}: {kinds.get(key, 'ID!')}" for key in given)
    passed = ", ".join(f"{key}: ${key}" for key in given)
    answer = await education.read(login, f"query ({head}) {{ {field}({passed}) }}", **given)
    assert "errors" not in answer, answer
    page: str = answer["data"][field]
    assert page.startswith("<!DOCTYPE html>")
    return page


def has(page: str, *texts: str) -> bool:
    missing = [text for text in texts if text not in page]
    assert missing == []
    return True


@pytest.mark.clause("S2-29")
async def test_the_plan_of_a_year_is_printed_with_what_was_held_of_it(education: Any) -> None:
    committee = education.at.id("committee")
    made = {"organization": committee, "year": 2026, "title": "年度培训计划", "aims": "全员轮训"}
    payload = await education.done("officer", "educationPlanMake", made, "plan { id }")
    plan = payload["plan"]["id"]
    item = {
        "plan": plan,
        "month": 6,
        "title": "党史专题<一>",
        "form": "SEMINAR",
        "topic": "party_history",
        "hours": "4",
        "audience": "全体党员",
    }
    payload = await education.done(
        "officer", "educationPlanAddItem", item, "plan { items { id sessions { id } } }"
    )
    item_id = payload["plan"]["items"][0]["id"]
    page = await printed(education, "educationPlanPage", plan=plan)
    assert has(page, "年度培训计划", "草案，尚未发布", "全员轮训", "6月", "党史", "未举办")
    assert "党史专题&lt;一&gt;" in page
    held = education.session("committee", planItem=item_id)
    await education.done("officer", "educationSessionHold", held, "session { id }")
    await education.done("officer", "educationPlanPublish", {"plan": plan}, "plan { id }")
    assert has(
        await printed(education, "educationPlanPage", plan=plan), "已举办 1 次", "2026-06-15 发布"
    )
    events = await education.ledger("education.page_printed")
    assert [event["page"] for event in events] == ["年度培训计划", "年度培训计划"]


@pytest.mark.clause("S2-30")
async def test_the_roster_of_teachers_says_who_is_full_time_and_what_was_taught(
    education: Any,
) -> None:
    teachers = {}
    for name, full, unit in (("周老师", True, "committee"), ("吴老师", False, "branch")):
        given = {
            "organization": education.at.id(unit),
            "name": name,
            "fullTime": full,
            "since": "2026-01-01",
            "subjects": "党章",
        }
        payload = await education.done(
            "officer", "educationTeacherAdd", given, "teacher { id sessions { title } }"
        )
        teachers[name] = payload["teacher"]["id"]
    held = education.session(teacher=teachers["吴老师"], teacherName="吴老师")
    await education.done("secretary", "educationSessionHold", held, "session { id }")
    ended = {"teacher": teachers["周老师"], "until": "2026-06-10"}
    page = await printed(
        education,
        "educationTeachersPage",
        organization=education.at.id("committee"),
        on="2026-06-09",
    )
    assert has(page, "周老师", "吴老师", "专职", "兼职", "共 2 人，其中专职 1 人，兼职 1 人")
    await education.done("officer", "educationTeacherEnd", ended, "teacher { id }")
    page = await printed(
        education, "educationTeachersPage", organization=education.at.id("committee")
    )
    assert "周老师" not in page
    document = """query ($o: ID!, $on: Date, $full: Boolean) { educationTeachers(organization: $o,
        first: 9, on: $on, fullTime: $full) { nodes { name sessions { title } } } }"""

    async def names(**asked: Any) -> list[str]:
        answer = await education.read("officer", document, o=education.at.id("committee"), **asked)
        return [node["name"] for node in answer["data"]["educationTeachers"]["nodes"]]

    assert sorted(await names()) == ["吴老师", "周老师"]
    assert await names(on="2026-06-15") == ["吴老师"]
    assert await names(full=True) == ["周老师"]
    answer = await education.read("officer", document, o=education.at.id("branch"))
    (node,) = answer["data"]["educationTeachers"]["nodes"]
    assert node["sessions"] == [{"title": "党课"}]


@pytest.mark.clause("S2-30")
async def test_the_register_of_a_session_shows_everybody_who_is_marked(education: Any) -> None:
    payload = await education.done(
        "secretary", "educationSessionHold", education.session(), "session { id }"
    )
    session = payload["session"]["id"]
    marks = [
        {"member": education.id(education.me), "presence": "PRESENT", "hours": "1.5"},
        {"member": education.id(education.peer), "presence": "ON_LEAVE", "reason": "出差"},
    ]
    given = {"session": session, "marks": marks}
    await education.done("recorder", "educationSessionAttend", given, "session { present }")
    page = await printed(education, "educationSessionPage", login="secretary", session=session)
    assert has(
        page,
        *("培训签到表：党课", education.me.name, '<td class="short">1.5</td>', "请假", "出差"),
        *("形式：党课；主题：党的宗旨教育；学时：2。", "列入 2 人，出席 1 人。"),
    )
    own = await printed(education, "educationSessionPage", login="me", session=session)
    assert education.me.name in own
    assert education.peer.name not in own


@pytest.mark.clause("S2-31")
async def test_the_use_of_funds_is_printed_entry_by_entry_and_by_purpose(education: Any) -> None:
    given = {
        "organization": education.at.id("committee"),
        "kind": "BUDGET",
        "on": "2026-01-05",
        "fen": 500_000,
        "purpose": "年度预算",
        "category": "training",
    }
    await education.done("officer", "educationExpenseRecord", given, "expense { id }")
    spent = {**given, "kind": "SPEND", "on": "2026-06-01", "fen": 120_050, "purpose": "教材"}
    await education.done("officer", "educationExpenseRecord", spent, "expense { id }")
    page = await printed(
        education, "educationFundsPage", organization=education.at.id("committee"), year=2026
    )
    assert has(
        page,
        *("教材", "1200.5", "教育培训党员：预算 5000 元，支出 1200.5 元，结余 3799.5 元。"),
    )


@pytest.mark.clause("S2-27", "S2-04", "S2-05")
async def test_units_and_leaders_are_printed_as_the_screen_shows_them(education: Any) -> None:
    async with education.at.operator() as act:
        await organizations.appoint(
            act,
            organization_id=education.at.units["branch"].id,
            member_id=education.me.id,
            kind=PostKind.SECRETARY,
            since=date(2025, 3, 1),
        )
    held = education.session()
    await education.done("secretary", "educationSessionHold", held, "session { id }")
    given = {"organization": education.at.id("general"), "year": 2026}
    page = await printed(education, "educationEvaluationPage", **given)
    assert has(page, "学时达标率", "领导干部讲党课率", "关于进一步加强", "branch", "other")
    page = await printed(education, "educationLeadersPage", **given)
    assert has(page, education.me.name, "0/1", "未讲", "共 1 人，其中 1 人尚未讲满。", "学习培训")
    assert "".join(f'<td class="short">{number}</td>' for number in (1, 0, 0, 1)) in page


async def test_a_register_of_leaders_that_would_leave_somebody_out_is_not_printed(
    education: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "LEADERS", printing.LEADERS.replace("first: 100", "first: 1"))
    monkeypatch.setattr(printing, "MOST", 1)
    for who in (education.me, education.peer):
        async with education.at.operator() as act:
            await organizations.appoint(
                act,
                organization_id=education.at.units["branch"].id,
                member_id=who.id,
                kind=PostKind.SECRETARY if who is education.me else PostKind.DEPUTY_SECRETARY,
                since=date(2025, 3, 1),
            )
    document = "query ($o: ID!) { educationLeadersPage(organization: $o, year: 2026) }"
    answer = await education.read("officer", document, o=education.at.id("branch"))
    assert "education.page_too_long" in str(answer["errors"])


async def test_the_archive_cites_the_rule_that_its_hours_rest_on(education: Any) -> None:
    await education.override("hours_required_retired", "16", since=date(2020, 1, 1))
    retired = education.id(await education.member(kind=MemberKind.RETIRED))
    document = "query ($m: ID!) { member(id: $m) { education(year: 2026) { basis } } }"
    answer = await education.read("officer", document, m=retired)
    basis = answer["data"]["member"]["education"]["basis"]
    page = await printed(education, "educationArchivePage", member=retired, year=2026)
    assert has(page, "应修学时 16", f"依据：{basis}")
