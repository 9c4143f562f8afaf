"""Meetings over GraphQL: planned, entered late, changed, cancelled; minutes with their versions."""

from datetime import date
from typing import Any

import pytest

from zhibu.identifiers import global_id
from zhibu.members import service as members
from zhibu.members.rules import MemberKind
from zhibu.organizations import service as organizations
from zhibu.organizations.public import PostKind
from zhibu.testing.register import identity

BAD: list[tuple[dict[str, Any], list[str]]] = [
    ({"heldOn": "2026-06-16"}, ["held_in_future"]),
    ({"heldOn": "2026-01-01"}, ["late_reason_missing"]),
    ({"title": " "}, ["title_missing"]),
    ({"begins": "9点"}, ["begins_invalid"]),
    ({"contents": ["banquet"]}, ["content_unknown"]),
    ({"kind": "GROUP_MEETING"}, ["kind_elsewhere", "contents_elsewhere"]),
    ({"kind": "LECTURE", "contents": []}, ["lecturer_missing"]),
    ({"hours": "9"}, ["hours_invalid"]),
    ({"hours": "0"}, ["hours_invalid"]),
    ({"hours": "1.234"}, ["hours_invalid"]),
    ({"code": "X", "title": "", "begins": "25:00"}, ["title_missing", "begins_invalid"]),
]


async def transfer(life: Any, who: Any, unit: str) -> None:
    """Move a member today."""
    async with life.at.operator() as act:
        await members.transfer(
            act,
            who.id,
            organization_id=life.at.units[unit].id,
            on=date(2026, 6, 15),
            reason="调动",
        )


async def test_a_bad_meeting_is_refused_by_name(life: Any) -> None:
    for changes, codes in BAD:
        found = await life.refused("secretary", "MeetingHold", life.meeting(**changes))
        assert found == codes, changes


async def test_a_meeting_of_a_past_day_is_not_planned(life: Any) -> None:
    assert await life.refused("secretary", "MeetingPlan", life.meeting()) == ["planned_in_past"]


async def test_chair_and_lecturer_must_exist_for_the_caller(life: Any) -> None:
    stranger = life.id(await life.member("far"))
    given = life.meeting(kind="LECTURE", contents=[], chair=stranger, lecturer=stranger)
    answer = await life.answer("secretary", "organizationLifeMeetingHold", given)
    errors = answer["data"]["organizationLifeMeetingHold"]["userErrors"]
    assert [error["path"] for error in errors] == [["chair"], ["lecturer"]]


async def test_a_code_names_one_meeting(life: Any) -> None:
    await life.held(code="A1")
    given = life.meeting(code="A1")
    assert await life.refused("secretary", "MeetingHold", given) == ["code_taken"]


@pytest.mark.clause("S0-05", "S2-08")
async def test_a_theme_day_says_what_it_was_filled_with(life: Any) -> None:
    given = life.meeting(contents=["study", "volunteer"], begins="09:30", place="会议室")
    shown = "meeting { state kind contents contentNames begins place recordedAt lateReason }"
    meeting = (await life.done("secretary", "MeetingHold", given, shown))["meeting"]
    assert meeting["state"] == "HELD"
    assert meeting["contents"] == ["study", "volunteer"]
    assert meeting["contentNames"] == ["Study together", "Volunteer service"]


async def test_a_late_entry_is_allowed_with_its_reason_and_says_so(life: Any) -> None:
    given = life.meeting(heldOn="2026-01-10", lateReason="系统启用前的记录")
    payload = await life.done("secretary", "MeetingHold", given, "meeting { lateReason }")
    assert payload["meeting"]["lateReason"] == "系统启用前的记录"


@pytest.mark.clause("S0-04", "S2-10")
async def test_each_kind_is_held_where_it_belongs(life: Any) -> None:
    for kind, unit in (
        ("BRANCH_MEETING", "branch"),
        ("COMMITTEE_MEETING", "branch"),
        ("GROUP_MEETING", "group"),
        ("LIFE_MEETING", "group"),
    ):
        await life.held(unit=unit, kind=kind, contents=[])
    lecture = await life.held(kind="LECTURE", contents=[], lecturer=life.id(life.me))
    assert lecture
    elsewhere = life.meeting("committee", kind="BRANCH_MEETING", contents=[])
    assert await life.refused("officer", "MeetingHold", elsewhere) == ["kind_elsewhere"]


async def test_who_should_attend_follows_from_the_day(life: Any) -> None:
    elsewhere = await life.member("other")
    entry = members.Entry(
        organization_id=life.at.units["branch"].id,
        name="新党员",
        identity_number=identity(799),
        kind=MemberKind.IN_SERVICE,
        admitted_on=date(2026, 6, 15),
    )
    async with life.at.operator() as act:
        later = await members.admit(act, entry, decision="支部大会通过")
    await transfer(life, life.peer, "other")
    before = await life.held()
    assert (await life.listed(before, "officer")).keys() == {life.me.name, life.peer.name}
    after = await life.held(heldOn="2026-06-15")
    assert (await life.listed(after)).keys() == {life.me.name, later.name}
    assert elsewhere.name not in await life.listed(before, "officer")


