"""Declared with evidence, decided by somebody else, taken back by a second entry."""

import asyncio
from datetime import date
from typing import Any

import pytest

from zhibu.parameters import service as parameters

NEW_YEAR = date(2026, 1, 1)


async def override(scoring: Any, value: Any, since: date = NEW_YEAR, at: str = "branch") -> None:
    async with scoring.at.operator() as act:
        unit = scoring.at.units[at].id
        await parameters.override(act, unit, "scoring.scheme", since, value, "本支部办法")


def word(code: str, part: str, points: Any, **more: Any) -> dict[str, Any]:
    return {
        **{"code": code, "zh": code, "en": code, "part": part, "number": 1, "points": points},
        **more,
    }


@pytest.mark.clause("S4-16", "S4-26")
async def test_everybody_begins_the_year_with_the_base_points(scoring: Any) -> None:
    found = await scoring.of()
    assert (found["base"], found["total"], found["entries"]) == ("100", "100", [])
    assert found["standing"] == "COUNTED"
    assert found["reason"] == "基础分 100，减 0，加 0，得 100 分。"
    assert "附件2" in found["basis"]


@pytest.mark.clause("S4-17", "S4-18", "S4-52")
async def test_nothing_counts_before_somebody_else_approves_it(scoring: Any) -> None:
    plus = await scoring.declared(login="me")
    minus = await scoring.declared(item="attitude", description="办事窗口被投诉")
    assert await scoring.total() == "100"
    await scoring.done("secretary", "scoringEntryApprove", {"entries": [plus, minus]}, "count")
    found = await scoring.of()
    assert (found["plus"], found["minus"], found["total"]) == ("2", "5", "97")
    first = next(each for each in found["entries"] if each["id"] == plus)
    assert first["state"] == "APPROVED"
    assert first["name"] == "合理化建议被采纳"
    assert first["basis"].endswith("合理化建议被采纳，加 2 分")
    again = await scoring.refused("secretary", "scoringEntryApprove", {"entries": [plus]})
    assert again == ["entry_settled"]


@pytest.mark.clause("S4-17")
async def test_nobody_approves_his_own_nor_what_he_declared(scoring: Any) -> None:
    await scoring.appoint("branch_secretary")
    about_me = await scoring.declared()
    by_me = await scoring.declared(scoring.peer, login="me")
    for entry in (about_me, by_me):
        for name, given in (
            ("scoringEntryApprove", {"entries": [entry]}),
            ("scoringEntryRefuse", {"entry": entry, "reason": "误"}),
        ):
            assert await scoring.refused("me", name, given) == ["own_decision"]
    both = {"entries": [about_me, by_me]}
    await scoring.done("secretary", "scoringEntryApprove", both, "count")
    assert await scoring.total() == "102"


async def test_all_are_approved_or_none(scoring: Any) -> None:
    good, late = await scoring.declared(), await scoring.approved(scoring.peer)
    given = {"entries": [good, late]}
    assert await scoring.refused("secretary", "scoringEntryApprove", given) == ["entry_settled"]
    assert await scoring.total() == "100"
    assert await scoring.refused("secretary", "scoringEntryApprove", {"entries": []}) == [
        "nothing_chosen"
    ]


@pytest.mark.clause("S4-17", "S4-18")
async def test_everything_wrong_with_a_declaration_is_said_at_once(scoring: Any) -> None:
    bad = scoring.said(
        happenedOn="2026-07-01", description=" ", material=None, witnesses=["证人 甲", " 证人  甲 "]
    )
    assert await scoring.refused("recorder", "scoringEntryDeclare", bad) == [
        "not_yet_happened",
        "evidence_missing",
        "description_missing",
    ]
    late = scoring.said(happenedOn="2026-01-05", item="political")
    assert await scoring.refused("recorder", "scoringEntryDeclare", late) == [
        "item_unknown",
        "late_reason_missing",
    ]
    before = scoring.said(happenedOn="2010-06-30", lateReason="补录")
    assert await scoring.refused("recorder", "scoringEntryDeclare", before) == ["not_a_member"]
    own = scoring.said(material=None, witnesses=[scoring.me.name, "证人甲"])
    assert await scoring.refused("recorder", "scoringEntryDeclare", own) == [
        "own_witness",
        "evidence_missing",
    ]
    await scoring.declared(material=None, witnesses=["证人甲", "证人乙"])
    assert (await scoring.of())["entries"][0]["witnesses"] == ["证人甲", "证人乙"]
    twice = await scoring.refused("recorder", "scoringEntryDeclare", scoring.said())
    assert twice == ["already_declared"]


