"""Transfers within the institution: the sender answers until somebody accepts."""

import asyncio
from datetime import date
from typing import Any

import pytest


@pytest.mark.clause("S0-19")
async def test_everything_wrong_with_a_transfer_is_said_at_once(transfers: Any) -> None:
    wrong = transfers.within("branch", reason="whim")
    assert await transfers.refused("secretary", "transfersOpen", wrong) == [
        "reason_unknown",
        "same_branch",
    ]
    wrong = transfers.within("committee", facts={"situation": "UNSTABLE_WORK"}, chosen="UNIT")
    assert await transfers.refused("secretary", "transfersOpen", wrong) == [
        "not_a_branch",
        "otherwise_missing",
    ]
    nobody = {"kind": "WITHIN", "reason": "work"}
    assert await transfers.refused("secretary", "transfersOpen", nobody) == ["member_missing"]
    wrong = {**nobody, "member": transfers.id(transfers.me)}
    assert await transfers.refused("secretary", "transfersOpen", wrong) == ["target_missing"]
    await transfers.opened(transfers.within())
    assert await transfers.refused("secretary", "transfersOpen", transfers.within()) == [
        "already_open"
    ]


@pytest.mark.clause("S0-19", "S1-08", "S0-34")
async def test_between_committees_a_letter_goes_first_and_the_sender_answers_until_received(
    transfers: Any,
) -> None:
    given = transfers.within(reason="floating")
    case = await transfers.opened(given)
    accept = {"case": case, "fileCheck": "SEEN"}
    assert await transfers.refused("rival", "transfersAccept", accept) == ["letter_not_issued"]
    letter = await transfers.issued(case)
    assert (letter["serial"], letter["days"], letter["validUntil"]) == (1, 10, "2026-06-24")
    seen = await transfers.member()
    assert seen["transfers"]["responsible"]["code"] == transfers.at.units["branch"].code
    await transfers.later(date(2026, 6, 18))
    made = await transfers.accepted(case)
    assert (made["state"], made["acceptedOn"], made["receiptBy"]) == (
        "ACCEPTED",
        "2026-06-18",
        "2026-07-18",
    )
    far, branch = transfers.at.units["far"].code, transfers.at.units["branch"].code
    for day, code in (("2026-06-17", branch), ("2026-06-18", far), (None, far)):
        seen = await transfers.member(as_of=day)
        assert seen["transfers"]["responsible"]["code"] == code, day
    assert await transfers.refused("rival", "transfersAccept", accept) == ["step_not_now"]


@pytest.mark.clause("S3A-25")
async def test_the_receipt_goes_from_the_receiving_committee_to_the_issuing_one(
    transfers: Any,
) -> None:
    case = await transfers.opened(transfers.within())
    await transfers.issued(case)
    receipt = {"case": case, "means": "POST"}
    assert await transfers.refused("rival", "transfersReceipt", receipt) == ["step_not_now"]
    await transfers.accepted(case)
    early = {**receipt, "on": "2026-06-01"}
    assert await transfers.refused("rival", "transfersReceipt", early) == ["receipt_too_early"]
    assert await transfers.refused("officer", "transfersReceipt", receipt) == ["FORBIDDEN"]
    shown = "case { state receiptOn means signer letters { state } }"
    made = await transfers.done("rival", "transfersReceipt", receipt, shown)
    assert made["case"] == {
        "state": "CLOSED",
        "receiptOn": "2026-06-15",
        "means": "POST",
        "signer": transfers.at.units["rival"].name,
        "letters": [{"state": "USED"}],
    }


async def test_within_one_committee_no_letter_is_needed_and_the_transfer_ends_with_acceptance(
    transfers: Any,
) -> None:
    case = await transfers.opened(transfers.within("other"))
    issue = {"case": case, "route": "CITY", "paidTo": "2026-06-01"}
    assert await transfers.refused("officer", "transfersLetterIssue", issue) == [
        "letter_not_needed"
    ]
    made = await transfers.accepted(case, "officer")
    assert (made["state"], made["receiptBy"]) == ("CLOSED", None)


