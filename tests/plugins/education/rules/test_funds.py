"""Training funds: earmarked for a purpose, and spent on nothing else."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from zhibu.basis import Basis
from zhibu_education.rules.funds import Entry, Fund, Purposes, entry_refusals, void_refusals, yuan

TODAY = date(2026, 6, 15)
BASIS = Basis(document="党员教育管理办法", article="组织领导和工作保障", value="教育培训党员")
PURPOSES = Purposes(codes=("training",), basis=BASIS)
SPENT = Entry(kind="spend", on=TODAY, fen=100, category="training", purpose="教材")
FUND = Fund(earmarked=300, spent=200)


def refused(entry: Entry, fund: Fund = FUND) -> list[str]:
    found = entry_refusals(entry, today=TODAY, purposes=PURPOSES, fund=fund)
    return [error.code.removeprefix("education.") for error in found]


@pytest.mark.clause("S2-31")
@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"fen": 101}, ["budget_exceeded"]),
        ({"fen": 0}, ["amount_not_positive"]),
        ({"fen": -5}, ["amount_not_positive"]),
        ({"on": date(2026, 6, 16)}, ["spent_in_future"]),
        ({"purpose": " "}, ["title_missing"]),
        ({"category": "banquets"}, ["fund_purpose_unknown"]),
        ({"category": None}, ["fund_purpose_unknown"]),
        ({"kind": "budget", "fen": 10**9, "on": date(2026, 12, 31)}, []),
        ({"kind": "budget", "category": "banquets"}, ["fund_purpose_unknown"]),
    ],
)
def test_money_is_spent_on_its_purpose_and_never_beyond_what_was_earmarked(
    changes: dict[str, Any], codes: list[str]
) -> None:
    assert refused(replace(SPENT, **changes)) == codes


def test_a_refusal_names_the_amounts_in_yuan_and_the_document() -> None:
    (error,) = entry_refusals(
        replace(SPENT, fen=12_050), today=TODAY, purposes=PURPOSES, fund=Fund(earmarked=10_000)
    )
    assert error.facts == {"budget": "100", "spent": "0", "amount": "120.5"}
    assert error.basis is BASIS
    assert [yuan(fen) for fen in (0, 5, 100, 123456)] == ["0", "0.05", "1", "1234.56"]


def voided(**changes: Any) -> list[str]:
    given = {"kind": "budget", "fen": 100, "reason": "误录", "voided_on": None, "fund": FUND}
    found = void_refusals(**{**given, **changes, "basis": BASIS})
    return [error.code.removeprefix("education.") for error in found]


@pytest.mark.clause("S2-31")
def test_a_budget_that_was_spent_is_not_voided() -> None:
    assert voided() == []
    assert voided(fen=101) == ["budget_spent"]
    assert voided(kind="spend", fen=200) == []
    assert voided(reason=" ") == ["reason_missing"]
    assert voided(voided_on=TODAY) == ["expense_void"]
