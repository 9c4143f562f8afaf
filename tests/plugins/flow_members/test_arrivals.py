"""The host's side: it sees little, verifies, and somebody above files it."""

from typing import Any

import pytest

from zhibu.errors import Forbidden, NotFound
from zhibu_flow_members.errors import RegisterTooLong
from zhibu_flow_members.service import exports
from zhibu_flow_members.sheets import INCOMING, OUTGOING

PAGE = "query ($o: ID!) { flowMembers%sPage(organization: $o, year: 2026) }"


@pytest.mark.clause("S1-12")
async def test_the_host_verifies_and_the_level_above_files_it(flow: Any) -> None:
    case = await flow.recorded()
    arrival = flow.arrival(case)
    shown = "id memberName home { code } paper verifyBy verifiedOn filedOn"
    [found] = await flow.arrivals("host", shown)
    assert found == {
        "id": arrival,
        "memberName": flow.me.name,
        "home": {"code": "BRANCH"},
        "paper": "CERTIFICATE",
        "verifyBy": "2026-07-14",
        "verifiedOn": None,
        "filedOn": None,
    }
    assert await flow.arrivals("secretary", "id", "branch") == []
    assert await flow.due("verify_due", "host", "far") == ["2026-07-14"]
    verify = {"arrival": arrival, "arrivedOn": "2026-06-15", "note": "已验证证件"}
    assert await flow.refused("secretary", "ArrivalVerify", verify) == ["NOT_FOUND"]
    assert await flow.refused("rival", "ArrivalFile", {"arrival": arrival}) == ["not_verified"]
    for day, codes in (("2026-06-16", ["not_yet"]), ("2026-06-01", ["dates_reversed"])):
        assert await flow.refused("host", "ArrivalVerify", {**verify, "arrivedOn": day}) == codes
    await flow.done("host", "ArrivalVerify", verify)
    assert await flow.refused("host", "ArrivalVerify", verify) == ["already_verified"]
    assert await flow.due("verify_due", "host", "far") == []
    assert await flow.due("file_due", "rival", "far") == ["2026-07-15"]
    assert await flow.refused("host", "ArrivalFile", {"arrival": arrival}) == ["FORBIDDEN"]
    await flow.done("rival", "ArrivalFile", {"arrival": arrival})
    assert await flow.due("file_due", "rival", "far") == []
    [home] = await flow.cases("secretary", "arrivedOn verifiedOn filedOn")
    assert home == {
        "arrivedOn": "2026-06-15",
        "verifiedOn": "2026-06-15",
        "filedOn": "2026-06-15",
    }


async def test_nobody_files_what_he_verified_himself(flow: Any) -> None:
    arrival = flow.arrival(await flow.recorded())
    await flow.done("rival", "ArrivalVerify", {"arrival": arrival, "arrivedOn": "2026-06-15"})
    assert await flow.refused("rival", "ArrivalFile", {"arrival": arrival}) == ["own_verification"]


async def test_a_verification_and_its_filing_are_taken_back_in_turn(flow: Any) -> None:
    case = await flow.recorded()
    arrival = flow.arrival(case)
    back = {"arrival": arrival, "reason": "认错人"}
    assert await flow.refused("host", "ArrivalWithdraw", back) == ["not_verified"]
    assert await flow.refused("rival", "ArrivalUnfile", back) == ["not_filed"]
    await flow.done("host", "ArrivalVerify", {"arrival": arrival, "arrivedOn": "2026-06-15"})
    await flow.done("rival", "ArrivalFile", {"arrival": arrival})
    assert await flow.refused("host", "ArrivalWithdraw", back) == ["already_filed"]
    assert await flow.refused("rival", "ArrivalUnfile", {**back, "reason": ""}) == [
        "reason_missing"
    ]
    await flow.done("rival", "ArrivalUnfile", back)
    await flow.done("host", "ArrivalWithdraw", back)
    assert await flow.arrivals("host", "verifiedOn arrivedOn filedOn") == [
        {"verifiedOn": None, "arrivedOn": None, "filedOn": None}
    ]
    await flow.done("host", "ArrivalVerify", {"arrival": arrival, "arrivedOn": "2026-06-15"})
    elsewhere = {"case": case, "host": "OTHER", "reason": "改去别处"}
    await flow.done("secretary", "CaseChange", elsewhere)
    assert await flow.arrivals("host", "id") == []
    assert await flow.cases("secretary", "verifiedOn") == [{"verifiedOn": None}]


