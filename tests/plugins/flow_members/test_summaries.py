"""Reports on members away: counted from the records, handed up, returned, rolled up."""

from typing import Any

import pytest

LIST = """query ($o: ID!) { flowMembersSummaries(organization: $o, first: 9) { nodes {
  id half state away floating went letter certificate card untold silent unreported incoming missing
  returnReason organization { code } } } }"""
PEOPLE = """query ($s: ID!) { flowMembersPeople(summary: $s, figure: %s, first: 9) {
  totalCount nodes { member { name } } } }"""


async def listed(flow: Any, login: str, unit: str = "branch") -> Any:
    answer = await flow.at.ask(login, LIST, {"o": flow.at.id(unit)})
    return answer["data"]["flowMembersSummaries"]["nodes"]


async def people(flow: Any, login: str, summary: str, figure: str) -> int:
    answer = await flow.at.ask(login, PEOPLE % figure, {"s": summary})
    found = answer["data"]["flowMembersPeople"]
    assert len(found["nodes"]) == found["totalCount"]
    return int(found["totalCount"])


@pytest.mark.clause("S1-25")
async def test_a_branch_reports_each_half_and_every_figure_is_a_list_of_people(flow: Any) -> None:
    case = await flow.recorded()
    await flow.done("secretary", "NoteRecord", flow.note(case))
    late = {"certainty": "UNCERTAIN", "until": None, "talk": None, "lateReason": "补录"}
    await flow.recorded(member=flow.id(flow.peer), since="2025-12-01", **late)
    assert await flow.due("half_due") == [
        *("2026-06-30", "2026-12-31", "2027-06-30", "2027-12-31"),
    ]
    given = {"organization": flow.at.id("branch"), "year": 2026, "half": 1}
    for wrong, codes in (
        ({"half": 3}, ["half_invalid"]),
        ({"half": 0}, ["summary_elsewhere"]),
        ({"half": 2}, ["summary_too_early"]),
        ({"year": 1900}, ["year_invalid"]),
    ):
        assert await flow.refused("secretary", "SummarySubmit", {**given, **wrong}) == codes
    assert await flow.refused("recorder", "SummarySubmit", given) == ["FORBIDDEN"]
    await flow.done("secretary", "SummarySubmit", given)
    assert await flow.refused("secretary", "SummarySubmit", given) == ["summary_submitted"]
    [found] = await listed(flow, "secretary")
    told = {key: found[key] for key in ("away", "floating", "went", "card", "certificate")}
    assert told == {"away": 2, "floating": 1, "went": 1, "card": 1, "certificate": 1}
    assert (found["untold"], found["silent"], found["unreported"]) == (1, 1, 2)
    for figure in ("AWAY", "FLOATING", "WENT", "CARD", "UNTOLD", "SILENT", "UNREPORTED"):
        assert await people(flow, "secretary", found["id"], figure) == found[figure.lower()]
    assert await flow.due("half_due") == ["2026-12-31", "2027-06-30", "2027-12-31"]


async def test_the_level_above_accepts_a_report_or_returns_it_with_a_reason(flow: Any) -> None:
    await flow.recorded()
    given = {"organization": flow.at.id("branch"), "year": 2026, "half": 1}
    payload = await flow.done("secretary", "SummarySubmit", given, "summary { id }")
    summary = {"summary": payload["summary"]["id"]}
    assert await flow.refused("secretary", "SummaryAccept", summary) == ["FORBIDDEN"]
    assert await flow.refused("rival", "SummaryAccept", summary) == ["NOT_FOUND"]
    back = {**summary, "reason": " "}
    assert await flow.refused("officer", "SummaryReturn", back) == ["reason_missing"]
    await flow.done("officer", "SummaryReturn", {**back, "reason": "缺联系情况"})
    assert (await listed(flow, "secretary"))[0]["returnReason"] == "缺联系情况"
    assert "2026-06-30" in await flow.due("half_due")
    assert await flow.refused("officer", "SummaryAccept", summary) == ["summary_decided"]
    await flow.done("secretary", "SummarySubmit", given)
    await flow.done("officer", "SummaryAccept", summary)
    [found] = await listed(flow, "secretary")
    assert (found["state"], found["returnReason"]) == ("ACCEPTED", None)


async def test_nobody_decides_on_what_he_handed_up_himself(flow: Any) -> None:
    await flow.recorded()
    given = {"organization": flow.at.id("branch"), "year": 2026, "half": 1}
    payload = await flow.done("officer", "SummarySubmit", given, "summary { id }")
    summary = {"summary": payload["summary"]["id"]}
    assert await flow.refused("officer", "SummaryAccept", summary) == ["own_summary"]


@pytest.mark.clause("S1-26", "S1-40")
async def test_a_committee_reports_the_year_level_by_level_and_says_what_is_missing(
    flow: Any,
) -> None:
    await flow.recorded()
    await flow.at.later(days=180)
    given = {"organization": flow.at.id("committee"), "year": 2026}
    assert await flow.refused("secretary", "SummarySubmit", given) == ["NOT_FOUND"]
    assert await flow.refused("officer", "SummarySubmit", given) == ["summaries_missing"]
    branch = {"organization": flow.at.id("branch"), "year": 2026, "half": 2}
    await flow.done("secretary", "SummarySubmit", branch)
    payload = await flow.done("officer", "SummarySubmit", given, "summary { id away missing }")
    assert (payload["summary"]["away"], payload["summary"]["missing"]) == (1, 0)
    summary = {"summary": payload["summary"]["id"]}
    assert await flow.refused("officer", "SummaryAccept", summary) == ["FORBIDDEN"]
    await flow.done("district", "SummaryAccept", summary)
    assert await people(flow, "district", summary["summary"], "AWAY") == 1
