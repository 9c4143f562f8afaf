"""The forms of annex 2 and 3, to print and as workbooks; and what a year rests on."""

import re
from typing import Any

import pytest
from tests.plugins.scoring.test_years import closing, decided, drawn_up

from zhibu.pdf.paper import paper_of
from zhibu.pdf.press import Press

EVIDENCE = """query ($m: ID!, $y: Int!) { scoringEvidence(member: $m, year: $y) {
  attended least basis suggestions { suggestion months } targets { target reached } } }"""


async def page(scoring: Any, login: str, field: str, **given: Any) -> Any:
    inside = ", ".join(f"{name}: {value}" for name, value in given.items())
    return await scoring.at.ask(login, f"{{ {field}({inside}) }}")


def quoted(id: str) -> str:
    return f'"{id}"'


@pytest.mark.clause("S4-64")
async def test_a_member_s_sheet_shows_every_item_with_three_signatures(scoring: Any) -> None:
    await scoring.approved()
    given = {"member": quoted(scoring.id(scoring.me)), "year": 2026}
    for login in (None, "rival", "far"):
        if login == "far":
            await scoring.at.account("far", member_id=(await scoring.at.member("far")).id)
        credential = scoring.at.credentials[login] if login else None
        document = f"{{ scoringSheetPage(member: {given['member']}, year: 2026) }}"
        answer = await scoring.at.house.ask(document, credential=credential)
        assert answer.get("data") is None, login
    answer = await page(scoring, "me", "scoringSheetPage", **given)
    text = answer["data"]["scoringSheetPage"]
    for part in ("党员管理考核表", "政治合格", "+2", "102", "自评", "一票否决原因：无"):
        assert part in text, part
    for signer in ("党员（签字）", "党小组组长（签字）", "党支部（总支）书记（签字）"):
        assert signer in text
    peer = {"member": quoted(scoring.id(scoring.peer)), "year": 2026}
    answer = await page(scoring, "me", "scoringSheetPage", **peer)
    assert answer["data"] is None


@pytest.mark.clause("S4-64")
async def test_the_three_signatures_stand_on_the_page_of_the_sheet(scoring: Any) -> None:
    given = {"member": quoted(scoring.id(scoring.me)), "year": 2026}
    answer = await page(scoring, "me", "scoringSheetPage", **given)
    text = answer["data"]["scoringSheetPage"]
    assert "盖章" not in text, "annex 2 has no seal"
    content = Press().printed(paper_of(text))
    assert re.findall(rb"/Count (\d+)", content)[0] == b"1"


@pytest.mark.clause("S4-65")
async def test_a_branch_s_summary_is_put_up_with_its_columns_signatures_and_seal(
    scoring: Any,
) -> None:
    await scoring.approved()
    await closing(scoring)
    given = {"organization": quoted(scoring.at.id("branch")), "year": 2026}
    await decided(scoring)
    answer = await page(scoring, "me", "scoringSummaryPage", **given)
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    answer = await page(scoring, "officer", "scoringSummaryPage", **given)
    assert "尚未公示" in answer["data"]["scoringSummaryPage"]
    year = await drawn_up_id(scoring)
    await scoring.done("officer", "scoringYearReview", {"scoringYear": year, "approved": True})
    post = {"scoringYear": year, "place": "公开栏", "noticedOn": "2027-01-04"}
    await scoring.done("secretary", "scoringYearNotice", post)
    answer = await page(scoring, "me", "scoringSummaryPage", **given)
    text = answer["data"]["scoringSummaryPage"]
    for part in (
        "党员姓名",
        "基础积分",
        "加分情况",
        "减分情况",
        "综合得分",
        "民主评议情况",
        "备注（含一票否决）",
        "考核记录员（签字）",
        "党支部书记（签字）",
        "（盖章）",
        "<thead>",
        scoring.peer.name,
        "2027-01-11",
    ):
        assert part in text, part


@pytest.mark.clause("S4-29")
async def test_before_a_year_is_summed_up_its_points_are_printed_as_they_count_by_now(
    scoring: Any,
) -> None:
    await scoring.approved()
    given = {"organization": quoted(scoring.at.id("branch")), "year": 2026}
    for login in ("me", "rival"):
        answer = await page(scoring, login, "scoringSummaryPage", **given)
        assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND", login
    await scoring.at.switch("scoring", False, "general")
    answer = await page(scoring, "officer", "scoringSummaryPage", **given)
    assert answer["data"] is None
    await scoring.at.switch("scoring", True, "general")
    answer = await page(scoring, "officer", "scoringSummaryPage", **given)
    text = answer["data"]["scoringSummaryPage"]
    for part in (scoring.me.name, scoring.peer.name, "102", "尚未汇总"):
        assert part in text, part


async def drawn_up_id(scoring: Any) -> str:
    document = """query ($o: ID!) { scoringYears(organization: $o, year: 2026, first: 1) {
        nodes { id } } }"""
    answer = await scoring.at.ask("officer", document, {"o": scoring.at.id("branch")})
    return str(answer["data"]["scoringYears"]["nodes"][0]["id"])


