"""Who goes abroad asks in writing, keeps the relationship, and is asked after until he is back."""

from datetime import date
from typing import Any

import pytest

from zhibu.testing.deadlines import Deadlines

ASK, PROLONG = "transfersRetainAsk", "transfersRetainProlong"
RETURN, BACK = "transfersReturnRecord", "transfersReturnTakeBack"
NOTE, VOID = "transfersContactNote", "transfersContactVoid"


@pytest.mark.clause("S3D-20", "S3C-17")
async def test_a_relationship_is_retained_by_the_member_s_own_application_and_two_decisions(
    transfers: Any,
) -> None:
    bare = transfers.abroad(purpose="OTHER", place=" ", reason=" ", until="2026-06-10")
    assert await transfers.refused("secretary", ASK, bare) == [
        "reason_missing",
        "place_missing",
        "purpose_not_retained",
        "stay_reversed",
        "application_missing",
    ]
    ahead = transfers.abroad(appliedOn="2026-06-16")
    assert await transfers.refused("secretary", ASK, ahead) == ["receipt_in_future"]
    asked = await transfers.asked("me", ASK, transfers.abroad())
    assert await transfers.refused("me", ASK, transfers.abroad()) == ["matter_under_way"]
    step = {"step": asked["step"]["id"], "approve": True}
    assert await transfers.refused("me", "procedureStepDecide", step) != []
    at_committee = await transfers.decided(asked, "secretary")
    [matter] = await transfers.matters("officer")
    assert (matter["standing"], matter["holds"]) == ("ASKED", False)
    await transfers.decided(at_committee, "officer")
    [matter] = await transfers.matters("officer")
    assert (matter["matter"], matter["holds"]) == ("RETAIN", True)
    assert (matter["effectiveOn"], matter["contactBy"]) == ("2026-06-10", "2026-12-15")
    member = await transfers.member()
    code = transfers.at.units["branch"].code
    assert (member["stage"], member["transfers"]["responsible"]["code"]) == ("FULL", code)
    assert await transfers.refused("me", ASK, transfers.abroad()) == ["already_retained"]


async def test_a_return_is_recorded_once_and_taken_back_with_a_reason(transfers: Any) -> None:
    given = {"membership": (await transfers.retained())["id"]}
    wrong = {**given, "on": "2026-06-09", "version": 9}
    assert await transfers.refused("secretary", RETURN, wrong) == ["stay_reversed", "version_stale"]
    ahead = {**given, "on": "2026-06-16"}
    assert await transfers.refused("secretary", RETURN, ahead) == ["receipt_in_future"]
    await transfers.later(date(2027, 9, 1))
    late = {**given, "on": "2027-06-30"}
    assert await transfers.refused("secretary", RETURN, late) == ["late_reason_missing"]
    await transfers.done("secretary", RETURN, {**late, "lateReason": "暑期补录"}, "")
    [matter] = await transfers.matters("officer")
    assert (matter["holds"], matter["endedOn"]) == (False, "2027-06-30")
    assert (await transfers.matters("officer", as_of="2027-06-29"))[0]["holds"]
    assert await transfers.refused("secretary", RETURN, given) == ["already_returned"]
    assert await transfers.refused("secretary", BACK, {**given, "reason": " "}) == [
        "reason_missing"
    ]
    await transfers.done("secretary", BACK, {**given, "reason": "误登"}, "")
    assert (await transfers.matters("officer"))[0]["holds"]
    assert await transfers.refused("secretary", BACK, {**given, "reason": "误登"}) == [
        "not_returned"
    ]


async def test_who_is_abroad_is_asked_after_every_half_year_by_somebody_else(
    transfers: Any,
) -> None:
    matter = await transfers.retained()
    given = {"membership": matter["id"], "on": "2026-06-15", "channel": "PHONE", "text": "学习正常"}
    assert await transfers.refused("me", NOTE, given) == ["FORBIDDEN"]
    wrong = {**given, "on": "2026-06-09", "text": " "}
    assert await transfers.refused("secretary", NOTE, wrong) == [
        "contact_text_missing",
        "contact_day_unfit",
    ]
    await transfers.later(date(2026, 12, 14))
    due = await Deadlines(at=transfers.at).items(
        "secretary", "2026-12-31", kinds=["transfers.contact"]
    )
    assert [each["dueOn"] for each in due] == ["2026-12-15"]
    late = {**given, "on": "2026-12-01"}
    made = await transfers.done("secretary", NOTE, late, "contact { id contactedOn }")
    assert (await transfers.matters("officer"))[0]["contactBy"] == "2027-06-01"
    void = {"contact": made["contact"]["id"], "reason": "记错了人"}
    await transfers.done("secretary", VOID, void, "contact { voidedOn }")
    assert (await transfers.matters("officer"))[0]["contactBy"] == "2026-12-15"
    assert await transfers.refused("secretary", VOID, {**void, "reason": " "}) == [
        "contact_void",
        "reason_missing",
    ]


async def test_who_stays_longer_says_why_and_after_five_years_a_stop_is_suggested(
    transfers: Any,
) -> None:
    matter = await transfers.retained()
    given = {"membership": matter["id"], "until": "2027-06-30", "reason": " ", "version": 9}
    assert await transfers.refused("secretary", PROLONG, given) == [
        "reason_missing",
        "until_unchanged",
        "version_stale",
    ]
    longer = {"membership": matter["id"], "until": "2031-12-31", "reason": "继续深造"}
    await transfers.done("secretary", PROLONG, longer, "")
    [matter] = await transfers.matters("officer")
    assert (matter["until"], matter["reviewOn"]) == ("2031-12-31", "2031-06-11")
    assert await transfers.matters("officer", "suggested: true", as_of="2031-06-10") == []
    assert len(await transfers.matters("officer", "suggested: true", as_of="2031-06-11")) == 1


async def test_what_was_retained_of_a_member_who_is_stopped_holds_no_more(transfers: Any) -> None:
    """Nothing is asked after; a return is recorded of nobody who is no member."""
    await transfers.at.account("clerk", "committee_officer", "committee")
    made_up = {"since": "2020-06-10", "appliedOn": "2020-06-01", "reason": "补办手续"}
    matter = await transfers.retained("clerk", **made_up, until=None)
    await transfers.stopped(transfers.settled(since="2026-06-01"))
    [stop, retained] = await transfers.matters()
    assert (stop["holds"], retained["holds"]) == (True, False)
    assert await transfers.refused("secretary", RETURN, {"membership": matter["id"]}) == [
        "not_retained"
    ]
