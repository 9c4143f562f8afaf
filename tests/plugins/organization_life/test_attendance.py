"""Attendance over GraphQL: by list and by code, leave with approval, corrections with trace."""

from datetime import timedelta
from typing import Any


async def test_a_list_marks_whom_it_names_and_says_how_the_others_are_marked(life: Any) -> None:
    third = await life.member()
    meeting = await life.held()
    given = life.marks(meeting, (life.me, "ABSENT"), others="PRESENT")
    shown = "meeting { expected present onLeave absent unmarked expectedPresent }"
    payload = await life.done("recorder", "MeetingAttend", given, shown)
    assert payload["meeting"] == {
        "expected": 3,
        "present": 2,
        "onLeave": 0,
        "absent": 1,
        "unmarked": 0,
        "expectedPresent": 2,
    }
    assert (await life.listed(meeting))[third.name] == ("PRESENT", True)
    assert len(await life.ledger("presence_recorded")) == 2
    [facts] = await life.ledger("absence_recorded")
    assert (facts["kind"], facts["on"]) == ("theme_day", "2026-06-14")


async def test_a_list_that_names_nobody_is_refused(life: Any) -> None:
    meeting = await life.held()
    assert await life.refused("recorder", "MeetingAttend", life.marks(meeting)) == [
        "nothing_chosen"
    ]


async def test_everything_that_is_wrong_with_a_list_is_said_at_once(life: Any) -> None:
    stranger, meeting = await life.member("far"), await life.held()
    given = life.marks(
        meeting,
        (life.me, "INVITED"),
        (stranger, "PRESENT"),
        (life.peer, "ON_LEAVE"),
        (life.peer, "PRESENT"),
        version=7,
    )
    answer = await life.answer("recorder", "organizationLifeMeetingAttend", given)
    errors = answer["data"]["organizationLifeMeetingAttend"]["userErrors"]
    assert [(e["code"].split(".")[1], e["path"]) for e in errors] == [
        ("changed_meanwhile", ["version"]),
        ("mark_invited", ["marks", "0", "presence"]),
        ("member_elsewhere", ["marks", "1"]),
        ("leave_not_approved", ["marks", "2", "presence"]),
        ("marked_twice", ["marks", "3"]),
    ]
    assert {state for state, _ in (await life.listed(meeting)).values()} == {"INVITED"}


async def test_nobody_attended_what_is_still_to_come(life: Any) -> None:
    given = life.marks(await life.planned(), (life.me, "PRESENT"))
    assert await life.refused("recorder", "MeetingAttend", given) == ["attendance_before_meeting"]


async def test_a_list_of_nobody_revives_nothing_and_brings_nothing_forward(life: Any) -> None:
    coming = await life.planned(kind="COMMITTEE_MEETING", contents=[])
    everybody = {"meeting": coming, "marks": [], "others": "PRESENT"}
    assert await life.refused("recorder", "MeetingAttend", everybody) == [
        "attendance_before_meeting"
    ]
    await life.done("secretary", "MeetingCancel", {"meeting": coming, "reason": "误录"})
    assert "meeting_cancelled" in await life.refused("recorder", "MeetingAttend", everybody)


async def test_putting_a_mark_right_says_why_and_what_it_was(life: Any) -> None:
    meeting = await life.held()
    await life.done("recorder", "MeetingAttend", life.marks(meeting, (life.me, "ABSENT")))
    right = life.marks(meeting, (life.me, "PRESENT"))
    assert await life.refused("recorder", "MeetingAttend", right) == ["correction_reason_missing"]
    await life.done("recorder", "MeetingAttend", {**right, "reason": "签到表漏看"})
    assert (await life.listed(meeting))[life.me.name] == ("PRESENT", True)
    [facts] = await life.ledger("attendance_corrected")
    assert (facts["before"], facts["presence"], facts["reason"]) == (
        "absent",
        "present",
        "签到表漏看",
    )
    await life.done("recorder", "MeetingAttend", right)  # says nothing new, and needs no reason
    assert len(await life.ledger("attendance_corrected")) == 1


