"""A membership is stopped by a proposal, the committee and the county level, and restored so."""

from datetime import date
from typing import Any

import pytest

PROPOSE = "transfersStopPropose"
RESTORE = "transfersRestoreAsk"


@pytest.mark.clause("S0-18")
async def test_who_is_lost_is_searched_for_before_the_membership_is_stopped(
    transfers: Any,
) -> None:
    """Six months of silence; tries of several means, each with its course and its person."""
    none = transfers.lost(searches=[])
    assert await transfers.refused("secretary", PROPOSE, none) == [
        "search_too_short",
        "search_too_narrow",
    ]
    bad = transfers.lost(since="2025-12-16", reason=" ")
    bad["searches"][0] |= {"course": " ", "on": "2025-12-01"}
    assert await transfers.refused("secretary", PROPOSE, bad) == [
        "reason_missing",
        "silence_too_short",
        "search_incomplete",
        "search_day_unfit",
    ]
    same = transfers.lost()
    same["searches"] = [same["searches"][0]] * 3
    assert "search_too_short" in await transfers.refused("secretary", PROPOSE, same)
    matter = await transfers.stopped()
    assert matter["holds"]
    assert [each["means"] for each in matter["searches"]] == ["DIRECT", "KIN", "AGENCIES"]
    assert matter["reviewOn"] == "2028-06-15"


@pytest.mark.clause("S0-16")
async def test_a_stop_takes_every_step_of_every_level_in_order(transfers: Any) -> None:
    asked = await transfers.asked("secretary", PROPOSE, transfers.settled())
    assert asked["step"]["organization"]["code"] == transfers.at.units["committee"].code
    assert (await transfers.member())["stage"] == "FULL"
    for login in ("secretary", "district", "me"):
        given = {"step": asked["step"]["id"], "approve": True}
        assert await transfers.refused(login, "procedureStepDecide", given), login
    at_county = await transfers.decided(asked, "officer", decidedOn="2026-06-15")
    assert at_county["step"]["organization"]["code"] == transfers.at.units["district"].code
    assert (await transfers.member())["stage"] == "FULL"
    await transfers.later(date(2026, 6, 20))
    await transfers.decided(at_county, "district")
    assert (await transfers.member())["stage"] == "STOPPED"
    [matter] = await transfers.matters()
    assert (matter["effectiveOn"], matter["filedOn"]) == ("2026-06-15", "2026-06-20")
    assert await transfers.refused("secretary", PROPOSE, transfers.settled()) == ["not_a_member"]
    assert await transfers.refused("secretary", "transfersOpen", transfers.within()) == [
        "not_a_member"
    ]


@pytest.mark.clause("S0-17", "A-02")
@pytest.mark.clause("S3A-29")
async def test_more_than_five_years_of_study_abroad_stop_a_membership(transfers: Any) -> None:
    """Exactly five years are not more; labour abroad is not meant unless the unit says so."""
    abroad = transfers.settled(ground="ABROAD", purpose="STUDY", since="2021-06-15")
    assert await transfers.refused("secretary", PROPOSE, abroad) == ["abroad_too_short"]
    bare = {**abroad, "since": "2021-06-14", "purpose": None, "place": " "}
    assert await transfers.refused("secretary", PROPOSE, bare) == [
        "place_missing",
        "purpose_missing",
    ]
    labour = {**abroad, "since": "2021-06-14", "purpose": "LABOUR"}
    assert await transfers.refused("secretary", PROPOSE, labour) == ["purpose_not_counted"]
    await transfers.override("abroad_purposes", ["study", "labour"])
    assert (await transfers.stopped(labour))["ground"] == "ABROAD"


async def test_what_speaks_against_a_stop_is_said_at_once(transfers: Any) -> None:
    """The probationary are cancelled, not stopped; a transfer or a matter under way comes first."""
    case = await transfers.opened(transfers.within())
    assert await transfers.refused("secretary", PROPOSE, transfers.lost()) == ["already_open"]
    await transfers.done("secretary", "transfersWithdraw", {"case": case, "reason": "误办"}, "")
    asked = await transfers.asked("secretary", PROPOSE, transfers.lost())
    assert await transfers.refused("secretary", PROPOSE, transfers.settled()) == [
        "matter_under_way"
    ]
    case = await transfers.opened(transfers.within())
    at_county = await transfers.decided(asked, "officer")
    given = {"step": at_county["step"]["id"], "approve": True}
    assert await transfers.refused("district", "procedureStepDecide", given) == ["already_open"]
    assert (await transfers.member())["stage"] == "FULL"
    refused = {**given, "approve": False, "reason": "查找不够"}
    await transfers.done("district", "procedureStepDecide", refused, "")
    [matter] = await transfers.matters()
    assert (matter["standing"], matter["holds"]) == ("NOT_GRANTED", False)