@pytest.mark.clause("S4-65")
@pytest.mark.parametrize("kind", ["scoring_summary", "scoring_items"])
async def test_the_forms_of_all_branches_are_one_workbook(scoring: Any, kind: str) -> None:
    await scoring.approved()
    await closing(scoring)
    await drawn_up(scoring)
    platform = scoring.at.house.platform
    async with scoring.at.by("officer") as act:
        filters = {"organization": scoring.at.id("committee"), "year": 2026}
        rows = list(await platform.sheets[kind].read(act, filters))
    mine = [row for row in rows if row["name"] == scoring.me.name]
    assert len(mine) == 1
    if kind == "scoring_summary":
        assert (str(mine[0]["total"]), mine[0]["rank"]) == ("102", 1)
    else:
        assert (mine[0]["number"], mine[0]["times"], mine[0]["points"]) == (7, 1, 2)


async def evidence(scoring: Any, login: str = "officer", year: int = 2026) -> Any:
    given = {"m": scoring.id(scoring.me), "y": year}
    answer = await scoring.at.ask(login, EVIDENCE, given)
    assert "errors" not in answer, answer
    return answer["data"]["scoringEvidence"]


@pytest.mark.clause("S4-54")
async def test_how_often_a_member_attends_at_least_depends_on_what_he_is(scoring: Any) -> None:
    await scoring.held(me="PRESENT")
    of_peer = {"m": scoring.id(scoring.peer), "y": 2026}
    assert (await scoring.at.ask("me", EVIDENCE, of_peer))["data"] is None
    found = await evidence(scoring, "me")
    assert (found["attended"], found["least"]) == (1, 10)
    assert "附件2" in found["basis"]
    post = {
        "organization": scoring.at.id("branch"),
        "member": scoring.id(scoring.me),
        "kind": "SECRETARY",
        "since": "2026-06-01",
    }
    await scoring.done("officer", "postAppoint", post)
    assert (await evidence(scoring))["least"] == 12


@pytest.mark.clause("S4-21", "A-22")
async def test_six_months_without_organization_life_suggest_a_veto_and_a_disposition(
    scoring: Any,
) -> None:
    days = [f"2026-0{month}-10" for month in range(1, 7)]
    meetings = [await scoring.held(day, f"{day}党日", me="ABSENT") for day in days]
    found = (await evidence(scoring))["suggestions"]
    assert [each["suggestion"] for each in found] == ["VETO_ABSENT", "DISPOSITION"]
    assert found[0]["months"] == [f"2026-0{month}" for month in range(1, 7)]
    assert await scoring.total() == "100"
    await scoring.mark(meetings[2], me="ON_LEAVE")
    assert (await evidence(scoring))["suggestions"] == []


@pytest.mark.clause("S4-22", "A-22")
async def test_dues_owed_for_over_half_a_year_suggest_both_and_nothing_follows(
    scoring: Any,
) -> None:
    base = {"member": scoring.id(scoring.me), "year": 2026, "income": "WAGE", "baseFen": 400_000}
    made = await scoring.done("recorder", "duesBaseDeclare", base, "base { id }")
    await scoring.done("secretary", "duesBaseConfirm", {"bases": [made["base"]["id"]]})
    assert (await evidence(scoring))["suggestions"] == []
    await closing(scoring)
    found = (await evidence(scoring))["suggestions"]
    assert [each["suggestion"] for each in found] == ["VETO_DUES", "DISPOSITION"]
    assert len(found[0]["months"]) > 6
    assert not (await scoring.of())["vetoed"]


@pytest.mark.clause("S4-08")
async def test_the_five_ones_of_a_year_are_told_from_what_is_recorded(scoring: Any) -> None:
    def reached(found: Any) -> set[str]:
        return {each["target"] for each in found["targets"] if each["reached"]}

    found = await evidence(scoring)
    assert len(found["targets"]) == 5
    assert reached(found) == set()
    await scoring.approved()
    await scoring.approved(item="commended_municipal")
    for kind, title in (("DEMONSTRATION_POST", "示范岗"), ("LINK_MASSES", "联系困难群众")):
        given = {
            "member": scoring.id(scoring.me),
            "kind": kind,
            "title": title,
            "since": "2026-06-01",
        }
        await scoring.done("secretary", "organizationLifeEngage", given)
    assert reached(await evidence(scoring)) == {
        "SUGGESTION",
        "PIONEER",
        "DEMONSTRATION_POST",
        "CARE",
    }


@pytest.mark.clause("S4-08")
async def test_a_suggestion_that_was_taken_back_reaches_no_target(scoring: Any) -> None:
    entry = await scoring.approved()
    await scoring.done("recorder", "scoringEntryReverse", {"entry": entry, "reason": "并未采纳"})
    await scoring.approve_all()
    assert not any(each["reached"] for each in (await evidence(scoring))["targets"])


async def test_the_sheet_of_whoever_is_left_out_says_no_points(scoring: Any) -> None:
    """A total of nothing beside a base of a hundred would contradict itself on one page."""
    exempt = {
        "member": scoring.id(scoring.me),
        "ground": "LONG_ILL",
        "firstYear": 2026,
        "consent": "本人同意",
        "consentedOn": "2026-06-01",
    }
    await scoring.done("secretary", "scoringExempt", exempt)
    given = {"member": quoted(scoring.id(scoring.me)), "year": 2026}
    answer = await page(scoring, "me", "scoringSheetPage", **given)
    text = answer["data"]["scoringSheetPage"]
    assert "不列入积分考核" in text
    assert "基础分 100" not in text
