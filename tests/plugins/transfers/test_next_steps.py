"""What a rival found: days that fit nothing, people who moved meanwhile, cases that nobody ends."""

from datetime import date
from typing import Any

import pytest
from tests.plugins.transfers.test_elsewhere import sent
from tests.plugins.transfers.test_following import take_back
from tests.plugins.transfers.test_within import cases

from zhibu.errors import Refused
from zhibu.members import service as members
from zhibu.members.public import Change
from zhibu.members.rules import Step
from zhibu.members.service import Entered


async def far(transfers: Any) -> None:
    """The member belongs to another committee's branch by now."""
    async with transfers.at.operator() as act:
        await members.transfer(
            act,
            transfers.me.id,
            organization_id=transfers.at.units["far"].id,
            on=date(2026, 6, 16),
            reason="调动",
        )


async def test_a_committee_ends_no_membership_of_another_committees_member(transfers: Any) -> None:
    case = await sent(transfers)
    await transfers.later(date(2026, 6, 20))
    await far(transfers)
    receipt = {"case": case, "means": "POST", "on": "2026-06-20", "signer": "中共河东区委组织部"}
    found = await transfers.refused("officer", "transfersReceipt", receipt)
    seen = await transfers.member()
    assert (found, seen["stage"]) == (["step_not_now"], "FULL")


async def test_no_letter_for_who_moved_meanwhile(transfers: Any) -> None:
    case = await transfers.opened(transfers.out())
    await transfers.later(date(2026, 6, 20))
    await far(transfers)
    given = {"case": case, "route": "NATION", "paidTo": "2026-06-01"}
    assert await transfers.refused("officer", "transfersLetterIssue", given) == ["step_not_now"]


async def test_an_expired_letter_from_elsewhere_is_not_accepted(transfers: Any) -> None:
    case = await transfers.opened(transfers.arriving(letterUntil="2026-06-20"))
    await transfers.later(date(2026, 9, 1))
    given = {"case": case, "fileCheck": "SEEN", "person": transfers.person()}
    assert await transfers.refused("secretary", "transfersAccept", given) == ["letter_expired"]


async def test_nobody_is_accepted_before_the_letter_and_the_case_were(transfers: Any) -> None:
    case = await transfers.opened(transfers.within())
    await transfers.issued(case)
    given = {"case": case, "fileCheck": "SEEN", "on": "2026-03-01"}
    assert await transfers.refused("rival", "transfersAccept", given) != []


async def test_an_expired_letter_is_not_used_by_giving_an_earlier_day(transfers: Any) -> None:
    case = await transfers.opened(transfers.within())
    await transfers.issued(case)
    await transfers.later(date(2026, 11, 1))
    given = {"case": case, "fileCheck": "SEEN", "on": "2026-06-20"}
    assert await transfers.refused("rival", "transfersAccept", given) == ["letter_expired"]


async def due(transfers: Any, kind: str, login: str = "municipal", unit: str = "root") -> list[Any]:
    document = f"""query ($o: ID!) {{ dueItems(under: $o, dueFrom: "2026-01-01",
        dueTo: "2027-12-31", kinds: ["transfers.{kind}"], first: 50) {{ nodes {{ dueOn }} }} }}"""
    answer = await transfers.at.ask(login, document, {"o": transfers.at.id(unit)})
    return [node["dueOn"] for node in answer["data"]["dueItems"]["nodes"]]


async def test_after_a_trace_and_a_new_letter_the_new_receipt_falls_due(transfers: Any) -> None:
    case = await sent(transfers)
    assert await due(transfers, "receipt") == ["2026-08-14"]
    await transfers.later(date(2026, 9, 1))
    trace = {"case": case, "finding": "NOT_SETTLED", "found": "对方未接收"}
    await transfers.done("officer", "transfersTrace", trace, "case { id }")
    again = {"case": case, "route": "NATION", "paidTo": "2026-09-01", "cause": "EXPIRED"}
    again |= {"fault": "RECEIVER", "explanation": "对方未办理"}
    await transfers.done("officer", "transfersLetterReissue", again, "letter { id }")
    made = await transfers.case(case)
    assert await due(transfers, "receipt") == [made["receiptBy"]]


async def test_a_letter_anew_after_a_refusal_asks_for_a_new_answer(transfers: Any) -> None:
    case = await transfers.opened(transfers.within())
    await transfers.issued(case)
    refuse = {"case": case, "cause": "letter_wrong", "reason": "党费月份有误"}
    await transfers.done("rival", "transfersRefuse", refuse, "case { id }")
    again = {"case": case, "route": "CITY", "paidTo": "2026-06-01", "cause": "MISWRITTEN"}
    again |= {"fault": "SENDER", "explanation": "党费月份有误"}
    await transfers.done("officer", "transfersLetterReissue", again, "letter { id }")
    assert (await transfers.case(case))["state"] == "ISSUED"
    assert await due(transfers, "answer") != []


async def test_a_refusal_for_a_cause_leaves_something_due(transfers: Any) -> None:
    case = await transfers.opened(transfers.within())
    refuse = {"case": case, "cause": "not_ours", "reason": "应由外地接收"}
    await transfers.done("rival", "transfersRefuse", refuse, "case { id }")
    found = [
        await due(transfers, kind) for kind in ("answer", "refusal", "receipt", "letter", "settle")
    ]
    assert any(found)


