"""What is due in a subtree between two days: seen where one may, straight from the records."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from zhibu.members import service as members
from zhibu.members.rules import Change
from zhibu.members.rules.stages import Step
from zhibu.organizations import service as organizations
from zhibu.organizations.tables import Organization
from zhibu.testing.counting import statements
from zhibu.testing.deadlines import ITEMS, Deadlines
from zhibu.testing.house import House

PROBATION, TERM, MISSING, YEAR = (
    "core.probation_ends",
    "core.term_ends",
    "core.affiliation_missing",
    "core.year_end",
)
ADMITTED = date(2025, 7, 1)


def kinds(found: list[dict[str, object]]) -> list[object]:
    return [each["kind"] for each in found]


async def test_nobody_asks_without_signing_in(deadlines: Deadlines) -> None:
    answer = await deadlines.at.house.ask(ITEMS, {"to": "2026-12-31"})
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_another_institution_sees_none_of_it(house: House, deadlines: Deadlines) -> None:
    await deadlines.probationary(ADMITTED)
    theirs = Deadlines(at=await house.found("qingshan", "青山市直机关"))
    await theirs.at.switch("organization_life", False)
    under = deadlines.at.id("branch")
    assert await theirs.items("municipal", "2026-12-30", under=under) == []
    assert {item["kind"] for item in await theirs.items("municipal", "2026-12-30")} == {
        "education.plan"  # its own
    }


async def test_each_sees_what_is_due_where_the_roles_reach(deadlines: Deadlines) -> None:
    await deadlines.probationary(ADMITTED, "branch")
    await deadlines.probationary(ADMITTED + timedelta(days=1), "far")
    seen = {
        login: [each["dueOn"] for each in await deadlines.items(login, "2026-07-31")]
        for login in ("secretary", "officer", "rival", "district")
    }
    assert seen == {
        "secretary": ["2026-07-01"],
        "officer": ["2026-07-01"],
        "rival": ["2026-07-02"],
        "district": ["2026-07-01", "2026-07-02"],
    }


async def test_an_account_without_roles_sees_nothing_due(deadlines: Deadlines) -> None:
    await deadlines.probationary(ADMITTED)
    await deadlines.at.account("nobody")
    assert await deadlines.items("nobody", "2026-12-31") == []


async def test_a_member_sees_the_own_probation_and_not_a_comrade_s(deadlines: Deadlines) -> None:
    me = await deadlines.probationary(ADMITTED)
    await deadlines.probationary(ADMITTED, name="预备乙")
    await deadlines.at.account("me", member_id=me.id)
    [mine] = await deadlines.items("me", "2026-07-31", kinds=[PROBATION])
    assert (mine["member"], mine["memberName"]) == (deadlines.id(me), "预备甲")


async def test_what_a_plugin_has_due_is_not_seen_where_it_is_off(deadlines: Deadlines) -> None:
    person = await deadlines.at.member("branch")
    opened = """mutation ($input: EducationYearOpenInput!) {
      educationYearOpen(input: $input) { userErrors { code } } }"""
    given = {"input": {"organization": deadlines.at.id("committee"), "year": 2026}}
    answer = await deadlines.ask("officer", opened, given)
    assert "errors" not in answer, answer
    behind = "education.hours_behind"
    [found] = await deadlines.items("officer", "2026-12-31", kinds=[behind])
    assert (found["dueOn"], found["member"]) == ("2026-12-31", deadlines.id(person))
    assert found["basis"] == "《中国共产党党员教育管理工作条例》第二十条 · 32 学时"
    await deadlines.at.switch("education", False, "branch")
    assert await deadlines.items("officer", "2026-12-31", kinds=[behind]) == []


async def test_a_kind_that_nobody_declares_is_refused(deadlines: Deadlines) -> None:
    answer = await deadlines.ask("officer", ITEMS, {"to": "2026-12-31", "kinds": ["core.no"]})
    assert answer["errors"][0]["extensions"]["error"] == "core.due_kind_unknown"


@pytest.mark.parametrize(
    ("first", "last"), [("2026-07-02", "2026-07-01"), ("1990-01-01", "2026-07-01")]
)
async def test_days_that_cannot_be_asked_are_refused(
    deadlines: Deadlines, first: str, last: str
) -> None:
    answer = await deadlines.ask("officer", ITEMS, {"from": first, "to": last})
    assert answer["errors"][0]["extensions"]["error"] == "core.due_window_invalid"


@pytest.mark.clause("CC-7")
async def test_a_probation_ends_a_year_after_the_admission(deadlines: Deadlines) -> None:
    me = await deadlines.probationary(date(2024, 2, 29))
    [found] = await deadlines.items("secretary", "2026-07-31", kinds=[PROBATION])
    assert (found["startsOn"], found["dueOn"]) == ("2024-02-29", "2025-02-28")
    assert found["basis"] == "《中国共产党章程》第七条 · 12 个月"
    assert (found["subject"], found["overdue"]) == (deadlines.id(me), True)
    assert found["title"] == "A probation ends"


async def test_whoever_was_made_full_has_nothing_due_any_more(deadlines: Deadlines) -> None:
    me = await deadlines.probationary(date(2025, 6, 1))
    step = Step(
        change=Change.MADE_FULL, on=date(2026, 6, 2), decision="决议", decided_on=date(2026, 6, 2)
    )
    async with deadlines.at.operator() as act:
        await members.change_stage(act, me.id, step)
    assert await deadlines.items("secretary", "2026-07-31", kinds=[PROBATION]) == []


@pytest.mark.clause("BR-38")
async def test_a_term_of_office_is_due_after_three_years_and_over_with_the_next(
    deadlines: Deadlines,
) -> None:
    post = await deadlines.secretary(date(2024, 5, 31))
    [found] = await deadlines.items("secretary", "2027-12-31", kinds=[TERM])
    assert (found["startsOn"], found["dueOn"]) == ("2024-05-31", "2027-05-31")
    assert found["basis"] == "《关于党的基层组织任期的意见》任期 · 3 年"
    async with deadlines.at.operator() as act:
        await organizations.end_post(act, post.id, on=date(2026, 6, 1), reason="换届")
    assert await deadlines.items("secretary", "2027-12-31", kinds=[TERM]) == []


async def test_a_committee_s_term_rests_on_its_own_rule(deadlines: Deadlines) -> None:
    await deadlines.secretary(date(2024, 5, 31), "committee")
    [found] = await deadlines.items("officer", "2031-12-31", kinds=[TERM])
    assert found["dueOn"] == "2029-05-31"
    assert found["basis"] == "《关于党的基层组织任期的意见》任期 · 5 年"


@pytest.mark.clause("S2-18")
async def test_a_member_whose_branch_has_ended_has_an_affiliation_missing(
    deadlines: Deadlines,
) -> None:
    """No act leaves anybody so; a restored file or another system's data might."""
    person = await deadlines.at.member("other")
    assert await deadlines.items("officer", "2026-07-31", kinds=[MISSING]) == []
    async with deadlines.at.operator() as act:
        await act.session.execute(
            update(Organization)
            .where(Organization.tenant_id == act.tenant_id)
            .where(Organization.id == deadlines.at.units["other"].id)
            .values(ended_on=date(2026, 6, 1))
        )
    [found] = await deadlines.items("officer", "2026-07-31", kinds=[MISSING])
    assert (found["member"], found["dueOn"]) == (deadlines.id(person), "2026-06-01")
    assert found["overdue"]


