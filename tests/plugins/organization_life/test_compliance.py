"""How often meetings are due, the calendar of a year, and what a member took part in."""

from datetime import date
from typing import Any

import pytest

from zhibu.organizations import service as organizations
from zhibu.organizations.public import PostKind

YEAR = """query ($o: ID!) { organization(id: $o) { organizationLife(year: 2026) {
  expected attended onLeave absent calendar { kind month held }
  requirements { kind months basis } } } }"""
MEMBER = """query ($m: ID!) { member(id: $m) { organizationLife(year: 2026) {
  expected attended onLeave absent unmarked lastAttended places { state meeting { title } } } } }"""
DUE = """query ($o: ID!, $from: Date!, $to: Date!, $kinds: [String!]) {
  dueItems(under: $o, dueFrom: $from, dueTo: $to, kinds: $kinds, first: 50) { nodes {
    dueOn basis } } }"""


async def of_unit(life: Any, unit: str = "branch", login: str = "officer") -> Any:
    answer = await life.at.ask(login, YEAR, {"o": life.at.id(unit)})
    return answer["data"]["organization"]["organizationLife"]


@pytest.mark.clause("S0-04", "S2-10")
async def test_the_calendar_says_which_kinds_were_held_in_which_month(life: Any) -> None:
    await life.held()
    await life.held(heldOn="2026-06-01", title="六月第二次")
    await life.held(heldOn="2026-05-20", title="五月主题党日", lateReason=None)
    await life.held(kind="BRANCH_MEETING", contents=[])
    await life.held(by="officer", unit="other")
    cancelled = await life.held(kind="LIFE_MEETING", contents=[])
    await life.done("secretary", "MeetingCancel", {"meeting": cancelled, "reason": "误录"})
    await life.planned(kind="LECTURE", contents=[], lecturerName="讲师")
    cells = {(c["kind"], c["month"]): c["held"] for c in (await of_unit(life))["calendar"]}
    assert cells == {("THEME_DAY", 6): 1, ("THEME_DAY", 5): 1, ("BRANCH_MEETING", 6): 1}
    above = (await of_unit(life, "general"))["calendar"]
    assert {"kind": "THEME_DAY", "month": 6, "held": 2} in above
    assert await life.differences() == []


async def test_the_year_says_what_is_asked_for_and_by_whom(life: Any) -> None:
    await life.override("lecture_months", 6, "branch")
    found = {r["kind"]: r for r in (await of_unit(life))["requirements"]}
    assert {kind: each["months"] for kind, each in found.items()} == {
        "BRANCH_MEETING": 3,
        "COMMITTEE_MEETING": 1,
        "GROUP_MEETING": 1,
        "LECTURE": 6,
        "THEME_DAY": 1,
        "LIFE_MEETING": 12,
    }
    assert "第十六条" in found["THEME_DAY"]["basis"]


async def test_places_add_up_for_units_and_members(life: Any) -> None:
    first, second = await life.held(), await life.held(kind="BRANCH_MEETING", contents=[])
    await life.done("recorder", "MeetingAttend", {**life.marks(first), "others": "PRESENT"})
    marks = life.marks(second, (life.me, "ABSENT"))
    await life.done("recorder", "MeetingAttend", marks)
    year = await of_unit(life, "general")
    assert [year[key] for key in ("expected", "attended", "onLeave", "absent")] == [4, 2, 0, 1]
    for login in ("secretary", "me"):
        answer = await life.at.ask(login, MEMBER, {"m": life.id(life.me)})
        mine = answer["data"]["member"]["organizationLife"]
        assert [mine[key] for key in ("expected", "attended", "absent", "unmarked")] == [2, 1, 1, 0]
        assert mine["lastAttended"] == "2026-06-14"
        assert sorted(place["state"] for place in mine["places"]) == ["ABSENT", "PRESENT"]
        assert {place["meeting"]["title"] for place in mine["places"]} == {"六月主题党日"}
    answer = await life.at.ask("peer", MEMBER, {"m": life.id(life.me)})
    assert (answer["data"]["member"] or {}).get("organizationLife") is None
    given = {"meeting": first, "member": life.id(life.me), "reason": "误登"}
    await life.done("recorder", "MeetingStrike", given)
    assert (await of_unit(life))["attended"] == 1
    assert await life.differences() == []


async def due(
    life: Any, name: str, first: str, last: str, unit: str = "branch"
) -> list[tuple[str, str]]:
    """What of a kind is due and open, by its day, with its basis."""
    given = {
        "o": life.at.id(unit),
        "from": first,
        "to": last,
        "kinds": [f"organization_life.{name}_due"],
    }
    answer = await life.at.ask("officer", DUE, given)
    return [(item["dueOn"], item["basis"]) for item in answer["data"]["dueItems"]["nodes"]]


async def days(life: Any, *asked: Any, **more: Any) -> list[str]:
    return [day for day, _ in await due(life, *asked, **more)]


@pytest.mark.clause("S0-05", "S2-08", "EM-16")
async def test_a_theme_day_is_due_every_month_until_it_is_held(life: Any) -> None:
    summer = ("theme_day", "2026-05-01", "2026-07-31")
    found = await due(life, *summer)
    assert [day for day, _ in found] == ["2026-05-31", "2026-06-30", "2026-07-31"]
    assert "第十六条" in found[0][1]
    meeting = await life.held()
    assert await days(life, *summer) == ["2026-05-31", "2026-07-31"]
    await life.done("secretary", "MeetingCancel", {"meeting": meeting, "reason": "误录"})
    assert len(await days(life, *summer)) == 3


