"""Whoever moved after the year was over: the branch that he belonged to then assesses it."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select
from tests.plugins.scoring.test_exemptions import GIVEN
from tests.plugins.scoring.test_years import closing, decision, drawn_up, of

from zhibu.events.timeline import follow
from zhibu.identifiers import global_id, new_id
from zhibu.testing.counting import statements
from zhibu.testing.deadlines import Deadlines
from zhibu_scoring.public import OBJECTED, OBJECTION_ANSWERED
from zhibu_scoring.service.years import drawing
from zhibu_scoring.tables import ScoringResult, ScoringYear

DECLARED = """query ($o: ID!) { scoringEntries(organization: $o, year: 2026, first: 9) {
  nodes { id memberName state } } }"""
RESULT = """query ($id: ID!) { member(id: $id) { scoring(year: 2026) {
  result { scoringYear noticeUntil total } } } }"""

PAPERS = """query ($m: ID!) {
  scoringSheetPage(member: $m, year: 2026) scoringEvidence(member: $m, year: 2026) { attended } }"""
EVIDENCE = "query ($m: ID!) { scoringEvidence(member: $m, year: 2026) { attended } }"
LISTED = """query ($o: ID!) {
  scoringExemptions(organization: $o, year: 2026, first: 9) { nodes { id } }
  scoringFacts(organization: $o, year: 2026, first: 9) { nodes { id } } }"""
BEFORE = "2026-12-20"  # the year was not over yet; it is entered afterwards
HONOUR = {
    "kind": "COMMENDED_MUNICIPAL",
    "title": "优秀共产党员",
    "document": "市委〔2026〕7号",
    "decidedOn": "2026-06-01",
}


@pytest.fixture
async def moved(scoring: Any) -> Any:
    """In January `me` went to another branch, before the old one summed the last year up.

    An entry of his waits.
    """
    await declared_last_year(scoring)
    await transfer(scoring, "2027-01-02")
    return scoring


async def declared_in(moved: Any, login: str, unit: str) -> list[Any]:
    answer = await moved.at.ask(login, DECLARED, {"o": moved.at.id(unit)})
    assert "errors" not in answer, answer
    found: list[Any] = answer["data"]["scoringEntries"]["nodes"]
    return found


@pytest.mark.clause("S4-26", "S4-30")
async def test_the_branch_of_the_last_day_of_the_year_assesses_whoever_moved_since(
    moved: Any,
) -> None:
    assert await declared_in(moved, "elsewhere", "other") == []
    [entry] = await declared_in(moved, "secretary", "branch")
    assert (entry["memberName"], entry["state"]) == (moved.me.name, "DECLARED")
    approve = {"entries": [entry["id"]]}
    refused = await moved.refused("elsewhere", "scoringEntryApprove", approve)
    assert refused == ["NOT_FOUND"]
    await moved.done("secretary", "scoringEntryApprove", approve, "count")
    other = {"organization": moved.at.id("other"), "year": 2026}
    made = await moved.done(
        "elsewhere", "scoringYearDrawUp", other, "scoringYear { results { total } }"
    )
    assert made["scoringYear"]["results"] == []
    year = await drawn_up(moved)
    absent = decision(year, entitled=1, present=1, inFavour=1)
    await moved.done("secretary", "scoringYearDecide", absent)
    found = {e["member"]["id"]: e["total"] for e in (await of(moved))["results"]}
    assert found == {moved.id(moved.me): "102", moved.id(moved.peer): "100"}


@pytest.mark.clause("S4-32")
async def test_whoever_moved_objects_to_the_result_of_his_old_branch(moved: Any) -> None:
    [entry] = await declared_in(moved, "secretary", "branch")
    refuse = {"entry": entry["id"], "reason": "未采纳"}
    await moved.done("secretary", "scoringEntryRefuse", refuse)
    year = await drawn_up(moved)
    given = {"scoringYear": year, "member": moved.id(moved.me), "body": "建议已被采纳"}
    assert await moved.refused("me", "scoringObject", given) == ["not_noticed"]
    absent = decision(year, entitled=1, present=1, inFavour=1)
    await moved.done("secretary", "scoringYearDecide", absent)
    await moved.done("officer", "scoringYearReview", {"scoringYear": year, "approved": True})
    put_up = {"scoringYear": year, "place": "党务公开栏", "noticedOn": "2027-01-04"}
    await moved.done("secretary", "scoringYearNotice", put_up)
    stranger = await moved.at.member("other")
    await moved.at.account("stranger", member_id=stranger.id)
    assert await moved.refused("stranger", "scoringObject", given) == ["NOT_FOUND"]
    await moved.at.switch("scoring", False, "branch")
    assert await moved.refused("me", "scoringObject", given) == ["NOT_FOUND"]
    await moved.at.switch("scoring", True, "branch")
    answer = await moved.at.ask("me", RESULT, {"id": moved.id(moved.me)})
    result = answer["data"]["member"]["scoring"]["result"]
    assert result == {"scoringYear": year, "noticeUntil": "2027-01-11", "total": "100"}
    made = await moved.done("me", "scoringObject", given, "objection { id body }")
    assert made["objection"]["body"] == "建议已被采纳"
    [objection] = (await of(moved, "secretary"))["objections"]
    assert objection["outcome"] is None
    explained = {
        "objection": made["objection"]["id"],
        "outcome": "EXPLAINED",
        "answer": "并未采纳",
    }
    await moved.done("secretary", "scoringObjectionAnswer", explained)
    async with moved.at.operator() as act:
        entries = await follow(act.session, act.tenant_id, 0, 10_000)
    paths = {each.path for each in entries if each.event in (OBJECTED, OBJECTION_ANSWERED)}
    assert paths == {moved.at.units["branch"].path}


@pytest.mark.clause("S4-14", "S4-30")
async def test_the_old_branch_leaves_out_of_its_year_and_records_its_facts(moved: Any) -> None:
    who = {"member": moved.id(moved.me)}
    fact = {**who, **HONOUR}
    assert await moved.refused("elsewhere", "scoringFactRecord", fact) == ["FORBIDDEN"]
    await moved.done("secretary", "scoringFactRecord", fact)
    assert await listed(moved, "secretary", "branch") == (0, 1)
    assert await listed(moved, "elsewhere", "other") == (0, 0)
    exempt = {**who, **GIVEN, "lastYear": 2026}
    assert await moved.refused("elsewhere", "scoringExempt", exempt) == ["FORBIDDEN"]
    on = {**exempt, "lastYear": None}
    assert await moved.refused("secretary", "scoringExempt", on) == ["FORBIDDEN"]
    made = await moved.done("secretary", "scoringExempt", exempt, "exemption { id }")
    assert await listed(moved, "secretary", "branch") == (1, 1)
    end = {"exemption": made["exemption"]["id"], "lastYear": 2025, "reason": "误办"}
    assert await moved.refused("elsewhere", "scoringExemptionEnd", end) == ["NOT_FOUND"]
    await moved.done("secretary", "scoringExemptionEnd", end)


async def listed(moved: Any, login: str, unit: str) -> tuple[int, int]:
    """How many exemptions and facts of last year somebody sees there."""
    answer = await moved.at.ask(login, LISTED, {"o": moved.at.id(unit)})
    assert "errors" not in answer, answer
    found = answer["data"]
    return len(found["scoringExemptions"]["nodes"]), len(found["scoringFacts"]["nodes"])


@pytest.mark.clause("S4-29", "S4-10")
async def test_points_are_made_known_and_checked_by_the_branch_of_their_year(moved: Any) -> None:
    asked = {"from": "2026-01-01", "kinds": ["scoring.publication", "scoring.check"]}
    found = await Deadlines(at=moved.at).items("officer", "2026-12-31", **asked)
    assert {each["organization"] for each in found} == {moved.at.id("branch")}


@pytest.mark.clause("S4-64", "S4-65", "S4-30")
async def test_the_old_branch_prints_the_sheet_of_its_year_and_exports_its_items(
    moved: Any,
) -> None:
    [entry] = await declared_in(moved, "secretary", "branch")
    await moved.done("secretary", "scoringEntryApprove", {"entries": [entry["id"]]}, "count")
    for login in ("secretary", "elsewhere", "me"):
        answer = await moved.at.ask(login, PAPERS, {"m": moved.id(moved.me)})
        assert moved.me.name in answer["data"]["scoringSheetPage"], login
        assert answer["data"]["scoringEvidence"]["attended"] == 0, login
    await exported(moved, ("secretary", "branch", [moved.me.name]), ("elsewhere", "other", []))


@pytest.mark.clause("S4-26", "S4-30")
async def test_a_year_stays_with_the_branch_that_drew_it_up_though_he_had_moved_before(
    scoring: Any,
) -> None:
    await declared_last_year(scoring)
    year = await drawn_up(scoring)
    await transfer(scoring, BEFORE)
    honour = {"member": scoring.id(scoring.me), **HONOUR}
    await scoring.done("officer", "scoringFactRecord", honour)
    for login, unit, counted in (("elsewhere", "other", 0), ("secretary", "branch", 2)):
        asked = {"organization": scoring.at.id(unit), "year": 2026}
        quarter = {**asked, "quarter": 4, "place": "党务公开栏"}
        made = await scoring.done(login, "scoringPublish", quarter, "publication { members }")
        assert made["publication"]["members"] == counted, login
    assert await declared_in(scoring, "elsewhere", "other") == []
    known = await declared_in(scoring, "secretary", "branch")
    approve = {"entries": [each["id"] for each in known]}
    assert len(known) == 2
    assert await scoring.refused("elsewhere", "scoringEntryApprove", approve) == ["NOT_FOUND"]
    await scoring.done("secretary", "scoringEntryApprove", approve, "count")
    other = {"organization": scoring.at.id("other"), "year": 2026}
    made = await scoring.done(
        "elsewhere", "scoringYearDrawUp", other, "scoringYear { results { total } }"
    )
    assert made["scoringYear"]["results"] == []
    assert await drawn_up(scoring) == year
    found = {each["member"]["id"]: each["total"] for each in (await of(scoring))["results"]}
    assert found == {scoring.id(scoring.me): "112", scoring.id(scoring.peer): "100"}
    absent = decision(year, entitled=1, present=1, inFavour=1)
    await scoring.done("secretary", "scoringYearDecide", absent)
    await exported(
        scoring, ("secretary", "branch", [scoring.me.name] * 2), ("elsewhere", "other", [])
    )


@pytest.mark.clause("S4-26", "S4-30")
async def test_before_it_is_drawn_up_a_year_goes_with_a_move_that_is_entered_late(
    scoring: Any,
) -> None:
    await declared_last_year(scoring)
    await transfer(scoring, BEFORE)
    assert await declared_in(scoring, "secretary", "branch") == []
    [entry] = await declared_in(scoring, "elsewhere", "other")
    await scoring.done("elsewhere", "scoringEntryApprove", {"entries": [entry["id"]]}, "count")
    await exported(scoring, ("secretary", "branch", []), ("elsewhere", "other", [scoring.me.name]))


@pytest.mark.clause("S4-26", "S4-30")
async def test_two_branches_that_draw_up_at_once_sum_a_mover_s_year_up_once(
    scoring: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await declared_last_year(scoring)
    here, there = scoring.at.units["branch"], scoring.at.units["other"]

    async def there_too() -> None:
        await transfer(scoring, BEFORE)
        given = {"organization": scoring.at.id("other"), "year": 2026}
        await scoring.done("elsewhere", "scoringYearDrawUp", given)

    reckoned, meanwhile = drawing.reckoned, []

    async def slowly(*given: Any) -> Any:
        if not meanwhile:  # once it is known whose year it is, and nothing is written yet
            meanwhile.append(asyncio.create_task(there_too()))
            await asyncio.wait(meanwhile, timeout=1)
        return await reckoned(*given)

    monkeypatch.setattr(drawing, "reckoned", slowly)
    async with scoring.at.operator() as act:
        await drawing.of_branch(act, here, 2026)
    await asyncio.gather(*meanwhile)
    async with scoring.at.operator() as act:
        rows = await act.session.execute(
            select(ScoringYear.organization_id, ScoringResult.member_id)
            .join(ScoringResult, ScoringResult.year_id == ScoringYear.id)
            .where(ScoringYear.tenant_id == act.tenant_id, ScoringYear.year == 2026)
        )
        found = sorted((row.organization_id, row.member_id) for row in rows)
    assert [each for each in found if each[1] == scoring.me.id] == [(here.id, scoring.me.id)]
    assert there.id not in {organization for organization, _ in found}


async def declared_last_year(scoring: Any) -> None:
    """An entry of `me` waits in January; `elsewhere` is the secretary of another branch."""
    await scoring.declared()
    await closing(scoring)
    await scoring.at.account("elsewhere", "branch_secretary", "other")


async def transfer(scoring: Any, on: str) -> None:
    """Let `me` belong to the other branch since a day."""
    given = {
        "member": scoring.id(scoring.me),
        "organization": scoring.at.id("other"),
        "on": on,
        "reason": "工作调动",
    }
    await scoring.done("officer", "memberTransfer", given)


async def exported(moved: Any, *expected: tuple[str, str, list[str]]) -> None:
    """Whose items of last year each account exports from its branch."""
    items = moved.at.house.platform.sheets["scoring_items"]
    for login, unit, names in expected:
        async with moved.at.by(login) as act:
            rows = await items.read(act, {"organization": moved.at.id(unit), "year": 2026})
            assert [row["name"] for row in rows] == names


async def test_a_member_whom_nobody_here_sees_is_like_none_and_takes_as_many_statements(
    scoring: Any,
) -> None:
    await closing(scoring)
    hidden = global_id("Member", (await scoring.at.member("far")).id)
    answered = []
    await scoring.at.ask("recorder", EVIDENCE, {"m": hidden})  # who asks is remembered by then
    for member in (hidden, global_id("Member", new_id())):
        with statements() as sent:
            answer = await scoring.at.ask("recorder", EVIDENCE, {"m": member})
        [error] = answer["errors"]
        answered.append((answer["data"], error["extensions"]["code"], len(sent)))
    assert answered[0] == answered[1]
    assert answered[0][1] == "NOT_FOUND"