async def test_every_branch_s_register_is_checked_by_the_end_of_the_year(
    deadlines: Deadlines,
) -> None:
    found = await deadlines.items("officer", "2026-12-31", **{"from": "2026-01-01"}, kinds=[YEAR])
    assert [(each["organizationName"][-6:], each["dueOn"]) for each in found] == [
        ("branch", "2026-12-31"),
        ("关other", "2026-12-31"),
    ]


async def test_pages_follow_each_other_without_gap_or_repetition(deadlines: Deadlines) -> None:
    for day in range(5):
        await deadlines.probationary(ADMITTED + timedelta(days=day // 2), name=f"预备{day}")
    await deadlines.secretary(date(2023, 7, 2))
    paged = """query ($after: String) { dueItems(first: 2, after: $after, dueTo: "2026-07-31") {
      totalCount nodes { kind dueOn memberName } pageInfo { endCursor hasNextPage } } }"""
    seen, after = [], None
    for _ in range(4):
        answer = await deadlines.ask("secretary", paged, {"after": after})
        page = answer["data"]["dueItems"]
        seen += [(each["dueOn"], each["kind"], each["memberName"]) for each in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert page["totalCount"] == len(seen) == len(set(seen)) == 6
    assert [each[:2] for each in seen] == sorted(each[:2] for each in seen)
    other = {"after": after, "to": "2026-07-30"}
    answer = await deadlines.ask("secretary", paged.replace("07-31", "07-30"), other)
    assert answer["errors"][0]["extensions"]["error"] == "core.cursor_invalid"


async def test_whatever_is_due_takes_one_statement_and_its_number_another(
    deadlines: Deadlines,
) -> None:
    await deadlines.items("officer", "2026-07-31")
    with statements() as found:
        await deadlines.items("officer", "2026-07-31")
    assert sum("core_member_stage" in sql for sql in found) == 1
    counted = ITEMS.replace("nodes {", "totalCount nodes {")
    with statements() as found:
        await deadlines.ask("officer", counted, {"to": "2026-07-31"})
    assert sum("core_member_stage" in sql for sql in found) == 2