@pytest.mark.clause("S1-24")
async def test_both_registers_are_printed_and_exported(flow: Any) -> None:
    await flow.recorded()
    answer = await flow.at.ask("secretary", PAGE % "Outgoing", {"o": flow.at.id("branch")})
    page = answer["data"]["flowMembersOutgoingPage"]
    assert "外出党员登记簿" in page
    assert flow.me.name in page
    assert "13800001234" not in page
    answer = await flow.at.ask("host", PAGE % "Incoming", {"o": flow.at.id("far")})
    page = answer["data"]["flowMembersIncomingPage"]
    assert "外来党员登记簿" in page
    assert flow.me.name in page
    assert len(await flow.ledger("register_printed")) == 2
    for login, sheet, unit in (("secretary", OUTGOING, "branch"), ("host", INCOMING, "far")):
        async with flow.at.by(login) as act:
            assert sheet.read is not None
            filters = {"organization": flow.at.id(unit), "year": 2026, "purpose": "检查"}
            [row] = await sheet.read(act, filters)
        assert (row["name"], row["paper"]) == (flow.me.name, "certificate")
    assert len(await flow.ledger("exported")) == 2


async def test_registers_are_exported_to_those_who_may_and_never_cut_short(
    flow: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await flow.recorded()
    asked = (("secretary", OUTGOING, "branch"), ("host", INCOMING, "far"))
    for login, sheet, _ in asked:  # everywhere is what one may see, and that is the own side
        stranger = "host" if login == "secretary" else "secretary"
        async with flow.at.by(stranger) as act:
            assert [*await sheet.read(act, {"year": 2026})] == []
    for login, sheet, unit in asked:
        stranger = "host" if login == "secretary" else "secretary"
        filters = {"organization": flow.at.id(unit), "year": 2026}
        async with flow.at.by(stranger) as act:
            with pytest.raises((NotFound, Forbidden)):
                await sheet.read(act, filters)
        monkeypatch.setattr(exports, "MOST", 0)
        async with flow.at.by(login) as act:
            with pytest.raises(RegisterTooLong):
                await sheet.read(act, filters)
        monkeypatch.undo()
    await flow.at.switch("flow_members", False, "root")
    for login, sheet, _ in asked:
        async with flow.at.by(login) as act:
            assert [*await sheet.read(act, {"year": 2026})] == []


@pytest.mark.clause("S1-16")
async def test_many_at_one_place_suggest_an_organization_of_their_own(flow: Any) -> None:
    asked = """query ($o: ID!) { flowMembersConcentrations(organization: $o) {
      place hostName members suggestion basis } }"""
    people = [flow.me, flow.peer, await flow.at.member()]
    for who in people[:2]:
        await flow.recorded(member=flow.id(who), host=None)
    given = {"o": flow.at.id("branch")}
    answer = await flow.at.ask("secretary", asked, given)
    assert answer["data"]["flowMembersConcentrations"] == []
    await flow.recorded(member=flow.id(people[2]), host=None)
    answer = await flow.at.ask("secretary", asked, given)
    [found] = answer["data"]["flowMembersConcentrations"]
    assert (found["place"], found["hostName"], found["members"]) == ("江州市", None, 3)
    assert "organization of floating members" in found["suggestion"]
    assert "3" in found["basis"]
