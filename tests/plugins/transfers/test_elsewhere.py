"""Transfers out to elsewhere and in from there: only the receipt ends a membership here."""

from datetime import date
from typing import Any

import pytest
from tests.plugins.transfers.test_letters import totals
from tests.plugins.transfers.test_within import cases


async def sent(transfers: Any) -> str:
    """A transfer to elsewhere with its letter."""
    case = await transfers.opened(transfers.out())
    await transfers.issued(case, route="NATION")
    return str(case)


async def test_out_and_in_say_with_whom(transfers: Any) -> None:
    wrong = transfers.out(elsewhere=" ")
    assert await transfers.refused("secretary", "transfersOpen", wrong) == ["heading_missing"]
    wrong = transfers.arriving(name="", elsewhere=None, letterNumber=" ", letterUntil="2026-06-14")
    assert await transfers.refused("secretary", "transfersOpen", wrong) == [
        "heading_missing",
        "name_missing",
        "letter_number_missing",
        "letter_expired",
    ]


@pytest.mark.clause("S3A-26")
async def test_a_member_gone_elsewhere_belongs_here_until_the_receipt_comes(transfers: Any) -> None:
    case = await sent(transfers)
    accept = {"case": case, "fileCheck": "SEEN"}
    assert await transfers.refused("officer", "transfersAccept", accept) == ["step_not_now"]
    await transfers.later(date(2026, 7, 1))
    seen = await transfers.member()
    assert seen["transfers"]["responsible"]["code"] == transfers.at.units["branch"].code
    receipt = {"case": case, "means": "POST", "on": "2026-07-02"}
    assert await transfers.refused("officer", "transfersReceipt", receipt) == [
        "receipt_in_future",
        "signer_missing",
    ]
    receipt |= {"on": "2026-06-28", "signer": "中共海河市河东区委组织部"}
    await transfers.done("officer", "transfersReceipt", receipt, "case { id }")
    seen = await transfers.member()
    assert seen["stage"] == "LEFT"
    assert seen["transfers"]["responsible"] is None
    seen = await transfers.member(as_of="2026-06-27")
    assert seen["transfers"]["responsible"]["code"] == transfers.at.units["branch"].code
    assert await transfers.refused("officer", "transfersReceipt", receipt) == ["step_not_now"]


@pytest.mark.clause("S3A-24", "S3D-11")
async def test_a_transfer_without_a_receipt_is_listed_until_it_is_settled(transfers: Any) -> None:
    case = await sent(transfers)
    made = await transfers.case(case)
    assert (made["receiptBy"], made["withoutReceipt"]) == ("2026-08-14", False)
    await transfers.later(date(2026, 8, 14))
    assert (await cases(transfers, withoutReceipt=True))["totalCount"] == 0
    await transfers.later(date(2026, 8, 15))
    assert (await cases(transfers, withoutReceipt=True))["totalCount"] == 1
    assert (await totals(transfers))["withoutReceipt"] == 1


@pytest.mark.clause("S3C-09")
async def test_settled_elsewhere_is_proved_and_not_settled_leaves_the_branch_responsible(
    transfers: Any,
) -> None:
    case = await sent(transfers)
    await transfers.later(date(2026, 8, 20))
    wrong = {"case": case, "finding": "SETTLED", "found": ""}
    assert await transfers.refused("officer", "transfersTrace", wrong) == [
        "reason_missing",
        "proof_missing",
        "settled_day_missing",
    ]
    found = {"case": case, "finding": "NOT_SETTLED", "found": "本人未报到，对方未接收。"}
    made = await transfers.done("officer", "transfersTrace", found, "case { state finding }")
    assert made["case"] == {"state": "ISSUED", "finding": "NOT_SETTLED"}
    seen = await transfers.member()
    assert seen["transfers"]["responsible"]["code"] == transfers.at.units["branch"].code
    proved = {"case": case, "finding": "SETTLED", "found": "对方已编入支部。"}
    proved |= {"proof": "海河市河东区委组织部证明 12 号", "settledOn": "2026-07-10"}
    await transfers.done("officer", "transfersTrace", proved, "case { id }")
    assert (await transfers.member())["stage"] == "LEFT"
    assert (await totals(transfers))["withoutReceipt"] == 0


@pytest.mark.clause("S3A-25")
async def test_who_comes_from_elsewhere_is_entered_and_the_receipt_sent_within_a_month(
    transfers: Any,
) -> None:
    case = await transfers.opened(transfers.arriving())
    accept = {"case": case, "fileCheck": "SEEN"}
    assert await transfers.refused("secretary", "transfersAccept", accept) == ["person_missing"]
    bad = {**accept, "person": transfers.person(identityNumber="1")}
    assert await transfers.refused("secretary", "transfersAccept", bad) == ["core.identity_invalid"]
    made = await transfers.accepted(case, "secretary", person=transfers.person())
    assert (made["state"], made["receiptBy"]) == ("ACCEPTED", "2026-07-15")
    answer = await transfers.at.ask("secretary", "{ members(first: 9) { nodes { name } } }")
    assert "来一" in [each["name"] for each in answer["data"]["members"]["nodes"]]
    receipt = {"case": case, "means": "FAX"}
    assert await transfers.refused("secretary", "transfersReceipt", receipt) == ["FORBIDDEN"]
    done = await transfers.done("officer", "transfersReceipt", receipt, "case { state signer }")
    assert done["case"] == {"state": "CLOSED", "signer": transfers.at.units["committee"].name}
    twice = await transfers.opened(transfers.arriving(letterNumber="2026-18"))
    again = {"case": twice, "fileCheck": "SEEN", "person": transfers.person()}
    assert await transfers.refused("secretary", "transfersAccept", again) == ["core.identity_taken"]


async def test_who_is_in_the_register_is_not_entered_again(transfers: Any) -> None:
    case = await transfers.opened(transfers.within("other"))
    given = {"case": case, "fileCheck": "SEEN", "person": transfers.person()}
    assert await transfers.refused("officer", "transfersAccept", given) == ["person_unexpected"]


async def test_who_left_is_not_transferred(transfers: Any) -> None:
    case = await sent(transfers)
    receipt = {"case": case, "means": "POST", "signer": "河东区委组织部"}
    await transfers.done("officer", "transfersReceipt", receipt, "case { id }")
    assert "not_a_member" in await transfers.refused("officer", "transfersOpen", transfers.out())