async def test_a_stop_whose_objection_is_upheld_was_never_made(transfers: Any) -> None:
    matter = await transfers.stopped()
    [procedure] = [
        node["id"]
        for node in (
            await transfers.at.ask("district", "{ procedures(first: 9) { nodes { id } } }")
        )["data"]["procedures"]["nodes"]
    ]
    answer = "procedureObjectionAnswer"
    objection = {"procedure": procedure, "reason": "一直与支部有联系"}
    made = await transfers.done(
        "me", "procedureObject", objection, "procedure { objections { id } }"
    )
    [each] = made["procedure"]["objections"]
    given = {"objection": each["id"], "upheld": True, "answer": "情况属实，退回重新审议"}
    assert await transfers.refused("district", answer, given) == ["core.procedure_own_decision"]
    await transfers.done("municipal", answer, given, "")
    assert (await transfers.member())["stage"] == "FULL"
    [matter] = await transfers.matters()
    assert (matter["standing"], matter["effectiveOn"], matter["holds"]) == ("ASKED", None, False)


async def test_a_stopped_membership_comes_back_as_it_was_within_two_years(
    transfers: Any,
) -> None:
    """By the member's own request; the branch, the committee and the county level decide."""
    full = {"reason": "已回国，愿意履行党员义务", "duesSettled": True}
    given = {"member": transfers.id(transfers.me), **full}
    assert await transfers.refused("me", RESTORE, given) == ["not_stopped"]
    before = await transfers.member()
    await transfers.stopped()
    await transfers.later(date(2028, 6, 15))
    assert await transfers.refused("secretary", RESTORE, {**given, "duesSettled": False}) == [
        "request_missing",
        "dues_open",
    ]
    asked = await transfers.asked("me", RESTORE, given)
    assert (await transfers.member())["stage"] == "STOPPED"
    done = await transfers.decided(asked, "secretary", "officer", "district")
    assert done["state"] == "APPROVED"
    after = await transfers.member()
    assert (after["stage"], after["transfers"]["responsible"]) == (
        before["stage"],
        before["transfers"]["responsible"],
    )
    [restored, stop] = await transfers.matters()
    assert restored["matter"] == "RESTORE"
    assert (stop["holds"], stop["endedOn"]) == (False, "2028-06-15")
    assert [each["holds"] for each in await transfers.matters(as_of="2027-01-01")] == [False, True]


async def test_after_two_years_nobody_is_restored_and_giving_up_is_only_suggested(
    transfers: Any,
) -> None:
    await transfers.stopped()
    assert await transfers.matters(filter="suggested: true", as_of="2028-06-14") == []
    await transfers.later(date(2028, 6, 16))
    given = {"member": transfers.id(transfers.me), "reason": "申请恢复", "duesSettled": True}
    answer = await transfers.answer("me", RESTORE, given)
    [error] = answer["data"][RESTORE]["userErrors"]
    assert error["code"] == "transfers.restored_too_late"
    assert "第二十四条" in error["basis"]
    [matter] = await transfers.matters(filter="suggested: true")
    assert matter["holds"]
    assert (await transfers.member())["stage"] == "STOPPED"


@pytest.mark.clause("S3D-21", "A-28")
async def test_file_and_relationship_of_who_settled_abroad_are_with_the_district(
    transfers: Any,
) -> None:
    asked = await transfers.asked("secretary", PROPOSE, transfers.settled())
    [matter] = await transfers.matters()
    keeper = transfers.at.id("district")
    given = {"membership": matter["id"], "custodian": keeper, "note": "介绍信和档案一卷"}
    record, back = "transfersCustodyRecord", "transfersCustodyTakeBack"
    assert await transfers.refused("district", record, given) == ["custody_unfit"]
    await transfers.decided(asked, "officer", "district")
    [stopped] = await transfers.matters()
    assert (stopped["holds"], stopped["custodian"]) == (True, None), "custody is a step of its own"
    await transfers.later(date(2026, 7, 30))
    late = {**given, "on": "2026-06-16", "note": " "}
    assert await transfers.refused("district", record, late) == [
        "reason_missing",
        "late_reason_missing",
    ]
    early = {**given, "on": "2026-06-14", "lateReason": "补登"}
    assert await transfers.refused("district", record, early) == ["receipt_too_early"]
    made = await transfers.done("district", record, given, "membership { custodian { code } }")
    assert made["membership"]["custodian"]["code"] == transfers.at.units["district"].code
    assert await transfers.refused("district", record, given) == ["custody_recorded"]
    slip = {"membership": matter["id"], "reason": "误登", "version": 9}
    assert await transfers.refused("district", back, slip) == ["version_stale"]
    await transfers.done("district", back, {**slip, "version": None}, "")
    assert await transfers.refused("district", back, {**slip, "version": None}) == [
        "custody_missing"
    ]


async def test_a_stop_that_the_register_takes_back_holds_no_more(transfers: Any) -> None:
    await transfers.stopped()
    given = {"member": transfers.id(transfers.me), "what": "STAGE", "reason": "登记有误"}
    await transfers.done("officer", "memberUndoLast", given, "")
    [matter] = await transfers.matters()
    assert (matter["standing"], matter["holds"], matter["endedOn"]) == ("GRANTED", False, None)