async def test_a_transfer_out_without_a_letter_is_due_somewhere(transfers: Any) -> None:
    await transfers.opened(transfers.out())
    found = [
        await due(transfers, kind) for kind in ("answer", "refusal", "receipt", "letter", "settle")
    ]
    assert any(found)


async def test_a_slip_is_not_taken_back_under_a_transfer_that_goes_on_from_there(
    transfers: Any,
) -> None:
    case = await transfers.opened(transfers.within("other"))
    await transfers.later(date(2026, 6, 17))
    await transfers.accepted(case, "officer")
    await transfers.opened(transfers.within("far"), "officer")
    with pytest.raises(Refused, match="already_open"):
        await take_back(transfers, Entered.AFFILIATION)
    found = await cases(transfers, "municipal", "root", open=True)
    assert found["totalCount"] == 1


async def test_what_was_refused_is_refused_again_when_the_acceptance_is_taken_back(
    transfers: Any,
) -> None:
    case = await transfers.opened(transfers.within())
    await transfers.issued(case)
    refuse = {"case": case, "reason": "支部人手不足"}
    await transfers.done("rival", "transfersRefuse", refuse, "case { id }")
    await transfers.later(date(2026, 6, 17))
    await transfers.accepted(case, "district")
    await take_back(transfers, Entered.AFFILIATION)
    assert (await transfers.case(case))["state"] == "REFUSED"


async def test_the_total_without_receipt_is_what_the_list_shows(transfers: Any) -> None:
    case = await transfers.opened(transfers.within())
    await transfers.issued(case)
    await transfers.accepted(case)
    incoming = await transfers.opened(transfers.arriving())
    await transfers.accepted(incoming, "secretary", person=transfers.person())
    await transfers.later(date(2026, 9, 1))
    listed = (await cases(transfers, "officer", "branch", withoutReceipt=True))["totalCount"]
    document = "query ($o: ID!) { organization(id: $o) { transfers { withoutReceipt } } }"
    answer = await transfers.at.ask("officer", document, {"o": transfers.at.id("branch")})
    assert answer["data"]["organization"]["transfers"]["withoutReceipt"] == listed


async def test_one_letter_from_elsewhere_is_received_once(transfers: Any) -> None:
    await transfers.opened(transfers.arriving())
    assert await transfers.refused("secretary", "transfersOpen", transfers.arriving()) != []


async def test_a_receipt_sent_by_slip_can_be_put_right(transfers: Any) -> None:
    case = await transfers.opened(transfers.within())
    await transfers.issued(case)
    await transfers.later(date(2026, 6, 16))
    await transfers.accepted(case)
    await transfers.later(date(2026, 6, 20))
    receipt = {"case": case, "means": "POST", "on": "2026-06-17"}
    await transfers.done("rival", "transfersReceipt", receipt, "case { id }")
    right = {**receipt, "on": "2026-06-20", "means": "FAX"}
    assert await transfers.refused("rival", "transfersReceipt", right) == []


async def test_a_reissue_does_not_say_withdrawn(transfers: Any) -> None:
    case = await transfers.opened(transfers.within())
    await transfers.issued(case)
    again = {"case": case, "route": "CITY", "paidTo": "2026-06-01", "cause": "WITHDRAWN"}
    again |= {"fault": "SENDER", "explanation": "x"}
    assert await transfers.refused("officer", "transfersLetterReissue", again) != []


async def test_dues_are_paid_to_a_month_that_can_be(transfers: Any) -> None:
    case = await transfers.opened(transfers.within())
    for day in ("1900-01-01", "2199-01-01"):
        given = {"case": case, "route": "CITY", "paidTo": day}
        assert await transfers.refused("officer", "transfersLetterIssue", given) != [], day


async def test_nobody_is_settled_elsewhere_before_his_letter_was_written(transfers: Any) -> None:
    case = await sent(transfers)
    await transfers.later(date(2026, 9, 1))
    trace = {"case": case, "finding": "SETTLED", "found": "已接收", "proof": "证明"}
    found = await transfers.refused(
        "officer", "transfersTrace", {**trace, "settledOn": "2026-03-01"}
    )
    assert found != []


async def test_whose_membership_was_stopped_meanwhile_is_not_received(transfers: Any) -> None:
    case = await transfers.opened(transfers.within())
    await transfers.issued(case)
    async with transfers.at.operator() as act:
        day = date(2026, 6, 15)
        step = Step(change=Change.STOPPED, on=day, decision="失联", decided_on=day)
        await members.change_stage(act, transfers.me.id, step, asked=True)
    accept = {"case": case, "fileCheck": "SEEN"}
    assert await transfers.refused("rival", "transfersAccept", accept) != []


async def test_whoever_is_in_doubt_does_not_read_the_doubt(transfers: Any) -> None:
    case = await transfers.opened(transfers.within("other"))
    await transfers.accepted(
        case, "officer", fileCheck="DOUBTFUL", fileNote="入党志愿书疑似伪造，待核查"
    )
    document = "query ($id: ID!) { node(id: $id) { ... on TransfersCase { fileNote } } }"
    answer = await transfers.at.ask("me", document, {"id": case})
    assert not answer["data"]["node"] or answer["data"]["node"]["fileNote"] is None
