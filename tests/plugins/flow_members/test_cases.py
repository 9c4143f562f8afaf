"""Who goes away: refused by name, recorded, told, put right, ended, taken back."""

from typing import Any

import pytest
from sqlalchemy import select

from zhibu.act import Event
from zhibu.members.public import ERASED
from zhibu_flow_members.service.erasing import members_erased
from zhibu_flow_members.tables import Case

TALK = {"on": "2026-06-10", "requirements": "每半年汇报", "contact": "电话 0871"}
REACH = "phone address relative"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"place": " "}, ["place_missing"]),
        (
            {"since": "2001-01-10", "until": None, "lateReason": "补录", "talk": None},
            ["no_member_then"],
        ),
        ({"until": "2026-06-14"}, ["dates_reversed"]),
        ({"host": "NONE"}, ["host_unknown"]),
        ({"host": "BRANCH"}, ["host_is_home"]),
        ({"host": "RIVAL"}, ["host_takes_nobody"]),
        ({"paper": "LETTER"}, ["paper_differs"]),
        ({"until": "2026-12-14", "paper": "CARD"}, ["paper_differs"]),
        ({"since": "2026-01-10", "talk": None}, ["late_reason_missing"]),
        ({"talk": {**TALK, "on": "2026-06-15"}}, ["told_after_leaving"]),
        ({"talk": {**TALK, "on": "2026-06-16", "lateReason": "急"}}, ["not_yet"]),
        ({"talk": {**TALK, "requirements": "", "contact": " "}}, ["requirements_missing"] * 2),
        ({"place": "", "until": "2026-06-01"}, ["place_missing", "dates_reversed"]),
    ],
)
async def test_a_bad_case_is_refused_by_name(flow: Any, changes: Any, codes: list[str]) -> None:
    assert await flow.refused("secretary", "CaseRecord", flow.case(**changes)) == codes


@pytest.mark.clause("S1-01", "S1-23")
async def test_the_branch_knows_who_is_away_and_where_and_nobody_is_away_twice(flow: Any) -> None:
    case = await flow.recorded()
    assert await flow.refused("secretary", "CaseRecord", flow.case()) == ["already_away"]
    shown = "id place unit paper floating floatingFrom host { code } member { name } version"
    [found] = await flow.cases("secretary", shown)
    assert found == {
        "id": case,
        "place": "江州市",
        "unit": "江州建筑公司",
        "paper": "CERTIFICATE",
        "floating": False,
        "floatingFrom": "2026-12-14",
        "host": {"code": "FAR"},
        "member": {"name": flow.me.name},
        "version": 1,
    }
    assert [row["id"] for row in await flow.cases("me", "id")] == [case]
    assert await flow.cases("peer", "id") == []
    part = """query ($m: ID!, $o: ID!) { member(id: $m) { flowMembers { cases { place } } }
      organization(id: $o) { flowMembers { away floating untold incoming unverified } } }"""
    given = {"m": flow.id(flow.me), "o": flow.at.id("committee")}
    answer = (await flow.at.ask("officer", part, given))["data"]
    assert answer["member"]["flowMembers"] == {"cases": [{"place": "江州市"}]}
    counted = {"away": 1, "floating": 0, "untold": 0, "incoming": 0, "unverified": 0}
    assert answer["organization"]["flowMembers"] == counted


@pytest.mark.clause("S1-28")
async def test_a_talk_is_due_before_leaving_and_late_only_with_a_reason(flow: Any) -> None:
    case = await flow.recorded(talk=None)
    assert await flow.due("talk_due") == ["2026-06-14"]
    late = {**TALK, "on": "2026-06-15"}
    assert await flow.refused("secretary", "CaseTell", {"case": case, "talk": late}) == [
        "told_after_leaving"
    ]
    told = {"case": case, "talk": {**late, "lateReason": "紧急出发"}}
    await flow.done("secretary", "CaseTell", told)
    assert await flow.due("talk_due") == []
    assert await flow.refused("secretary", "CaseTell", told) == ["reason_missing"]
    await flow.done("secretary", "CaseTell", {**told, "reason": "补充要求"})
    shown = "toldOn requirements contact toldLateReason"
    assert await flow.cases("me", shown) == [
        {
            "toldOn": "2026-06-15",
            "requirements": "每半年汇报",
            "contact": "电话 0871",
            "toldLateReason": "紧急出发",
        }
    ]


async def test_six_months_away_without_a_transfer_make_a_floating_member(flow: Any) -> None:
    late = {"talk": None, "lateReason": "补录", "certainty": "UNCERTAIN", "until": None}
    await flow.recorded(since="2025-12-15", **late)
    peer = {**late, "member": flow.id(flow.peer)}
    await flow.recorded(since="2025-12-16", **peer)
    found = await flow.cases("secretary", "since", filter="floating: true")
    assert found == [{"since": "2025-12-15"}]


