"""Bases over GraphQL: declared, confirmed by somebody else, changed for a reason, taken back."""

from typing import Any

ONE_PERCENT = [
    {"code": "all", "zh": "一律 1%", "en": "one percent", "up_to": None, "per_10000": 100}
]


async def declared(dues: Any, by: str = "recorder", **changes: Any) -> str:
    made = await dues.done(by, "duesBaseDeclare", dues.income(**changes), "base { id }")
    return str(made["base"]["id"])


async def test_a_base_that_is_wrong_is_told_everything_at_once(dues: Any) -> None:
    for changes, codes in (
        ({"year": 2007}, ["year_invalid"]),
        ({"fromMonth": 13}, ["month_invalid"]),
        ({"baseFen": 0}, ["income_missing"]),
        ({"baseFen": None, "fromMonth": 0}, ["month_invalid", "income_missing"]),
        ({"chosenFen": 20}, ["amount_out_of_range"]),
        ({"income": "STUDENT"}, ["income_unexpected"]),
        ({"income": "FARMER", "baseFen": None}, ["amount_out_of_range"]),
        ({"income": "FARMER", "baseFen": None, "chosenFen": 101}, ["amount_out_of_range"]),
        ({"income": "IRREGULAR", "fromMonth": 2}, ["quarter_invalid"]),
        ({"year": 2009}, ["not_a_member"]),
    ):
        found = await dues.refused("recorder", "duesBaseDeclare", dues.income(**changes))
        assert found == codes, changes


async def test_nobody_confirms_what_he_declared_nor_his_own_base(dues: Any) -> None:
    base = await declared(dues, by="secretary")
    assert await dues.refused("secretary", "duesBaseConfirm", {"bases": [base]}) == ["own_base"]
    own = await declared(dues, by="me")
    await dues.at.account("both", "branch_secretary", "branch", member_id=dues.peer.id)
    given = dues.income(dues.peer)
    theirs = (await dues.done("recorder", "duesBaseDeclare", given, "base { id }"))["base"]["id"]
    assert await dues.refused("both", "duesBaseConfirm", {"bases": [theirs]}) == ["own_base"]
    assert await dues.refused("secretary", "duesBaseConfirm", {"bases": []}) == ["nothing_chosen"]
    assert (await dues.of())["months"] == []
    await dues.done("officer", "duesBaseConfirm", {"bases": [own]}, "count")
    assert await dues.refused("officer", "duesBaseConfirm", {"bases": [own]}) == ["base_settled"]


async def test_the_base_of_a_year_fixes_every_month_and_says_by_what(dues: Any) -> None:
    await dues.fixed()
    found = await dues.of()
    assert (len(found["months"]), found["owedFen"], found["paidFen"]) == (12, 12 * 4000, 0)
    june = await dues.month(6)
    assert (june["dueOn"], june["state"], june["ground"]) == ("2026-06-30", "OPEN", "STANDARD")
    assert "4000.00 yuan" in june["reason"]
    assert "40.00 yuan a month" in june["reason"]
    assert june["basis"].startswith("《关于中国共产党党费收缴、使用和管理的规定》第二条")
    [event] = await dues.ledger("base_confirmed")
    assert event == {"year": 2026, "yuan": "40.00"}


async def test_a_base_changes_within_the_year_only_for_a_reason(dues: Any) -> None:
    await dues.fixed()
    higher = dues.income(baseFen=600_000, fromMonth=7)
    assert await dues.refused("recorder", "duesBaseDeclare", higher) == ["change_reason_missing"]
    await dues.fixed(baseFen=600_000, fromMonth=7, reason="职级晋升")
    assert [(await dues.month(m))["owedFen"] for m in (6, 7, 12)] == [4000, 9000, 9000]
    await dues.fixed(baseFen=500_000, fromMonth=7, reason="更正")
    assert (await dues.month(7))["owedFen"] == 5000
    states = [base["state"] for base in (await dues.of())["bases"]]
    assert sorted(states) == ["CONFIRMED", "CONFIRMED", "VOID"]


async def test_an_irregular_income_is_reckoned_anew_each_quarter_without_a_reason(
    dues: Any,
) -> None:
    await dues.fixed(income="IRREGULAR", baseFen=200_000)
    await dues.fixed(income="IRREGULAR", baseFen=300_001, fromMonth=4)
    assert [(await dues.month(m))["owedFen"] for m in (3, 4)] == [1000, 3000]


async def test_a_declaration_is_returned_with_the_reason_and_a_base_with_payments_stays(
    dues: Any,
) -> None:
    base = await declared(dues)
    void = {"base": base, "reason": "漏计津贴"}
    assert await dues.refused("secretary", "duesBaseVoid", {**void, "reason": " "}) == [
        "reason_missing"
    ]
    assert await dues.refused("secretary", "duesBaseVoid", {**void, "version": 9}) == [
        "version_stale"
    ]
    await dues.done("secretary", "duesBaseVoid", void, "base { state voidReason }")
    fixed = await dues.fixed()
    payment = await dues.paid()
    void = {"base": fixed, "reason": "误核"}
    assert await dues.refused("secretary", "duesBaseVoid", void) == ["base_paid"]
    await dues.done("secretary", "duesPaymentVoid", {"payment": payment, "reason": "误登"}, "")
    await dues.done("secretary", "duesBaseVoid", void, "base { state }")
    assert (await dues.of())["months"] == []


async def test_who_declared_takes_the_slip_back_himself(dues: Any) -> None:
    base = await declared(dues)
    await dues.done("recorder", "duesBaseVoid", {"base": base, "reason": "填错"}, "base { state }")
    confirmed = await dues.fixed()
    assert (
        await dues.refused("recorder", "duesBaseVoid", {"base": confirmed, "reason": "填错"}) != []
    )


async def test_rates_nobody_can_read_are_refused_and_not_guessed(dues: Any) -> None:
    table = [{"code": "a", "zh": "一", "en": "one", "up_to": 300_000, "per_10000": 50}]
    await dues.override("rates_wage", table)
    assert await dues.refused("recorder", "duesBaseDeclare", dues.income()) == [
        "standard_malformed"
    ]


async def test_an_institution_s_own_rates_and_rounding_hold_from_their_day(dues: Any) -> None:
    await dues.override("rounding", "up")
    await dues.override("rounding_unit", 10)
    await dues.fixed(baseFen=300_100)
    assert (await dues.month(1))["owedFen"] == 3010
    await dues.override("rates_wage", ONE_PERCENT, at="branch")
    assert (await dues.month(1))["owedFen"] == 3010
    await dues.fixed(dues.peer, baseFen=300_100)
    assert (await dues.month(1, dues.peer))["owedFen"] == 3010
