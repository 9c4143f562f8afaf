"""Reconciling, handing over upward, publishing: nothing twice, and nobody for himself."""

import asyncio
from datetime import date
from typing import Any

import pytest

SUMS = """query ($o: ID!) { organization(id: $o) { dues(year: 2026) {
  members owed paid collected handed inHand overdueMembers } } }"""


async def sums(dues: Any, unit: str) -> Any:
    answer = await dues.at.ask("municipal", SUMS, {"o": dues.at.id(unit)})
    assert "errors" not in answer, answer
    return answer["data"]["organization"]["dues"]


async def handed(dues: Any, unit: str = "branch", by: str = "secretary") -> str:
    given = {"organization": dues.at.id(unit), "until": "2026-06-15"}
    made = await dues.done(by, "duesHandOver", given, "handover { id }")
    return str(made["handover"]["id"])


async def collected(dues: Any) -> str:
    """June of both members, 40 yuan each, one with a yuan more."""
    await dues.fixed()
    await dues.fixed(dues.peer)
    await dues.paid(dues.peer, voluntaryFen=100)
    return str(await dues.paid())


@pytest.mark.clause("S2-21")
async def test_what_was_collected_goes_upward_once_and_is_received_by_somebody_else(
    dues: Any,
) -> None:
    given = {"organization": dues.at.id("branch"), "until": "2026-06-15"}
    assert await dues.refused("secretary", "duesHandOver", given) == ["nothing_to_hand_over"]
    payment = await collected(dues)
    ahead = {**given, "until": "2026-06-16"}
    assert await dues.refused("secretary", "duesHandOver", ahead) == ["handed_in_future"]
    top = {**given, "organization": dues.at.id("root")}
    assert "nobody_above" in await dues.refused("municipal", "duesHandOver", top)
    handover = await handed(dues)
    assert await dues.refused("secretary", "duesHandOver", given) == ["nothing_to_hand_over"]
    void = {"payment": payment, "reason": "误登"}
    assert await dues.refused("secretary", "duesPaymentVoid", void) == ["handed_over"]
    receive = {"handover": handover}
    assert await dues.refused("secretary", "duesHandoverReceive", receive) == ["NOT_FOUND"]
    await dues.done("officer", "duesHandoverReceive", receive, "handover { state }")
    assert await dues.refused("officer", "duesHandoverReceive", receive) == ["handover_settled"]
    branch, general = await sums(dues, "branch"), await sums(dues, "general")
    assert (branch["collected"], branch["handed"], branch["inHand"]) == ("81", "81", "0")
    assert (general["collected"], general["inHand"]) == ("81", "81")
    assert await dues.differences() == []


async def test_nobody_receives_what_he_handed_over(dues: Any) -> None:
    await collected(dues)
    handover = await handed(dues, by="officer")
    found = await dues.refused("officer", "duesHandoverReceive", {"handover": handover})
    assert found == ["own_handover"]


async def test_a_share_stays_where_the_parameter_says_so(dues: Any) -> None:
    await dues.override("share_sent_up", 33, "branch")
    await collected(dues)
    given = {"organization": dues.at.id("branch"), "until": "2026-06-15"}
    shown = "handover { collected amount retained percent payments }"
    made = await dues.done("secretary", "duesHandOver", given, shown)
    assert made["handover"] == {
        "collected": "81",
        "amount": "26.73",
        "retained": "54.27",
        "percent": 33,
        "payments": 2,
    }


async def test_what_does_not_agree_goes_back_until_it_went_further(dues: Any) -> None:
    payment = await collected(dues)
    handover = await handed(dues)
    await dues.done("officer", "duesHandoverReceive", {"handover": handover}, "handover { id }")
    upper = await handed(dues, "general", "officer")
    back = {"handover": handover, "reason": "少一元"}
    assert await dues.refused("officer", "duesHandoverReturn", back) == ["handover_used"]
    up = {"handover": upper, "reason": "退回"}
    await dues.done("municipal", "duesHandoverReturn", up, "handover { state }")
    await dues.done("officer", "duesHandoverReturn", back, "handover { state returnReason }")
    assert (await sums(dues, "branch"))["inHand"] == "81"
    void = {"payment": payment, "reason": "误登"}
    await dues.done("secretary", "duesPaymentVoid", void, "payment { id }")
    assert (await sums(dues, "branch"))["inHand"] == "41"


