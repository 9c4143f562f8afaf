"""Reports on members away: counted from the records, handed up, returned, rolled up."""

from datetime import date
from typing import Any

import pytest

from zhibu.members import service as members

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
        ({"year": 1900}, ["core.year_invalid"]),
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


async def test_whoever_moved_on_meanwhile_is_counted_where_he_belonged_on_the_day(
    flow: Any,
) -> None:
    await flow.recorded(host=None)
    await flow.at.later(days=20)  # July 5: the half year is over
    async with flow.at.operator() as act:
        other = flow.at.units["other"].id
        on, reason = date(2026, 7, 2), "工作变动"
        await members.transfer(act, flow.me.id, organization_id=other, on=on, reason=reason)
    half = {"year": 2026, "half": 1}
    for unit, away in (("branch", 1), ("other", 0)):
        given = {"organization": flow.at.id(unit), **half}
        payload = await flow.done("officer", "SummarySubmit", given, "summary { id away went }")
        found = payload["summary"]
        assert (found["away"], found["went"]) == (away, away), unit
        assert await people(flow, "officer", found["id"], "AWAY") == away
    await flow.at.later(days=178)  # December 30
    half["half"] = 2
    for unit, away in (("branch", 0), ("other", 1)):
        given = {"organization": flow.at.id(unit), **half}
        payload = await flow.done("officer", "SummarySubmit", given, "summary { away went }")
        assert payload["summary"] == {"away": away, "went": 0}, unit


async def test_a_half_begins_the_day_after_the_report_before_it_ended(flow: Any) -> None:
    first = {"organization": flow.at.id("branch"), "year": 2026, "half": 1}
    await flow.done("secretary", "SummarySubmit", first)  # June 15: the last month has begun
    await flow.at.later(days=5)
    await flow.recorded(since="2026-06-20", host=None, until=None, certainty="UNCERTAIN")
    await flow.at.later(days=180)
    shown = "summary { since until went away }"
    second = await flow.done("secretary", "SummarySubmit", {**first, "half": 2}, shown)
    assert second["summary"] == {
        "since": "2026-06-16",
        "until": "2026-12-17",
        "went": 1,
        "away": 1,
    }, "no day between two reports is lost"
    [late] = [row for row in await listed(flow, "officer") if row["half"] == 1]
    await flow.done("officer", "SummaryReturn", {"summary": late["id"], "reason": "有误"})
    again = await flow.done("secretary", "SummarySubmit", first, shown)
    assert again["summary"] == {
        "since": "2026-01-01",
        "until": "2026-06-15",
        "went": 0,
        "away": 0,
    }, "nor is one counted twice"
