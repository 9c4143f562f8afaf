"""Less dues in hardship, dues by the quarter, long arrears: people decide, nothing by itself."""

from datetime import date
from typing import Any

import pytest

from zhibu.testing.branch import SHOWN
from zhibu.testing.deadlines import Deadlines

HARDSHIP = {"firstMonth": "2026-07-01", "lastMonth": "2026-12-01", "fen": 0, "reason": "本人患病"}


async def ask(dues: Any, login: str = "me", **changes: Any) -> Any:
    given = {"member": dues.id(dues.me), **HARDSHIP, **changes}
    made = await dues.done(login, "duesReductionAsk", given, f"procedure {{ {SHOWN} }}")
    return made["procedure"]


async def decide(dues: Any, login: str, procedure: Any, *, approve: bool = True) -> Any:
    given = {"step": procedure["step"]["id"], "approve": approve, "reason": "研究"}
    made = await dues.done(login, "procedureStepDecide", given, f"procedure {{ {SHOWN} }}")
    return made["procedure"]


def alone(dues: Any, patch: pytest.MonkeyPatch) -> Deadlines:
    """Sweeps of what falls due in dues: to compile what others bring to mind takes seconds."""
    platform = dues.at.house.platform
    own = {name: kind for name, kind in platform.due.items() if kind.plugin == "dues"}
    patch.setattr(platform, "due", own)
    return Deadlines(at=dues.at)


async def test_a_request_that_is_wrong_is_told_everything_at_once(dues: Any) -> None:
    given = {"member": dues.id(dues.me), **HARDSHIP}
    assert await dues.refused("me", "duesReductionAsk", given) == ["base_missing"]
    await dues.fixed()
    for login, changes, codes in (
        ("me", {"fen": 4000}, ["reduction_too_high"]),
        ("me", {"reason": " ", "lastMonth": "2027-08-01"}, ["reason_missing", "months_reversed"]),
        ("secretary", {}, ["request_missing"]),
        ("recorder", {}, ["FORBIDDEN"]),
    ):
        found = await dues.refused(login, "duesReductionAsk", {**given, **changes})
        assert found == codes, (login, changes)


@pytest.mark.clause("DU-7")
async def test_hardship_is_asked_by_the_member_studied_by_the_branch_and_approved_above(
    dues: Any,
) -> None:
    await dues.fixed()
    asked = await ask(dues)
    studied = await decide(dues, "secretary", asked)
    assert (await dues.month(7))["owedFen"] == 4000
    assert studied["step"]["organization"]["code"] == "COMMITTEE"
    decided = await decide(dues, "officer", studied)
    assert decided["state"] == "APPROVED"
    july = await dues.month(7)
    assert (july["owedFen"], july["ground"], july["state"]) == (0, "EXCUSED", "NOTHING_OWED")
    assert (await dues.month(6))["owedFen"] == 4000
    again = {"member": dues.id(dues.me), **HARDSHIP, "lastMonth": "2026-07-01"}
    assert "already_granted" in await dues.refused("me", "duesReductionAsk", again)
    [reduction] = (await dues.of())["reductions"]
    end = {"reduction": reduction["id"], "month": "2026-10-01", "reason": "已康复"}
    assert await dues.refused("secretary", "duesReductionEnd", end) == ["FORBIDDEN"]
    await dues.done("officer", "duesReductionEnd", end, "member { id }")
    assert [(await dues.month(m))["owedFen"] for m in (9, 10)] == [0, 4000]
    assert await dues.refused("officer", "duesReductionEnd", end) == ["grant_ended"]


async def test_a_refused_request_changes_nothing(dues: Any) -> None:
    await dues.fixed()
    decided = await decide(dues, "secretary", await ask(dues, fen=1000), approve=False)
    assert decided["state"] == "REFUSED"
    assert (await dues.of())["reductions"] == []
    assert (await dues.month(7))["owedFen"] == 4000