@pytest.mark.clause("S0-08", "EM-17")
async def test_an_organization_life_meeting_is_due_once_a_year(life: Any) -> None:
    year = ("life_meeting", "2026-01-01", "2026-12-31")
    assert await days(life, *year) == ["2026-12-31"]
    await life.held(kind="LIFE_MEETING", contents=[])
    assert await days(life, *year) == []


@pytest.mark.clause("BR-11")
async def test_a_branch_meeting_is_due_every_quarter_unless_the_unit_says_otherwise(
    life: Any,
) -> None:
    year = ("branch_meeting", "2026-01-01", "2026-12-31")
    # What was due in March is no longer brought to mind in June.
    assert await days(life, *year) == ["2026-06-30", "2026-09-30", "2026-12-31"]
    await life.override("branch_meeting_months", 6, "branch")
    assert await days(life, *year) == ["2026-06-30", "2026-12-31"]
    assert len(await days(life, *year, unit="other")) == 3
    await life.override("branch_meeting_months", None, "other")
    assert await days(life, *year, unit="other") == []


@pytest.mark.clause("BR-12", "BR-13")
async def test_only_a_unit_with_a_committee_owes_its_meeting(life: Any) -> None:
    june = ("2026-06-01", "2026-06-30")
    assert await days(life, "committee_meeting", *june) == []
    for _ in range(6):
        await life.member()
    async with life.at.operator() as act:
        await organizations.appoint(
            act,
            organization_id=life.at.units["branch"].id,
            member_id=life.me.id,
            kind=PostKind.PUBLICITY_MEMBER,
            since=date(2025, 1, 1),
        )
    assert await days(life, "committee_meeting", *june) == ["2026-06-30"]
    assert await days(life, "group_meeting", *june) == ["2026-06-30"]


DUAL = """query ($o: ID!) { dueItems(under: $o, dueFrom: "2026-01-01", dueTo: "2026-12-31",
  kinds: ["organization_life.dual_due"], first: 9) { nodes { dueOn doneOn } } }"""
LEADERS = """query ($o: ID!, $j: Boolean) {
  organizationLifeLeaders(organization: $o, year: 2026, joined: $j, first: 9) { nodes { name
    organizationLife(year: 2026) {
      branchExpected branchAttended committeeExpected committeeAttended } } } }"""


@pytest.mark.clause("S0-07", "S2-12")
async def test_who_leads_joins_the_branch_s_life_as_well_and_it_is_counted_shown_and_due(
    life: Any,
) -> None:
    async def due() -> list[tuple[str, str | None]]:
        answer = await life.at.ask("secretary", DUAL, {"o": life.at.id("branch")})
        return [(each["dueOn"], each["doneOn"]) for each in answer["data"]["dueItems"]["nodes"]]

    async def leaders(joined: bool | None = None, login: str = "officer") -> list[Any]:
        answer = await life.at.ask(login, LEADERS, {"o": life.at.id("committee"), "j": joined})
        return list(answer["data"]["organizationLifeLeaders"]["nodes"])

    assert await leaders() == []
    async with life.at.operator() as act:
        for unit, who in (("committee", life.me), ("branch", life.peer)):
            await organizations.appoint(
                act,
                organization_id=life.at.units[unit].id,
                member_id=who.id,
                kind=PostKind.DEPUTY_SECRETARY,
                since=date(2025, 1, 1),
            )
    assert await due() == [], "how often, no document says"
    await life.override("dual_months", 3)
    ends = ["2026-06-30", "2026-09-30", "2026-12-31"]  # the first quarter is pursued no more
    assert await due() == [(end, None) for end in ends]
    committee = await life.held("officer", "committee", kind="COMMITTEE_MEETING", contents=[])
    await life.done("officer", "MeetingAttend", life.marks(committee, (life.me, "PRESENT")))
    [row] = await leaders(joined=False)
    assert row["name"] == life.me.name, "who leads a branch lives that branch's life alone"
    branch = await life.held(kind="BRANCH_MEETING", contents=[])
    await life.done("recorder", "MeetingAttend", life.marks(branch, (life.me, "PRESENT")))
    assert await leaders(joined=False) == []
    [row] = await leaders(joined=True)
    assert row["organizationLife"] == {
        "branchExpected": 1,
        "branchAttended": 1,
        "committeeExpected": 1,
        "committeeAttended": 1,
    }
    assert await due() == [(ends[1], None), (ends[2], None)]
    assert await leaders(login="rival") == []


@pytest.mark.clause("S0-39")
async def test_the_committee_coordinates_and_the_discipline_committee_sees_all_and_writes_nothing(
    life: Any,
) -> None:
    await life.at.account("discipline", role="discipline_inspection_officer")
    meeting = await life.held("officer")
    shown = "query ($id: ID!) { organizationLifeMeeting(id: $id) { title attendance { state } } }"
    answer = await life.at.ask("discipline", shown, {"id": meeting})
    assert len(answer["data"]["organizationLifeMeeting"]["attendance"]) == 2
    for name, given in (
        ("MeetingHold", life.meeting()),
        ("MeetingAttend", life.marks(meeting, (life.me, "PRESENT"))),
        ("MeetingCancel", {"meeting": meeting, "reason": "误登"}),
        ("MinutesWrite", {"meeting": meeting, "text": "记录"}),
    ):
        assert await life.refused("discipline", name, given) == ["FORBIDDEN"], name