async def test_invitations_to_what_is_to_come_follow_a_transfer(life: Any) -> None:
    here, there = await life.planned(), await life.planned(by="officer", unit="other")
    await transfer(life, life.peer, "other")
    assert (await life.listed(here)).keys() == {life.me.name}
    assert (await life.listed(there, "officer")).keys() == {life.peer.name}


@pytest.mark.clause("S0-07", "S2-12")
async def test_a_committee_meeting_invites_whoever_held_a_seat_on_the_day(life: Any) -> None:
    for who, kind in ((life.me, PostKind.SECRETARY), (life.peer, PostKind.DEPUTY_SECRETARY)):
        async with life.at.operator() as act:
            await organizations.appoint(
                act,
                organization_id=life.at.units["branch"].id,
                member_id=who.id,
                kind=kind,
                since=date(2025, 1, 1),
            )
    await life.member()
    meeting = await life.held(kind="COMMITTEE_MEETING", contents=[])
    assert (await life.listed(meeting)).keys() == {life.me.name, life.peer.name}
    branch = await life.held(kind="BRANCH_MEETING", contents=[])
    assert len(await life.listed(branch)) == 3  # a leader is held to the branch's life as well


async def test_a_unit_that_did_not_stand_yet_held_nothing(life: Any) -> None:
    given = life.meeting(heldOn="1999-01-01", lateReason="旧档案")
    assert await life.refused("secretary", "MeetingHold", given) == ["unit_not_standing"]


@pytest.mark.clause("S0-14", "S2-14")
async def test_an_elderly_member_is_invited_and_held_to_nothing(life: Any) -> None:
    given = {
        "member": life.id(life.peer),
        "ground": "ELDERLY",
        "arrangement": "送学上门，自愿参加",
        "since": "2026-06-01",
    }
    planned = await life.planned()
    payload = await life.done("secretary", "Accommodate", given, "accommodation { id }")
    assert (await life.listed(planned))[life.peer.name] == ("INVITED", False)
    assert (await life.listed(planned))[life.me.name] == ("INVITED", True)
    assert await life.refused("secretary", "Accommodate", given) == ["already_accommodated"]
    before = await life.held(heldOn="2026-05-31")
    assert (await life.listed(before))[life.peer.name] == ("INVITED", True)
    ending = {
        "accommodation": payload["accommodation"]["id"],
        "until": "2026-06-16",
        "reason": "身体恢复",
    }
    await life.done("secretary", "AccommodationEnd", ending)
    assert await life.refused("secretary", "AccommodationEnd", ending) == ["accommodation_ended"]
    assert (await life.listed(planned))[life.peer.name] == ("INVITED", True)


@pytest.mark.clause("S3D-20")
async def test_who_is_abroad_applies_in_writing_keeps_his_branch_and_is_held_to_no_meeting(
    life: Any,
) -> None:
    planned = await life.planned(heldOn="2026-06-20")
    given = {
        "member": life.id(life.peer),
        "ground": "ABROAD",
        "arrangement": "赴海外务工一年，每半年联系一次",
        "since": "2026-06-10",
        "until": "2027-06-10",
    }
    assert await life.refused("secretary", "Accommodate", given) == ["application_missing"]
    late = {**given, "appliedOn": "2026-06-11"}
    assert await life.refused("secretary", "Accommodate", late) == ["application_late"]
    applied = {**given, "appliedOn": "2026-06-01"}
    shown = "accommodation { id appliedOn }"
    payload = await life.done("secretary", "Accommodate", applied, shown)
    assert payload["accommodation"]["appliedOn"] == "2026-06-01"
    assert (await life.listed(planned))[life.peer.name] == ("INVITED", False)
    asked = "query ($id: ID!) { member(id: $id) { stage organization { code } } }"
    answer = await life.at.ask("secretary", asked, {"id": life.id(life.peer)})
    assert answer["data"]["member"] == {"stage": "FULL", "organization": {"code": "BRANCH"}}
    back = {"accommodation": payload["accommodation"]["id"], "until": "2026-06-15"}
    await life.done("secretary", "AccommodationEnd", {**back, "reason": "已回国"})
    assert (await life.listed(planned))[life.peer.name] == ("INVITED", True)