@pytest.mark.clause("DU-12")
async def test_a_quarter_is_paid_at_once_only_with_consent(dues: Any) -> None:
    await dues.fixed()
    quarter = {"firstMonth": "2026-04-01", "lastMonth": "2026-06-01", "fen": 12_000}
    april = {"firstMonth": "2026-04-01", "paidOn": "2026-06-15", "fen": 4000}
    assert await dues.refused("recorder", "duesPaymentRecord", dues.payment(**april)) == [
        "late_reason_missing"
    ]
    given = {"member": dues.id(dues.me), "firstMonth": "2026-04-01", "reason": "长期驻外"}
    for changes in ({"firstMonth": "2026-05-01"}, {"lastMonth": "2026-05-01"}):
        found = await dues.refused("secretary", "duesQuarterlyConsent", {**given, **changes})
        assert found == ["quarter_invalid"], changes
    made = await dues.done("secretary", "duesQuarterlyConsent", given, "quarterly { id }")
    assert await dues.refused("secretary", "duesQuarterlyConsent", given) == ["already_granted"]
    assert [(await dues.month(m))["dueOn"] for m in (3, 4, 6)] == [
        "2026-03-31",
        "2026-06-30",
        "2026-06-30",
    ]
    await dues.paid(**quarter)
    end = {"quarterly": made["quarterly"]["id"], "month": "2026-07-01", "reason": "已返回"}
    await dues.done("secretary", "duesQuarterlyEnd", end, "quarterly { until }")
    assert (await dues.month(7))["dueOn"] == "2026-07-31"


@pytest.mark.clause("A-22")
async def test_arrears_are_said_at_one_three_five_and_six_months_and_nothing_follows(
    dues: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweeping = alone(dues, monkeypatch)
    await dues.fixed(dues.peer)
    await dues.fixed()
    await dues.paid(firstMonth="2026-01-01", lastMonth="2026-06-01", fen=24_000, lateReason="补")
    await sweeping.sweep(date(2026, 7, 1))
    await sweeping.sweep(date(2026, 7, 1))
    found = await dues.ledger("overdue")
    assert [(e["level"], e["asks"]) for e in found] == [
        (1, False),
        (3, False),
        (5, False),
        (6, True),
    ]
    assert found[-1]["month"] == "2026-06-01"
    kinds = [item["due"]["kind"] for item in await sweeping.inbox("secretary")]
    assert "dues.half_year" in kinds
    await dues.later(date(2026, 7, 2))
    shown = await dues.of(dues.peer)
    assert (shown["overdueMonths"], shown["overdueInARow"], shown["overdueFen"]) == (6, 6, 24_000)
    member = "query ($id: ID!) { member(id: $id) { stage } }"
    answer = await dues.at.ask("officer", member, {"id": dues.id(dues.peer)})
    assert answer["data"]["member"]["stage"] == "FULL"
    first, *_, last = shown["arrears"]
    given = {"arrears": last["id"], "finding": "REFUSES", "answer": "两次谈话仍拒绝。"}
    assert await dues.refused("recorder", "duesArrearsAnswer", given) == ["FORBIDDEN"]
    assert await dues.refused(
        "secretary", "duesArrearsAnswer", {**given, "arrears": first["id"], "answer": " "}
    ) == ["answer_missing", "nothing_to_answer"]
    await dues.done("secretary", "duesArrearsAnswer", given, "arrears { finding answeredOn }")
    assert await dues.refused("secretary", "duesArrearsAnswer", given) == ["arrears_answered"]
    [event] = await dues.ledger("overdue_answered")
    assert (event["level"], event["finding"]) == (6, "refuses")
    answer = await dues.at.ask("officer", member, {"id": dues.id(dues.peer)})
    assert answer["data"]["member"]["stage"] == "FULL"


async def test_what_is_made_up_settles_the_arrears_and_is_not_said_again(
    dues: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweeping = alone(dues, monkeypatch)
    await dues.fixed()
    await sweeping.sweep(date(2026, 6, 15))
    assert [e["level"] for e in await dues.ledger("overdue")] == [1, 3, 5]
    await dues.paid(firstMonth="2026-01-01", lastMonth="2026-02-01", fen=8000, lateReason="补交")
    assert [bool(each["settledOn"]) for each in (await dues.of())["arrears"]] == [
        False,
        False,
        True,
    ]
    await sweeping.sweep(date(2026, 6, 16))
    assert len(await dues.ledger("overdue")) == 3


async def test_where_dues_are_off_nobody_is_said_to_be_in_arrears(
    dues: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await dues.fixed()
    await dues.at.switch("dues", False, "general")
    await alone(dues, monkeypatch).sweep(date(2026, 7, 1))
    assert await dues.ledger("overdue") == []
