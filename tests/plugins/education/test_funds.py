"""Training funds over GraphQL: purposes, budgets, mistakes taken back, and two at once."""

import asyncio
from typing import Any

import pytest

FUNDS = """query ($o: ID!) { educationFunds(organization: $o, year: 2026) {
  category earmarked spent left } }"""


def entry(education: Any, kind: str = "SPEND", fen: int = 1000, **changes: Any) -> dict[str, Any]:
    return {
        "organization": education.at.id("committee"),
        "kind": kind,
        "on": "2026-06-01",
        "fen": fen,
        "purpose": "教材",
        "category": "training",
        **changes,
    }


async def recorded(education: Any, **given: Any) -> str:
    payload = await education.done(
        "officer", "educationExpenseRecord", entry(education, **given), "expense { id }"
    )
    return str(payload["expense"]["id"])


async def refused(education: Any, **given: Any) -> list[str]:
    found: list[str] = await education.refused(
        "officer", "educationExpenseRecord", entry(education, **given)
    )
    return [code.removeprefix("education.") for code in found]


async def funds(education: Any) -> dict[str, tuple[str, str, str]]:
    answer = await education.read("officer", FUNDS, o=education.at.id("committee"))
    return {
        fund["category"]: (fund["earmarked"], fund["spent"], fund["left"])
        for fund in answer["data"]["educationFunds"]
    }


@pytest.mark.clause("S2-31", "S0-41")
async def test_money_for_training_is_spent_on_training_alone_and_within_its_budget(
    education: Any,
) -> None:
    assert await refused(education) == ["budget_exceeded"]
    await recorded(education, kind="BUDGET", fen=500_000)
    await recorded(education, kind="BUDGET", fen=10_000, category="organization_life")
    for category in ("banquets", None):
        assert await refused(education, category=category) == ["fund_purpose_unknown"]
    assert await refused(education, fen=20_000, category="organization_life") == ["budget_exceeded"]
    assert await refused(education, fen=500_001) == ["budget_exceeded"]
    assert await refused(education, on="2025-12-31") == ["budget_exceeded"]
    await recorded(education, fen=120_050)
    assert await funds(education) == {
        "training": ("5000", "1200.5", "3799.5"),
        "organization_life": ("100", "0", "100"),
    }
    event = (await education.ledger("education.funds_spent"))[0]
    assert (event["yuan"], event["category"]) == ("1200.5", "training")


@pytest.mark.clause("S2-31")
async def test_an_entry_made_by_mistake_is_void_and_stays_readable(education: Any) -> None:
    budget = await recorded(education, kind="BUDGET", fen=5000)
    spent = await recorded(education, fen=4000)
    void = {"expense": budget, "reason": "重复"}
    assert await education.refused("officer", "educationExpenseVoid", void) == [
        "education.budget_spent"
    ]
    assert await education.refused(
        "officer", "educationExpenseVoid", {"expense": spent, "reason": " "}
    ) == ["education.reason_missing"]
    payload = await education.done(
        "officer",
        "educationExpenseVoid",
        {"expense": spent, "reason": "误录"},
        "expense { voidedOn voidReason fen }",
    )
    assert payload["expense"] == {"voidedOn": "2026-06-15", "voidReason": "误录", "fen": 4000}
    assert await education.refused(
        "officer", "educationExpenseVoid", {"expense": spent, "reason": "误录"}
    ) == ["education.expense_void"]
    await education.done("officer", "educationExpenseVoid", void, "expense { id }")
    assert (await funds(education))["training"] == ("0", "0", "0")


async def test_two_who_spend_the_last_money_at_once_do_not_both_get_it(education: Any) -> None:
    await recorded(education, kind="BUDGET", fen=1000)
    found = await asyncio.gather(*(refused(education, fen=800) for _ in range(2)))
    assert sorted(found) == [[], ["budget_exceeded"]]


async def test_a_branch_secretary_sees_the_funds_and_records_none(education: Any) -> None:
    given = entry(education, organization=education.at.id("branch"))
    assert await education.refused("secretary", "educationExpenseRecord", given) == ["FORBIDDEN"]
    answer = await education.read("secretary", FUNDS, o=education.at.id("branch"))
    assert len(answer["data"]["educationFunds"]) == 2
    answer = await education.read("recorder", FUNDS, o=education.at.id("branch"))
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