async def test_an_arrangement_says_what_is_arranged_and_is_nobody_s_own(life: Any) -> None:
    boss = await life.member()
    await life.at.account("boss", "branch_secretary", "branch", member_id=boss.id)
    given = {
        "member": life.id(boss),
        "ground": "ILL",
        "arrangement": " ",
        "since": "2026-06-01",
        "until": "2026-06-01",
    }
    assert await life.refused("boss", "Accommodate", given) == [
        "arrangement_missing",
        "own_accommodation",
        "dates_reversed",
    ]


async def test_a_plan_changes_freely_and_what_was_held_with_a_reason(life: Any) -> None:
    planned = await life.planned()
    shown = "meeting { title heldOn place version }"
    given = {"meeting": planned, "heldOn": "2026-06-25", "place": "礼堂", "version": 1}
    changed = (await life.done("secretary", "MeetingChange", given, shown))["meeting"]
    assert changed == {
        "title": "六月主题党日",
        "heldOn": "2026-06-25",
        "place": "礼堂",
        "version": 2,
    }
    assert await life.refused("secretary", "MeetingChange", given) == [
        "changed_meanwhile",
        "nothing_changed",
    ]
    held = await life.held()
    given = {"meeting": held, "heldOn": "2026-06-13", "title": "更正后的名称"}
    assert await life.refused("secretary", "MeetingChange", given) == [
        "held_day_fixed",
        "reason_missing",
    ]
    given = {"meeting": held, "title": "更正后的名称", "reason": "名称误录"}
    await life.done("secretary", "MeetingChange", given)
    [_, facts] = await life.ledger("meeting_changed")
    assert (facts["before"], facts["reason"]) == ("六月主题党日", "名称误录")


async def test_a_cancelled_meeting_is_settled(life: Any) -> None:
    meeting = await life.held()
    given = {"meeting": meeting, "reason": " "}
    assert await life.refused("secretary", "MeetingCancel", given) == ["reason_missing"]
    given["reason"] = "误录"
    await life.done("secretary", "MeetingCancel", given)
    assert await life.refused("secretary", "MeetingCancel", given) == ["meeting_cancelled"]
    marks = life.marks(meeting, (life.me, "PRESENT"))
    assert await life.refused("secretary", "MeetingAttend", marks) == ["meeting_cancelled"]
    changed = {"meeting": meeting, "title": "别的", "reason": "更正"}
    assert await life.refused("secretary", "MeetingChange", changed) == ["meeting_cancelled"]


async def test_whoever_sees_a_meeting_does_not_take_it_back_for_another(life: Any) -> None:
    given = {"meeting": await life.held(), "reason": "误录"}
    assert await life.refused("peer", "MeetingCancel", given) == ["FORBIDDEN"]
    await life.done("recorder", "MeetingCancel", given)


async def test_minutes_are_amended_so_that_what_they_said_before_stays(life: Any) -> None:
    planned = await life.planned()
    early = {"meeting": planned, "text": "尚未召开"}
    assert await life.refused("recorder", "MinutesWrite", early) == ["minutes_before_meeting"]
    meeting = await life.held()
    empty = {"meeting": meeting, "text": " "}
    assert await life.refused("recorder", "MinutesWrite", empty) == ["minutes_missing"]
    await life.done("recorder", "MinutesWrite", {"meeting": meeting, "text": "学习了讲话。"})
    same = {"meeting": meeting, "text": "学习了讲话。", "number": 0}
    assert await life.refused("recorder", "MinutesWrite", same) == [
        "changed_meanwhile",
        "minutes_same",
        "amendment_reason_missing",
    ]
    amended = {
        "meeting": meeting,
        "text": "学习了讲话，讨论了分工。",
        "number": 1,
        "reason": "漏记",
    }
    shown = "meeting { minutes { number text reason recordedBy } }"
    payload = await life.done("recorder", "MinutesWrite", amended, shown)
    minutes = payload["meeting"]["minutes"]
    assert [(each["number"], each["text"], each["reason"]) for each in minutes] == [
        (2, "学习了讲话，讨论了分工。", "漏记"),
        (1, "学习了讲话。", None),
    ]


async def test_an_unknown_meeting_is_not_found(life: Any) -> None:
    unknown = global_id("OrganizationLifeMeeting", life.me.id)
    given = {"meeting": unknown, "reason": "误录"}
    assert await life.refused("secretary", "MeetingCancel", given) == ["NOT_FOUND"]


async def test_a_merger_ends_no_plan_s_invitations_and_is_not_held_up_by_one(life: Any) -> None:
    moved = await life.member("other")
    here, ended = await life.planned(), await life.planned(by="officer", unit="other")
    assert (await life.listed(ended, "officer")).keys() == {moved.name}
    async with life.at.operator() as act:
        await organizations.merge(
            act,
            life.at.units["other"].id,
            into_id=life.at.units["branch"].id,
            on=date(2026, 6, 15),
            reason="合并设置",
        )
    names = {life.me.name, life.peer.name, moved.name}
    assert (await life.listed(here, "officer")).keys() == names
