"""What a host may know and write: what it noted itself, of those whom it takes in."""

from datetime import date
from typing import Any

import pytest

from zhibu.members import service as members
from zhibu.members.service import Entered

NODE = "query ($i: ID!) { node(id: $i) { ... on FlowMembersArrival { memberName } } }"
UNIT = "query ($o: ID!) { organization(id: $o) { flowMembers { away incoming } } }"


async def counted(flow: Any, login: str, at: str) -> tuple[int, int]:
    answer = await flow.at.ask(login, UNIT, {"o": flow.at.id(at)})
    found = answer["data"]["organization"]["flowMembers"]
    return found["away"], found["incoming"]


@pytest.mark.clause("S1-30")
async def test_a_host_reads_and_voids_what_it_noted_and_no_other_host_does(flow: Any) -> None:
    case = await flow.recorded()
    noted = {"kind": "CONTACT", "channel": "VISIT", "on": "2026-06-15", "text": "家庭困难，须保密"}
    given = {"arrival": flow.arrival(case), **noted}
    made = await flow.done("host", "ArrivalNote", given, "note { id }")
    await flow.at.account("host2", "branch_secretary", "other")
    await flow.done("secretary", "CaseChange", {"case": case, "reason": "改派", "host": "OTHER"})
    slip = {"note": made["note"]["id"], "reason": "误登"}
    assert await flow.notes("host2", "text", "other") == []
    assert await flow.refused("host2", "NoteVoid", slip) == ["NOT_FOUND"]
    assert len(await flow.notes("host", "text", "far")) == 1
    assert await flow.refused("host", "ArrivalNote", given) == ["NOT_FOUND"]
    await flow.done("host", "NoteVoid", slip)
    assert len(await flow.notes("secretary", "text")) == 1


async def test_what_was_recorded_by_mistake_is_no_hosts_to_see(flow: Any) -> None:
    case = await flow.recorded()
    await flow.done("secretary", "CaseVoid", {"case": case, "reason": "误登"})
    answer = await flow.at.ask("host", NODE, {"i": flow.arrival(case)})
    assert answer["data"]["node"] is None
    given = {"arrival": flow.arrival(case), "arrivedOn": "2026-06-15"}
    assert await flow.refused("host", "ArrivalVerify", given) == ["NOT_FOUND"]
    note = {"kind": "CONTACT", "channel": "PHONE", "on": "2026-06-15", "text": "联系"}
    asked = {"arrival": flow.arrival(case), **note}
    assert await flow.refused("host", "ArrivalNote", asked) == ["NOT_FOUND"]


async def test_the_host_notes_nothing_that_came_after_he_was_gone(flow: Any) -> None:
    case = await flow.recorded()
    await flow.done(
        "secretary", "CaseEnd", {"case": case, "on": "2026-06-15", "ending": "RETURNED"}
    )
    await flow.at.later(days=60)
    note = {"kind": "CONTACT", "channel": "PHONE", "on": "2026-08-14", "text": "仍在联系"}
    given = {"arrival": flow.arrival(case), **note}
    assert await flow.refused("host", "ArrivalNote", given) == ["note_not_yet"]
    late = {**given, "on": "2026-06-14"}
    assert await flow.refused("host", "ArrivalNote", late) == ["note_reason_missing"]
    await flow.done("host", "ArrivalNote", {**late, "reason": "补录"})


async def test_who_is_transferred_to_his_host_is_away_no_more_until_that_was_a_slip(
    flow: Any,
) -> None:
    case = await flow.recorded()
    guest = await flow.recorded(member=flow.id(flow.peer))
    on = date(2026, 6, 15)
    for who, to in ((flow.me, "far"), (flow.peer, "other")):
        unit = flow.at.units[to].id
        async with flow.at.operator() as act:
            await members.transfer(act, who.id, organization_id=unit, on=on, reason="转移组织关系")
    assert await counted(flow, "host", "far") == (0, 1), "who went elsewhere is away from there"
    [mine] = await flow.cases("host", "id ending endedOn", "far")
    assert mine == {"id": case, "ending": "TRANSFERRED", "endedOn": "2026-06-15"}
    assert [row["id"] for row in await flow.cases("municipal", "id", "other")] == [guest]
    back = {"case": case, "reason": "误登"}
    assert await flow.refused("host", "CaseResume", back) == ["host_is_home"]
    async with flow.at.operator() as act:
        await members.undo_last(act, flow.me.id, what=Entered.AFFILIATION, reason="误转")
    assert await flow.cases("secretary", "id ending") == [{"id": case, "ending": None}]
    assert await counted(flow, "secretary", "branch") == (1, 0)


async def test_a_host_named_by_slip_and_changed_back_has_verified_and_filed_as_before(
    flow: Any,
) -> None:
    case = await flow.recorded()
    arrival = flow.arrival(case)
    await flow.done("host", "ArrivalVerify", {"arrival": arrival, "arrivedOn": "2026-06-15"})
    await flow.done("rival", "ArrivalFile", {"arrival": arrival})
    shown = "verifiedOn arrivedOn filedOn"
    before = await flow.arrivals("host", shown)
    for code, found in (("OTHER", None), ("FAR", "2026-06-15")):
        change = {"case": case, "reason": "更正", "host": code}
        await flow.done("secretary", "CaseChange", change)
        assert [row["filedOn"] for row in await flow.cases("secretary", shown)] == [found]
    assert await flow.arrivals("host", shown) == before
    assert await flow.refused("rival", "ArrivalFile", {"arrival": arrival}) == ["already_filed"]


async def test_nobody_reported_in_before_he_left(flow: Any) -> None:
    case = await flow.recorded()
    given = {"arrival": flow.arrival(case), "arrivedOn": "2026-06-15"}
    await flow.done("host", "ArrivalVerify", given)
    later = {"case": case, "reason": "更正", "since": "2026-07-20"}
    assert await flow.refused("secretary", "CaseChange", later) == ["dates_reversed"]
