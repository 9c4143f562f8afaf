"""A whole unit that goes to one place: one list, opened and accepted as a whole."""

from typing import Any

import pytest
from tests.plugins.transfers.test_within import cases

from zhibu.testing.counting import statements

ACCEPT = {"fileCheck": "SEEN"}


async def given(transfers: Any, target: str = "other", **changes: Any) -> dict[str, Any]:
    """A list of the first member and another one."""
    peer = await transfers.at.member(name="转二")
    members = [transfers.id(transfers.me), transfers.id(peer)]
    unit = {"kind": "WITHIN", "reason": "bankrupt", "members": members}
    return {**unit, "organizationCode": target.upper(), **changes}


@pytest.mark.clause("S1-18")
async def test_one_who_may_not_go_keeps_the_whole_list_back_and_all_is_said_at_once(
    transfers: Any,
) -> None:
    unit = await given(transfers)
    for members, code in (([], "list_empty"), (unit["members"][:1] * 2, "listed_twice")):
        found = await transfers.refused(
            "secretary", "transfersUnitOpen", {**unit, "members": members}
        )
        assert found == [code]
    await transfers.opened(transfers.within())
    wrong = {**unit, "reason": "whim"}
    answer = await transfers.answer("secretary", "transfersUnitOpen", wrong)
    errors = answer["data"]["transfersUnitOpen"]["userErrors"]
    assert [(each["code"], each["path"]) for each in errors] == [
        ("transfers.reason_unknown", ["reason"]),
        ("transfers.already_open", ["members", "0"]),
    ]
    assert (await cases(transfers))["totalCount"] == 1


@pytest.mark.clause("S1-18")
async def test_a_list_is_opened_and_accepted_as_a_whole(transfers: Any) -> None:
    unit = await given(transfers)
    made = await transfers.done("secretary", "transfersUnitOpen", unit, "case { id batch }")
    first = made["case"]["id"]
    assert made["case"]["batch"] is None
    assert (await cases(transfers, open=True))["totalCount"] == 2
    assert await transfers.refused(
        "secretary", "transfersUnitAccept", {"case": first, **ACCEPT}
    ) == ["FORBIDDEN"]
    again = {"case": first, **ACCEPT}
    doubtful = {"case": first, "fileCheck": "DOUBTFUL"}
    assert await transfers.refused("officer", "transfersUnitAccept", doubtful) == ["doubt_missing"]
    assert (await cases(transfers, open=True))["totalCount"] == 2
    await transfers.done("officer", "transfersUnitAccept", again, "case { id }")
    assert (await cases(transfers, open=True))["totalCount"] == 0
    assert await transfers.refused("officer", "transfersUnitAccept", again) == ["nobody_open"]


async def test_between_committees_everybody_of_the_list_has_a_letter_of_his_own(
    transfers: Any,
) -> None:
    unit = await given(transfers, "far")
    made = await transfers.done("secretary", "transfersUnitOpen", unit, "case { id }")
    first = made["case"]["id"]
    await transfers.issued(first)
    accept = {"case": first, **ACCEPT}
    assert await transfers.refused("rival", "transfersUnitAccept", accept) == ["letter_not_issued"]
    assert (await transfers.case(first))["state"] == "ISSUED"
    second = next(each["id"] for each in (await cases(transfers))["nodes"] if each["id"] != first)
    await transfers.issued(second)
    await transfers.done("rival", "transfersUnitAccept", accept, "case { id }")
    assert {each["state"] for each in (await cases(transfers))["nodes"]} == {"ACCEPTED"}


@pytest.mark.clause("S1-18")
async def test_a_long_list_sends_as_many_statements_as_a_short_one(transfers: Any) -> None:
    counts = []
    for size in (2, 12):
        people = [await transfers.at.member(name=f"转{size}{n}") for n in range(size)]
        unit = {"kind": "WITHIN", "reason": "bankrupt", "target": transfers.at.id("other")}
        unit["members"] = [transfers.id(each) for each in people]
        with statements() as opening:
            made = await transfers.done("officer", "transfersUnitOpen", unit, "case { id }")
        accept = {"case": made["case"]["id"], **ACCEPT}
        with statements() as accepting:
            await transfers.done("officer", "transfersUnitAccept", accept, "case { id }")
        counts.append((len(opening), len(accepting)))
    (opened, accepted), (opened_long, accepted_long) = counts
    assert opened_long <= opened <= 20, "the first of all may ask who asks"
    assert accepted_long <= accepted <= 40