async def test_refused_and_withdrawn_entries_never_count_and_may_come_again(scoring: Any) -> None:
    first = await scoring.declared()
    assert await scoring.refused("secretary", "scoringEntryRefuse", {"entry": first, "reason": ""})
    await scoring.done("secretary", "scoringEntryRefuse", {"entry": first, "reason": "材料不实"})
    second = await scoring.declared()
    given = {"entry": second, "reason": "填错"}
    not_his = await scoring.refused("secretary", "scoringEntryWithdraw", given)
    assert not_his == ["not_declared_by_you"]
    await scoring.done("recorder", "scoringEntryWithdraw", given)
    assert await scoring.refused("recorder", "scoringEntryWithdraw", given) == ["entry_settled"]
    await scoring.approved()
    states = [each["state"] for each in (await scoring.of())["entries"]]
    assert sorted(states) == ["APPROVED", "REFUSED", "WITHDRAWN"]
    assert await scoring.total() == "102"


async def test_a_reversal_counts_once_it_is_approved_and_restores_the_total(scoring: Any) -> None:
    minus = await scoring.approved(item="attitude")
    given = {"entry": minus, "reason": "投诉不实"}
    made = await scoring.done("me", "scoringEntryReverse", given, "entry { id reverses points }")
    assert made["entry"]["reverses"] == minus
    assert await scoring.total() == "95"
    assert await scoring.refused("recorder", "scoringEntryReverse", given) == ["already_reversed"]
    back = made["entry"]["id"]
    await scoring.done("secretary", "scoringEntryApprove", {"entries": [back]}, "count")
    found = await scoring.of()
    assert (found["minus"], found["total"], len(found["entries"])) == ("0", "100", 2)
    assert await scoring.refused("recorder", "scoringEntryReverse", given) == ["already_reversed"]
    final = await scoring.refused("recorder", "scoringEntryReverse", {**given, "entry": back})
    assert final == ["reversal_final"]
    await scoring.approved(item="attitude")
    assert await scoring.total() == "95"


async def test_only_what_counts_is_reversed(scoring: Any) -> None:
    waiting = {"entry": await scoring.declared(), "reason": "误"}
    assert await scoring.refused("recorder", "scoringEntryReverse", waiting) == ["not_approved"]


async def test_one_of_two_reversals_at_once_stands(scoring: Any) -> None:
    entry = await scoring.approved(item="attitude")
    given = {"entry": entry, "reason": "投诉不实"}
    asked = (scoring.refused(login, "scoringEntryReverse", given) for login in ("me", "recorder"))
    assert sorted(await asyncio.gather(*asked)) == [[], ["already_reversed"]]


async def test_one_of_two_decisions_at_once_stands(scoring: Any) -> None:
    entry = await scoring.declared()
    approve = scoring.refused("secretary", "scoringEntryApprove", {"entries": [entry]})
    against = scoring.refused("officer", "scoringEntryRefuse", {"entry": entry, "reason": "误"})
    assert sorted(await asyncio.gather(approve, against)) == [[], ["entry_settled"]]


@pytest.mark.clause("S4-28")
async def test_the_recorder_s_own_points_are_kept_by_the_secretary(scoring: Any) -> None:
    await scoring.appoint("recorder")
    post = {
        "organization": scoring.at.id("branch"),
        "member": scoring.id(scoring.me),
        "kind": "RECORDER",
        "since": "2026-06-01",
    }
    await scoring.done("officer", "postAppoint", post)
    minus = scoring.said(item="attitude")
    for login in ("me", "recorder"):
        found = await scoring.refused(login, "scoringEntryDeclare", minus)
        assert found == ["recorder_kept_by_others"]
    await scoring.declared(login="me")
    entry = await scoring.declared(login="secretary", item="attitude")
    await scoring.done("officer", "scoringEntryApprove", {"entries": [entry]}, "count")
    assert await scoring.total() == "95"


