"""What the register takes back, transfers take back: nobody stands accepted where he is not."""

from datetime import date
from typing import Any

from tests.plugins.transfers.test_elsewhere import sent

from zhibu.identifiers import parse_global_id
from zhibu.members import service as members
from zhibu.members.service import Entered


async def take_back(transfers: Any, what: Entered, member_id: Any = None) -> None:
    async with transfers.at.operator() as act:
        await members.undo_last(act, member_id or transfers.me.id, what=what, reason="录错支部")


async def test_an_acceptance_that_was_a_slip_is_taken_back_with_the_members_transfer(
    transfers: Any,
) -> None:
    case = await transfers.opened(transfers.within())
    await transfers.issued(case)
    await transfers.later(date(2026, 6, 17))
    await transfers.accepted(case)

    await take_back(transfers, Entered.AFFILIATION)

    found = await transfers.case(case)
    assert (found["state"], found["acceptedOn"], found["receiptBy"]) == ("ISSUED", None, None)
    assert [letter["state"] for letter in found["letters"]] == ["VALID"]
    seen = await transfers.member()
    assert seen["transfers"]["responsible"]["code"] == transfers.at.units["branch"].code
    assert (await transfers.accepted(case))["state"] == "ACCEPTED"


async def test_a_receipt_that_was_a_slip_is_taken_back_with_the_departure(transfers: Any) -> None:
    case = await sent(transfers)
    await transfers.later(date(2026, 7, 1))
    receipt = {"case": case, "means": "POST", "on": "2026-06-28", "signer": "中共河东区委组织部"}
    await transfers.done("officer", "transfersReceipt", receipt, "case { id }")

    await take_back(transfers, Entered.STAGE)

    found = await transfers.case(case)
    assert (found["state"], found["receiptOn"], found["signer"]) == ("ISSUED", None, None)
    assert found["receiptBy"] == "2026-08-14"
    assert (await transfers.member())["stage"] == "FULL"
    await transfers.done("officer", "transfersReceipt", receipt, "case { id }")
    assert (await transfers.member())["stage"] == "LEFT"


async def test_who_was_entered_by_mistake_may_be_accepted_anew(transfers: Any) -> None:
    case = await transfers.opened(transfers.arriving())
    await transfers.accepted(case, "secretary", person=transfers.person())
    document = "query ($id: ID!) { node(id: $id) { ... on TransfersCase { member { id } } } }"
    answer = await transfers.at.ask("municipal", document, {"id": case})
    entered = parse_global_id(answer["data"]["node"]["member"]["id"])[1]

    await take_back(transfers, Entered.ENTRY, entered)

    found = await transfers.case(case)
    assert (found["state"], found["acceptedOn"]) == ("OPENED", None)
    made = await transfers.accepted(case, "secretary", person=transfers.person())
    assert made["state"] == "ACCEPTED"


async def test_other_slips_leave_a_transfer_as_it_is(transfers: Any) -> None:
    case = await transfers.opened(transfers.within())
    await transfers.issued(case)
    await transfers.later(date(2026, 6, 17))
    await transfers.accepted(case)
    async with transfers.at.operator() as act:
        correction = members.Correction(education="大学本科")
        await members.correct(act, transfers.me.id, correction, reason="补录")

    await take_back(transfers, Entered.CORRECTION)

    assert (await transfers.case(case))["state"] == "ACCEPTED"