async def test_two_who_hand_over_at_once_hand_over_once(dues: Any) -> None:
    await collected(dues)
    given = {"organization": dues.at.id("branch"), "until": "2026-06-15"}
    acts = (dues.refused(by, "duesHandOver", given) for by in ("secretary", "officer"))
    assert sorted(await asyncio.gather(*acts)) == [[], ["nothing_to_hand_over"]]


async def test_a_year_is_published_once_when_it_is_over_as_it_stood(dues: Any) -> None:
    await dues.fixed(year=2025)
    await dues.fixed(dues.peer, year=2025)
    year = {"firstMonth": "2025-01-01", "lastMonth": "2025-12-01", "fen": 48_000}
    late = {"lateReason": "补交", "approval": "机关党委同意", "entryReason": "补录"}
    await dues.paid(**year, **late, paidOn="2025-12-31")
    given = {"organization": dues.at.id("branch"), "year": 2025, "place": "支部公开栏"}
    for changes, codes in (
        ({"year": 2026}, ["year_not_over"]),
        ({"year": 2026, "place": " "}, ["place_missing", "year_not_over"]),
        ({"year": 2000}, ["year_invalid"]),
    ):
        assert await dues.refused("secretary", "duesPublish", {**given, **changes}) == codes
    shown = "publication { id members paidUp owed collected handed }"
    made = (await dues.done("secretary", "duesPublish", given, shown))["publication"]
    id = made.pop("id")
    assert made == {
        "members": 2,
        "paidUp": 1,
        "owed": "960",
        "collected": "480",
        "handed": "0",
    }
    assert await dues.refused("secretary", "duesPublish", given) == ["already_published"]
    withdraw = {"publication": id, "reason": "漏一人"}
    await dues.done("secretary", "duesPublicationWithdraw", withdraw, "publication { id }")
    assert await dues.refused("secretary", "duesPublicationWithdraw", withdraw) == [
        "publication_withdrawn"
    ]
    await dues.done("secretary", "duesPublish", given, shown)


async def test_a_member_who_moves_takes_his_standing_along_and_leaves_the_money(
    dues: Any,
) -> None:
    await collected(dues)
    move = """mutation ($input: MemberTransferInput!) { memberTransfer(input: $input) {
      userErrors { code } } }"""
    given = {
        "member": dues.id(dues.me),
        "organization": dues.at.id("other"),
        "on": "2026-06-15",
        "reason": "调动",
    }
    answer = await dues.at.ask("officer", move, {"input": given})
    assert answer["data"]["memberTransfer"]["userErrors"] == [], answer
    branch, other = await sums(dues, "branch"), await sums(dues, "other")
    assert (branch["members"], branch["collected"]) == (1, "81")
    assert (other["members"], other["paid"], other["collected"]) == (1, "40", "0")
    assert (await dues.month(6))["state"] == "PAID"


async def test_who_left_owes_nothing_from_that_month_on(dues: Any) -> None:
    await dues.fixed()
    await dues.later(date(2026, 6, 20))
    given = {
        "member": dues.id(dues.me),
        "change": "LEFT",
        "departure": "DECEASED",
        "on": "2026-06-18",
        "decision": "死亡证明",
        "decidedOn": "2026-06-18",
    }
    await dues.done("officer", "memberChangeStage", given, "member { id }")
    months = (await dues.of())["months"]
    assert [each["owedFen"] for each in months] == [4000] * 5 + [0] * 7
    assert await dues.differences() == []
