"""What falls due in transfers, for whom, and what ends it."""

from datetime import date
from typing import Any

from zhibu.testing.deadlines import Deadlines


async def items(transfers: Any, login: str, kind: str, to: str) -> list[tuple[str, bool]]:
    found = await Deadlines(at=transfers.at).items(login, to, kinds=[f"transfers.{kind}"])
    return [(each["dueOn"], each["overdue"]) for each in found]


async def test_a_letter_is_due_to_be_used_and_an_answer_to_be_given(transfers: Any) -> None:
    case = await transfers.opened(transfers.within())
    assert await items(transfers, "rival", "answer", "2026-12-31") == [("2026-07-15", False)]
    await transfers.issued(case)
    assert await items(transfers, "secretary", "letter", "2026-12-31") == [("2026-06-24", False)]
    await transfers.later(date(2026, 6, 25))
    assert await items(transfers, "officer", "letter", "2026-12-31") == [("2026-06-24", True)]
    anew = {"case": case, "route": "PROVINCE", "paidTo": "2026-06-01"}
    anew |= {"cause": "EXPIRED", "fault": "SENDER", "explanation": "信件迟到"}
    await transfers.done("officer", "transfersLetterReissue", anew, "letter { id }")
    assert await items(transfers, "officer", "letter", "2026-12-31") == [("2026-07-24", False)]
    await transfers.accepted(case)
    assert await items(transfers, "officer", "letter", "2026-12-31") == []
    assert await items(transfers, "rival", "answer", "2026-12-31") == []


async def test_a_receipt_is_due_a_month_after_acceptance_and_gone_once_it_is_sent(
    transfers: Any,
) -> None:
    case = await transfers.opened(transfers.within())
    await transfers.issued(case)
    await transfers.accepted(case)
    assert await items(transfers, "rival", "receipt", "2026-12-31") == [("2026-07-15", False)]
    sent = {"case": case, "means": "POST"}
    await transfers.done("rival", "transfersReceipt", sent, "case { id }")
    assert await items(transfers, "rival", "receipt", "2026-12-31") == []


async def test_a_refusal_without_cause_is_due_at_the_body_above_until_somebody_accepts(
    transfers: Any,
) -> None:
    case = await transfers.opened(transfers.within())
    await transfers.issued(case)
    refuse = {"case": case, "reason": "人手不足"}
    await transfers.done("rival", "transfersRefuse", refuse, "case { id }")
    assert await items(transfers, "district", "refusal", "2026-12-31") == [("2026-06-30", False)]
    assert await items(transfers, "rival", "refusal", "2026-12-31") == []
    await transfers.accepted(case, "district")
    assert await items(transfers, "district", "refusal", "2026-12-31") == []


async def test_what_is_withdrawn_is_due_no_more(transfers: Any) -> None:
    case = await transfers.opened(transfers.out())
    await transfers.issued(case)
    take = {"case": case, "reason": "不再调动"}
    await transfers.done("secretary", "transfersWithdraw", take, "case { id }")
    for kind in ("letter", "receipt"):
        assert await items(transfers, "officer", kind, "2026-12-31") == []


async def test_a_stop_is_to_be_looked_into_after_its_years_until_it_ends(transfers: Any) -> None:
    await transfers.stopped()
    await transfers.later(date(2028, 6, 1))
    assert await items(transfers, "secretary", "stop", "2028-12-31") == [("2028-06-15", False)]
    given = {"member": transfers.id(transfers.me), "reason": "已回国", "duesSettled": True}
    asked = await transfers.asked("me", "transfersRestoreAsk", given)
    await transfers.decided(asked, "secretary", "officer", "district")
    assert await items(transfers, "secretary", "stop", "2028-12-31") == []