@pytest.mark.clause("S1-10", "S3D-18")
async def test_another_paper_than_the_rules_give_needs_a_reason(flow: Any) -> None:
    year = {"until": "2027-06-14"}
    reason = {**flow.case(**year), "paper": "CARD"}
    answer = await flow.answer("secretary", "CaseRecord", reason)
    [error] = answer["data"]["flowMembersCaseRecord"]["userErrors"]
    assert "流动党员管理工作的实施意见" in error["basis"]
    assert "the letter of introduction" in error["message"]
    case = await flow.recorded(**year, untransferred="单位未建党组织", paper="CARD")
    await flow.done("secretary", "CaseVoid", {"case": case, "reason": "重录"})
    await flow.override("moving_takes_wish", True)
    moving = {"certainty": "MOVING", "until": None}
    assert await flow.refused("secretary", "CaseRecord", flow.case(**moving)) == ["wish_missing"]
    await flow.recorded(**moving, byWish=True)
    [found] = await flow.cases("secretary", "paper byWish", filter="away: true")
    assert found == {"paper": "CARD", "byWish": True}


async def test_what_is_recorded_is_put_right_with_a_reason(flow: Any) -> None:
    case = await flow.recorded()
    change = {"case": case, "place": "海州市", "reason": "记错"}
    for wrong, codes in (
        ({"reason": " "}, ["reason_missing"]),
        ({"place": "江州市"}, ["nothing_changed"]),
        ({"version": 9}, ["changed_meanwhile"]),
        ({"place": ""}, ["nothing_changed"]),
        ({"until": "2027-01-01"}, ["paper_differs"]),
    ):
        assert await flow.refused("secretary", "CaseChange", {**change, **wrong}) == codes
    longer = {**change, "until": "2027-01-01", "paper": None}
    payload = await flow.done("secretary", "CaseChange", longer, "case { paper place version }")
    assert payload["case"] == {"paper": "LETTER", "place": "海州市", "version": 2}
    [said] = await flow.ledger("case_changed")
    assert "江州市" in said["before"]
    elsewhere = {"case": case, "host": "", "reason": "不在本单位"}
    payload = await flow.done("secretary", "CaseChange", elsewhere, "case { host { code } }")
    assert payload["case"] == {"host": None}


async def test_whoever_comes_back_is_away_no_more_and_a_slip_is_taken_back(flow: Any) -> None:
    case = await flow.recorded()
    assert await flow.due("return_due") == ["2026-09-14"]
    end = {"case": case, "on": "2026-06-15", "ending": "RETURNED"}
    assert await flow.refused("secretary", "CaseEnd", {**end, "on": "2026-06-16"}) == ["not_yet"]
    assert await flow.refused("secretary", "CaseEnd", {**end, "on": "2026-06-01"}) == [
        "dates_reversed"
    ]
    back = {"case": case, "reason": "误登"}
    assert await flow.refused("secretary", "CaseResume", back) == ["case_goes_on"]
    await flow.done("secretary", "CaseEnd", end)
    assert await flow.refused("secretary", "CaseEnd", end) == ["case_ended"]
    assert await flow.due("return_due") == []
    await flow.done("secretary", "CaseResume", back)
    assert await flow.due("return_due") == ["2026-09-14"]
    await flow.done("secretary", "CaseEnd", end)
    await flow.recorded(since="2026-06-15")
    assert await flow.refused("secretary", "CaseResume", back) == ["already_away"]
    void = {"case": case, "reason": " "}
    assert await flow.refused("secretary", "CaseVoid", void) == ["reason_missing"]
    await flow.done("secretary", "CaseVoid", back)
    assert await flow.refused("secretary", "CaseVoid", back) == ["case_void"]
    assert await flow.refused("secretary", "CaseTell", {"case": case, "talk": TALK}) == [
        "case_void",
        "reason_missing",
    ]


async def test_how_somebody_is_reached_is_sealed_opened_with_a_reason_and_erased(
    flow: Any,
) -> None:
    case = await flow.recorded()
    platform, tenant = flow.at.house.platform, flow.at.tenant
    query = select(Case.sealed).where(Case.tenant_id == tenant.id)
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        [sealed] = await session.scalars(query)
    assert b"13800001234" not in sealed
    opening = {"case": case, "reason": "联系本人"}
    assert await flow.refused("recorder", "ContactOpen", opening) == ["FORBIDDEN"]
    assert await flow.refused("peer", "ContactOpen", opening) == ["NOT_FOUND"]
    assert await flow.refused("secretary", "ContactOpen", {**opening, "reason": ""}) == [
        "reason_missing"
    ]
    for login in ("secretary", "me"):
        found = await flow.done(login, "ContactOpen", opening, REACH)
        assert found["phone"] == "13800001234"
    assert len(await flow.ledger("contact_opened")) == 2
    assert "13800001234" not in str(await flow.ledger("went"))
    async with flow.at.operator() as act:
        gone = Event(name=ERASED, subject=("Member", flow.me.id), member_id=flow.me.id)
        await members_erased(act, [gone])
    found = await flow.done("secretary", "ContactOpen", opening, REACH)
    assert found["phone"] is None
