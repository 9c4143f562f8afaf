"""Payments over GraphQL: refused, recorded with a receipt, made up, corrected, taken back."""

import asyncio
from datetime import date
from typing import Any

import pytest


async def refused(dues: Any, **changes: Any) -> list[str]:
    found: list[str] = await dues.refused("recorder", "duesPaymentRecord", dues.payment(**changes))
    return found


async def test_a_payment_that_is_wrong_is_told_everything_at_once(dues: Any) -> None:
    assert await refused(dues) == ["base_missing"]
    await dues.fixed()
    may = {"firstMonth": "2026-05-01"}
    for changes, codes in (
        ({"fen": 3999}, ["amount_differs"]),
        ({"fen": 4001}, ["amount_differs"]),
        ({"voluntaryFen": -1}, ["voluntary_invalid"]),
        ({"paidOn": "2026-06-16"}, ["paid_in_future"]),
        ({"paidOn": "2026-05-15"}, ["entry_reason_missing", "paid_ahead"]),
        ({"firstMonth": "2026-07-01"}, ["paid_ahead"]),
        ({"lastMonth": "2026-05-01"}, ["months_reversed"]),
        ({"lastMonth": "2029-06-01"}, ["months_reversed"]),
        (may, ["late_reason_missing"]),
        ({"payer": "RELATIVE"}, ["payer_missing"]),
        ({"payer": "MEMBER"}, ["payer_missing"]),
        ({"payer": "MEMBER", "payerMember": dues.id(dues.me)}, ["payer_missing"]),
        ({"payerName": "某人"}, ["payer_unexpected"]),
        (
            {**may, "fen": 1, "payer": "RELATIVE"},
            ["payer_missing", "amount_differs", "late_reason_missing"],
        ),
    ):
        assert await refused(dues, **changes) == codes, changes


@pytest.mark.clause("S0-06", "S2-21")
async def test_a_month_is_paid_once_with_a_numbered_receipt(dues: Any) -> None:
    await dues.fixed()
    await dues.fixed(dues.peer)
    await dues.paid(voluntaryFen=100)
    assert await refused(dues) == ["nothing_owed"]
    june = await dues.month(6)
    assert (june["paidFen"], june["state"], june["settledOn"]) == (4000, "PAID", "2026-06-15")
    await dues.paid(dues.peer)
    serials = [(await dues.of(who))["payments"][0]["serial"] for who in (dues.me, dues.peer)]
    assert serials == [1, 2]
    [first, _] = await dues.ledger("paid")
    assert (first["yuan"], first["payer"], first["late_months"]) == ("41.00", "self", 0)
    assert await dues.differences() == []


async def test_two_who_record_the_same_month_at_once_record_it_once(dues: Any) -> None:
    await dues.fixed()
    found = await asyncio.gather(*(refused(dues) for _ in range(3)))
    assert sorted(found) == [[], ["nothing_owed"], ["nothing_owed"]]


@pytest.mark.clause("DU-12")
async def test_dues_are_made_up_with_a_reason_and_long_after_with_approval(dues: Any) -> None:
    await dues.later(date(2026, 9, 10))
    await dues.fixed()
    since = {"firstMonth": "2026-01-01", "lastMonth": "2026-08-01", "fen": 8 * 4000}
    today = {**since, "paidOn": "2026-09-10"}
    assert await refused(dues, **today) == ["late_reason_missing", "approval_missing"]
    answer = await dues.answer(
        "recorder", "duesPaymentRecord", dues.payment(**today, lateReason="长期外出")
    )
    [error] = answer["data"]["duesPaymentRecord"]["userErrors"]
    assert (error["code"], error["path"]) == ("dues.approval_missing", ["approval"])
    assert error["basis"].endswith("第十二条 · 6 个月")
    half = {"firstMonth": "2026-03-01", "lastMonth": "2026-08-01", "fen": 6 * 4000}
    await dues.paid(**half, paidOn="2026-09-10", lateReason="长期外出")
    rest = {"firstMonth": "2026-01-01", "lastMonth": "2026-02-01", "fen": 8000}
    await dues.paid(
        **rest, paidOn="2026-09-10", lateReason="长期外出", approval="机关党委9月8日同意"
    )
    assert (await dues.of())["paidTo"] == "2026-08-01"


@pytest.mark.clause("DU-12", "DU-14")
async def test_a_relative_or_another_member_pays_and_is_named(dues: Any) -> None:
    await dues.fixed()
    await dues.paid(payer="RELATIVE", payerName="其妻")
    other = {"firstMonth": "2026-05-01", "lateReason": "出差"}
    await dues.paid(**other, payer="MEMBER", payerMember=dues.id(dues.peer))
    assert [e["payer"] for e in await dues.ledger("paid")] == ["relative", "member"]
    words = await dues.at.ask("officer", '{ __type(name: "DuesPayer") { enumValues { name } } }')
    if words.get("data"):  # an organization neither advances nor deducts
        names = [each["name"] for each in words["data"]["__type"]["enumValues"]]
        assert names == ["SELF", "RELATIVE", "MEMBER"]


async def test_a_correction_leaves_the_old_payment_void_and_points_to_it(dues: Any) -> None:
    await dues.fixed()
    wrong = await dues.paid()
    right = dues.payment(firstMonth="2026-05-01", lateReason="迟一日")
    given = {"payment": wrong, "correct": right, "reason": "月份登错"}
    assert await dues.refused("recorder", "duesPaymentCorrect", given) == ["FORBIDDEN"]
    other = {**given, "correct": {**right, "member": dues.id(dues.peer)}}
    assert await dues.refused("secretary", "duesPaymentCorrect", other) == ["not_the_same_member"]
    await dues.done("secretary", "duesPaymentCorrect", given, "payment { id }")
    old, new = (await dues.of())["payments"]
    assert (old["voidedOn"], old["shares"], new["corrects"]) == ("2026-06-15", [], wrong)
    assert [(await dues.month(m))["state"] for m in (5, 6)] == ["PAID", "OPEN"]
    assert await dues.refused("secretary", "duesPaymentCorrect", given) == ["payment_void"]


async def test_a_slip_is_taken_back_by_whoever_made_it_and_not_by_another(dues: Any) -> None:
    await dues.fixed()
    payment = await dues.paid()
    void = {"payment": payment, "reason": "重复"}
    await dues.at.account("second", "recorder", "branch")
    assert await dues.refused("second", "duesPaymentVoid", void) == ["FORBIDDEN"]
    await dues.done("recorder", "duesPaymentVoid", void, "payment { voidedOn voidReason }")
    assert (await dues.month(6))["state"] == "OPEN"
    assert await dues.refused("secretary", "duesPaymentVoid", void) == ["payment_void"]
    assert await dues.differences() == []


async def test_a_member_reads_his_own_dues_and_nobody_else_s(dues: Any) -> None:
    await dues.fixed()
    await dues.paid()
    assert (await dues.of(login="me"))["paidFen"] == 4000
    document = (
        "query ($o: ID!) { duesPayments(organization: $o, year: 2026, first: 9) { totalCount } }"
    )
    await dues.fixed(dues.peer)
    await dues.paid(dues.peer)
    for login, count in (("me", 1), ("recorder", 2), ("officer", 2)):
        answer = await dues.at.ask(login, document, {"o": dues.at.id("branch")})
        assert answer["data"]["duesPayments"]["totalCount"] == count, login