async def test_a_list_that_comes_late_says_why(life: Any) -> None:
    meeting = await life.held()
    await life.at.later(days=40)
    given = life.marks(meeting, (life.me, "PRESENT"))
    answer = await life.answer("secretary", "organizationLifeMeetingAttend", given)
    [error] = answer["data"]["organizationLifeMeetingAttend"]["userErrors"]
    assert error["code"] == "organization_life.late_reason_missing"
    assert "30" in error["basis"]
    await life.done("secretary", "MeetingAttend", {**given, "reason": "记录员出差"})


async def test_a_mark_made_by_mistake_is_taken_back(life: Any) -> None:
    guest, meeting = await life.member(), await life.held(kind="BRANCH_MEETING", contents=[])
    await life.done("recorder", "MeetingAttend", life.marks(meeting, (guest, "PRESENT")))
    given = {"meeting": meeting, "member": life.id(guest), "reason": "重名误登"}
    await life.done("recorder", "MeetingStrike", given)
    assert (await life.listed(meeting))[guest.name] == ("INVITED", True)
    assert await life.refused("recorder", "MeetingStrike", given) == ["not_marked"]


async def test_a_guest_of_the_branch_is_marked_and_not_held_to_come(life: Any) -> None:
    meeting = await life.held(kind="COMMITTEE_MEETING", contents=[])
    assert await life.listed(meeting) == {}
    await life.done("recorder", "MeetingAttend", life.marks(meeting, (life.me, "PRESENT")))
    assert await life.listed(meeting) == {life.me.name: ("PRESENT", False)}
    given = {"meeting": meeting, "member": life.id(life.me), "reason": "误登"}
    await life.done("recorder", "MeetingStrike", given)
    assert await life.listed(meeting) == {}


async def test_leave_is_asked_for_by_the_member_and_decided_by_somebody_else(life: Any) -> None:
    meeting = await life.planned()
    ask = {"meeting": meeting, "member": life.id(life.me), "reason": "出差"}
    nothing = {**ask, "reason": ""}
    assert await life.refused("me", "LeaveAsk", nothing) == ["reason_missing"]
    assert await life.refused("peer", "LeaveAsk", ask) == ["NOT_FOUND"]
    await life.done("me", "LeaveAsk", ask)
    assert await life.refused("me", "LeaveAsk", ask) == ["leave_asked_already"]
    decide = {"meeting": meeting, "member": life.id(life.me), "approved": True}
    assert await life.refused("recorder", "LeaveDecide", decide) == ["FORBIDDEN"]
    refusing = {**decide, "approved": False}
    assert await life.refused("secretary", "LeaveDecide", refusing) == ["reason_missing"]
    await life.done("secretary", "LeaveDecide", decide)
    await life.at.later(days=5)
    await life.done("recorder", "MeetingAttend", {**life.marks(meeting), "others": "ABSENT"})
    assert await life.listed(meeting) == {
        life.me.name: ("ON_LEAVE", True),
        life.peer.name: ("ABSENT", True),
    }
    [facts] = await life.ledger("leave_recorded")
    assert facts["reason"] == "出差"


async def test_nobody_approves_his_own_leave(life: Any) -> None:
    boss = await life.member()
    await life.at.account("boss", "branch_secretary", "branch", member_id=boss.id)
    meeting = await life.planned(heldOn="2026-06-15")
    ask = {"meeting": meeting, "member": life.id(boss), "reason": "出差"}
    await life.done("boss", "LeaveAsk", ask)
    decide = {"meeting": meeting, "member": life.id(boss), "approved": True}
    assert await life.refused("boss", "LeaveDecide", decide) == ["own_leave"]
    given = life.marks(meeting, (boss, "ON_LEAVE"))
    assert await life.refused("boss", "MeetingAttend", given) == ["own_leave"]
    await life.done("officer", "LeaveDecide", decide)
    await life.done("boss", "MeetingAttend", given)


async def test_leave_that_is_approved_afterwards_turns_an_absence_into_leave(life: Any) -> None:
    meeting = await life.planned(heldOn="2026-06-15")
    ask = {"meeting": meeting, "member": life.id(life.me), "reason": "生病"}
    await life.done("me", "LeaveAsk", ask)
    await life.done("recorder", "MeetingAttend", {**life.marks(meeting), "others": "ABSENT"})
    decide = {"meeting": meeting, "member": life.id(life.me), "approved": True}
    await life.done("secretary", "LeaveDecide", decide)
    assert (await life.listed(meeting))[life.me.name] == ("ON_LEAVE", True)
    [facts] = await life.ledger("attendance_corrected")
    assert (facts["before"], facts["presence"]) == ("absent", "on_leave")