async def test_without_a_committee_that_may_issue_a_transfer_is_refused(transfers: Any) -> None:
    await transfers.override("issuer", "approver", "far")
    found = await transfers.refused("secretary", "transfersOpen", transfers.within())
    assert found == ["no_committee"]


@pytest.mark.clause("S3A-42")
async def test_a_refusal_needs_a_reason_and_without_a_cause_goes_to_the_body_above(
    transfers: Any,
) -> None:
    case = await transfers.opened(transfers.within())
    await transfers.issued(case)
    wrong = {"case": case, "cause": "inconvenient", "reason": " "}
    assert await transfers.refused("rival", "transfersRefuse", wrong) == [
        "cause_unknown",
        "reason_missing",
    ]
    refuse = {"case": case, "reason": "支部人手不足"}
    await transfers.done("rival", "transfersRefuse", refuse, "case { id }")
    made = await transfers.case(case)
    assert (made["state"], made["escalated"]["code"]) == (
        "REFUSED",
        transfers.at.units["district"].code,
    )
    seen = await transfers.member()
    assert seen["transfers"]["responsible"]["code"] == transfers.at.units["branch"].code
    # The body above has the branch receive after all; not without a letter.
    made = await transfers.accepted(case, "district")
    assert made["state"] == "ACCEPTED"


async def test_who_was_refused_before_there_was_a_letter_is_not_received_without_one(
    transfers: Any,
) -> None:
    case = await transfers.opened(transfers.within())
    refuse = {"case": case, "cause": "not_ours", "reason": "应由外地接收"}
    await transfers.done("rival", "transfersRefuse", refuse, "case { id }")
    accept = {"case": case, "fileCheck": "SEEN"}
    assert await transfers.refused("rival", "transfersAccept", accept) == ["letter_not_issued"]
    await transfers.issued(case)
    assert (await transfers.accepted(case))["state"] == "ACCEPTED"


async def test_a_refusal_for_a_cause_of_the_catalogue_stays_between_the_two(transfers: Any) -> None:
    case = await transfers.opened(transfers.within())
    await transfers.issued(case)
    refuse = {"case": case, "cause": "letter_wrong", "reason": "党费月份有误"}
    await transfers.done("rival", "transfersRefuse", refuse, "case { id }")
    made = await transfers.case(case)
    assert (made["escalated"], made["cause"]) == (None, "letter_wrong")


@pytest.mark.clause("S0-21")
async def test_a_member_without_a_personnel_file_gets_one_and_somebody_keeps_it(
    transfers: Any,
) -> None:
    case = await transfers.opened(transfers.within("other"))
    for check, code in (("DOUBTFUL", "doubt_missing"), ("NONE", "custodian_missing")):
        given = {"case": case, "fileCheck": check}
        assert await transfers.refused("officer", "transfersAccept", given) == [code]
    made = await transfers.accepted(case, "officer", fileCheck="NONE", custodian="机关党委")
    assert (made["fileCheck"], made["custodian"]) == ("NONE", "机关党委")


async def test_before_acceptance_a_transfer_is_withdrawn_and_its_letter_void(
    transfers: Any,
) -> None:
    case = await transfers.opened(transfers.within())
    await transfers.issued(case)
    empty = {"case": case, "reason": " "}
    assert await transfers.refused("secretary", "transfersWithdraw", empty) == ["reason_missing"]
    take = {"case": case, "reason": "不再调动"}
    await transfers.done("secretary", "transfersWithdraw", take, "case { id }")
    made = await transfers.case(case)
    assert (made["state"], made["letters"][0]["state"]) == ("WITHDRAWN", "VOID")
    again = await transfers.opened(transfers.within())
    assert (await transfers.issued(again))["serial"] == 2
    await transfers.accepted(again)
    late = {"case": again, "reason": "撤回"}
    assert await transfers.refused("secretary", "transfersWithdraw", late) == ["step_not_now"]