@pytest.mark.clause("S4-15", "S4-19", "S4-20", "S4-23", "S4-24", "S4-25")
async def test_a_veto_names_its_appraisal_and_makes_the_year_nothing(scoring: Any) -> None:
    await scoring.approved()
    veto = {"item": "veto_serious", "description": "严重违纪"}
    witnesses = scoring.said(**veto, material=None, witnesses=["证人甲", "证人乙"])
    found = await scoring.refused("recorder", "scoringEntryDeclare", witnesses)
    assert found == ["material_missing"]
    entry = await scoring.approved(**veto, material="2026年民主评议结果")
    found = await scoring.of()
    assert (found["vetoed"], found["total"], found["plus"]) == (True, "0", "2")
    assert found["reason"].startswith("一票否决")
    made = await scoring.done(
        "recorder", "scoringEntryReverse", {"entry": entry, "reason": "复议撤销"}, "entry { id }"
    )
    await scoring.done("secretary", "scoringEntryApprove", {"entries": [made["entry"]["id"]]})
    assert await scoring.total() == "102"


@pytest.mark.clause("S4-63", "A-20")
async def test_points_are_taken_off_until_the_base_is_used_up(scoring: Any) -> None:
    await scoring.approved(item="commended_municipal")
    for item in ("probation", "removed_from_post", "serious_warning", "warning", "ethics"):
        await scoring.approved(item=item)
    found = await scoring.of()
    assert (found["minus"], found["total"]) == ("110", "10")
    assert "扣完" in found["reason"]


@pytest.mark.clause("S4-66")
async def test_a_branch_may_set_another_scheme_from_a_year_on(scoring: Any) -> None:
    own = [word("start", "base", 60), word("help", "plus", "1.5", most=2)]
    await override(scoring, own)
    for day in ("2026-06-01", "2026-06-02"):
        await scoring.approved(item="help", happenedOn=day)
    found = await scoring.of()
    assert (found["base"], found["plus"], found["total"]) == ("60", "2", "62")
    unknown = await scoring.refused("recorder", "scoringEntryDeclare", scoring.said())
    assert unknown == ["item_unknown"]
    assert (await scoring.of(year=2025))["total"] == "100"


async def test_a_scheme_that_cannot_be_read_refuses_entries_and_spoils_no_list(
    scoring: Any,
) -> None:
    await override(scoring, [word("help", "plus", "1.555")])
    found = await scoring.refused("recorder", "scoringEntryDeclare", scoring.said(item="help"))
    assert found == ["scheme_malformed"]
    shown = await scoring.of()
    assert (shown["base"], shown["total"], shown["vetoed"]) == (None, None, False)
    assert "scoring.scheme" in shown["reason"]
    far = await scoring.at.member("far")
    document = "{ members(first: 50) { nodes { name scoring(year: 2026) { total } } } }"
    answer = await scoring.at.ask("municipal", document)
    totals = {n["name"]: n["scoring"]["total"] for n in answer["data"]["members"]["nodes"]}
    assert (totals[scoring.me.name], totals[far.name]) == (None, "100")


async def test_a_change_within_the_year_holds_from_the_next_one(scoring: Any) -> None:
    await override(scoring, [word("start", "base", 60)], since=date(2026, 3, 1))
    assert await scoring.total() == "100"
    assert (await scoring.of(year=2027))["base"] == "60"


async def test_who_was_no_member_in_a_year_has_no_total(scoring: Any) -> None:
    found = await scoring.of(year=2009)
    assert (found["standing"], found["total"]) == ("NOT_A_MEMBER", None)


async def test_the_member_sees_why_and_a_peer_sees_nothing(scoring: Any) -> None:
    await scoring.approved()
    assert (await scoring.of(login="me"))["total"] == "102"
    document = "query ($id: ID!) { member(id: $id) { scoring(year: 2026) { total } } }"
    answer = await scoring.at.ask("me", document, {"id": scoring.id(scoring.peer)})
    assert answer["data"]["member"] is None or answer["data"]["member"]["scoring"] is None


async def test_a_year_that_cannot_be_meant_is_refused(scoring: Any) -> None:
    document = "query ($id: ID!) { member(id: $id) { scoring(year: %s) { total } } }"
    for year in (-1, 0, 10_000):
        answer = await scoring.at.ask("me", document % year, {"id": scoring.id(scoring.me)})
        [error] = answer["errors"]
        assert error["extensions"]["error"] == "core.year_invalid"