async def test_leave_is_given_back_while_it_is_not_used(life: Any) -> None:
    meeting = await life.planned(heldOn="2026-06-15")
    given = {"meeting": meeting, "member": life.id(life.me)}
    assert await life.refused("me", "LeaveWithdraw", given) == ["leave_not_asked"]
    await life.done("me", "LeaveAsk", {**given, "reason": "出差"})
    await life.done("me", "LeaveWithdraw", given)
    await life.done("recorder", "MeetingAttend", {**life.marks(meeting), "others": "PRESENT"})
    assert (await life.listed(meeting))[life.me.name] == ("PRESENT", True)
    asked = {**given, "reason": "出差"}
    assert await life.refused("me", "LeaveAsk", asked) == ["already_marked"]


async def test_leave_is_not_asked_for_after_the_day(life: Any) -> None:
    given = {"meeting": await life.held(), "member": life.id(life.me), "reason": "忘了"}
    assert await life.refused("me", "LeaveAsk", given) == ["leave_asked_too_late"]


async def test_a_code_checks_in_whoever_is_invited_until_it_expires(life: Any) -> None:
    meeting = await life.planned(heldOn="2026-06-15")
    opening = {"meeting": meeting, "minutes": 10}
    opened = await life.done("recorder", "CheckInOpen", opening, "code until")
    assert await life.refused("me", "CheckIn", {"code": "WRONG"}) == ["code_wrong"]
    assert await life.refused("recorder", "CheckIn", {"code": opened["code"]}) == ["no_member"]
    payload = await life.done(
        "me", "CheckIn", {"code": opened["code"].lower()}, "meeting { id state present }"
    )
    assert payload["meeting"] == {"id": meeting, "state": "HELD", "present": 1}
    assert await life.refused("me", "CheckIn", {"code": opened["code"]}) == ["already_marked"]
    life.at.house.now += timedelta(minutes=11)
    assert await life.refused("peer", "CheckIn", {"code": opened["code"]}) == ["code_expired"]
    again = await life.done("recorder", "CheckInOpen", opening, "code")
    assert await life.refused("peer", "CheckIn", {"code": opened["code"]}) == ["code_wrong"]
    await life.done("peer", "CheckIn", {"code": again["code"]})


async def test_a_code_is_no_secret_of_a_meeting_to_whoever_is_not_invited(life: Any) -> None:
    stranger = await life.member("other")
    await life.at.account("stranger", member_id=stranger.id)
    meeting = await life.planned(heldOn="2026-06-15")
    opened = await life.done("recorder", "CheckInOpen", {"meeting": meeting}, "code")
    assert await life.refused("stranger", "CheckIn", {"code": opened["code"]}) == ["code_wrong"]


async def test_check_in_opens_on_the_day_and_not_for_long(life: Any) -> None:
    later, today = await life.planned(), await life.planned(heldOn="2026-06-15")
    for meeting, minutes, code in (
        (later, 10, "meeting_not_today"),
        (today, 61, "check_in_too_long"),
        (today, 0, "check_in_too_long"),
    ):
        given = {"meeting": meeting, "minutes": minutes}
        assert await life.refused("recorder", "CheckInOpen", given) == [code]


async def test_the_branch_sees_which_leave_waits_for_an_answer(life: Any) -> None:
    meeting = await life.planned()
    ask = {"meeting": meeting, "member": life.id(life.me), "reason": "出差"}
    await life.done("me", "LeaveAsk", ask)
    asked = """query ($o: ID!) { organizationLifeLeaves(organization: $o, first: 9,
      filter: {leaves: [ASKED]}) { nodes {
      leave leaveReason member { name } meeting { heldOn } } } }"""
    for login, count in (("secretary", 1), ("peer", 0), ("me", 1), ("rival", 0)):
        answer = await life.at.ask(login, asked, {"o": life.at.id("branch")})
        assert len(answer["data"]["organizationLifeLeaves"]["nodes"]) == count, login