@pytest.mark.clause("S3A-28", "S2-18")
async def test_a_hanging_member_is_given_a_branch_that_answers_for_him(transfers: Any) -> None:
    case = await transfers.opened(transfers.within("other", reason="hanging"))
    await transfers.accepted(case, "officer")
    seen = await transfers.member()
    assert seen["transfers"]["responsible"]["code"] == transfers.at.units["other"].code


async def test_a_move_in_the_register_ends_the_transfer_that_was_under_way(transfers: Any) -> None:
    case = await transfers.opened(transfers.within("far"))
    await transfers.issued(case)
    move = {
        "member": transfers.id(transfers.me),
        "organization": transfers.at.id("other"),
        "on": "2026-06-15",
        "reason": "调动",
    }
    await transfers.done("officer", "memberTransfer", move, "member { id }")
    accept = {"case": case, "fileCheck": "SEEN"}
    assert await transfers.refused("rival", "transfersAccept", accept) == ["step_not_now"]
    ended = await transfers.case(case)
    assert (ended["state"], ended["letters"][0]["state"]) == ("WITHDRAWN", "VOID")
    await transfers.opened(transfers.within("branch"), "officer")


async def test_two_who_open_at_once_open_one_and_two_who_accept_accept_once(
    transfers: Any,
) -> None:
    given = transfers.within("other")
    acts = (transfers.refused(by, "transfersOpen", given) for by in ("secretary", "officer"))
    assert sorted(await asyncio.gather(*acts)) == [[], ["already_open"]]
    [case] = (await cases(transfers))["nodes"]
    accept = {"case": case["id"], "fileCheck": "SEEN"}
    both = (transfers.refused("officer", "transfersAccept", accept) for _ in range(2))
    assert sorted(await asyncio.gather(*both)) == [[], ["step_not_now"]]


async def cases(transfers: Any, login: str = "officer", at: str = "branch", **filter: Any) -> Any:
    document = """query ($o: ID!, $f: TransfersCaseFilter) {
      transfersCases(organization: $o, first: 9, filter: $f) {
        totalCount nodes { id state member { id } sender { code } target { code } } } }"""
    answer = await transfers.at.ask(login, document, {"o": transfers.at.id(at), "f": filter})
    assert "errors" not in answer, answer
    return answer["data"]["transfersCases"]


async def test_both_sides_see_the_case_and_neither_sees_more(transfers: Any) -> None:
    await transfers.opened(transfers.within())
    for login, at, member in (("officer", "branch", True), ("rival", "far", False)):
        found = await cases(transfers, login, at, open=True)
        assert found["totalCount"] == 1
        [case] = found["nodes"]
        assert (case["member"] is not None) is member, login
        assert case["sender"]["code"] == transfers.at.units["branch"].code
    assert (await cases(transfers, "rival", "far", open=False))["totalCount"] == 0


async def test_the_suggestion_is_kept_and_who_decides_otherwise_says_why(transfers: Any) -> None:
    facts = {"situation": "UNSTABLE_WORK", "fixedResidence": True}
    asked = """query ($o: ID!, $i: TransfersPlacementInput!) {
      transfersPlacement(organization: $o, input: $i) { place clause basis considered } }"""
    unit = {"o": transfers.at.id("branch"), "i": facts}
    answer = await transfers.at.ask("secretary", asked, unit)
    found = answer["data"]["transfersPlacement"]
    assert (found["place"], found["clause"], found["considered"]) == ("RESIDENCE", "S1-06", [])
    assert "流动党员管理" in found["basis"]
    given = transfers.within(facts=facts, chosen="UNIT", otherwise="已签长期合同")
    made = await transfers.case(await transfers.opened(given))
    assert (made["suggested"], made["clause"], made["chosen"], made["otherwise"]) == (
        "RESIDENCE",
        "S1-06",
        "UNIT",
        "已签长期合同",
    )
