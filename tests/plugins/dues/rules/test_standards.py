"""The arithmetic of dues: flat on the whole base, at every bracket's edge, rounded by the rule."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import zhibu_dues
from zhibu.basis import Basis
from zhibu_dues.errors import StandardMalformed
from zhibu_dues.rules.standards import Rounding, Standard, brackets, monthly

BASIS = Basis(document="规定", article="第二条", value="")
FILE = Path(zhibu_dues.__file__).parent / "parameters" / "standards.yaml"
[NATIONAL] = [yaml.safe_load(FILE.read_text("utf-8"))]
NEAREST = Rounding(way="nearest", unit=1)


def rates(name: str, rounding: Rounding = NEAREST) -> Standard:
    [value] = NATIONAL[f"dues.{name}"]["values"].values()
    return Standard(basis=BASIS, rounding=rounding, brackets=brackets(value["value"], BASIS))


@pytest.mark.clause("DU-2")
@pytest.mark.parametrize(
    ("base", "owed"),
    [
        (1, 0),
        (300_000, 1500),
        (300_001, 3000),
        (500_000, 5000),
        (500_001, 7500),
        (1_000_000, 15_000),
        (1_000_001, 20_000),
        (1_234_567, 24_691),
    ],
)
def test_the_rate_of_the_bracket_is_taken_of_the_whole_wage(base: int, owed: int) -> None:
    assert rates("rates_wage").amount(base) == owed


@pytest.mark.clause("DU-3", "DU-4")
@pytest.mark.parametrize("name", ["rates_annual_salary", "rates_irregular"])
def test_other_incomes_take_the_brackets_of_wages(name: str) -> None:
    assert rates(name).brackets == rates("rates_wage").brackets


@pytest.mark.clause("DU-5")
def test_a_pension_takes_half_a_percent_up_to_5000_yuan_and_one_beyond() -> None:
    assert [rates("rates_retired").amount(base) for base in (500_000, 500_001)] == [2500, 5000]


@pytest.mark.clause("DU-6")
def test_farmers_owe_what_the_branch_chose_and_those_without_income_a_fixed_amount() -> None:
    values = {
        name: next(iter(NATIONAL[f"dues.{name}"]["values"].values()))["value"]
        for name in ("farmer_least", "farmer_most", "fixed_amount")
    }
    assert values == {"farmer_least": 20, "farmer_most": 100, "fixed_amount": 20}
    farmer = Standard(basis=BASIS, rounding=NEAREST, least=20, most=100)
    fixed = Standard(basis=BASIS, rounding=NEAREST, least=20, most=20)
    assert (monthly(farmer, None, 50), monthly(fixed, None, None)) == (50, 20)


@settings(max_examples=60, deadline=None)
@given(base=st.integers(1, 10**9), unit=st.sampled_from([1, 10, 100]))
def test_dues_are_the_rate_of_one_bracket_to_within_a_unit(base: int, unit: int) -> None:
    for way in ("nearest", "down", "up"):
        standard = rates("rates_wage", Rounding(way=way, unit=unit))
        [rate] = [
            each.per_10000
            for each, before in zip(
                standard.brackets, (0, *(b.up_to for b in standard.brackets)), strict=False
            )
            if base > (before or 0) and (each.up_to is None or base <= each.up_to)
        ]
        exact, owed = Decimal(base) * rate / 10_000, standard.amount(base)
        assert owed % unit == 0
        low, high = {"down": (0, unit), "up": (-unit, 0)}.get(way, (-unit / 2, unit / 2))
        assert Decimal(low) <= exact - owed <= Decimal(high)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        [{"up_to": 5, "per_10000": 1}],
        [{"up_to": None, "per_10000": 1}, {"up_to": 5, "per_10000": 2}],
        [{"up_to": 5, "per_10000": 1}, {"up_to": 4, "per_10000": 1}, {"per_10000": 2}],
        [{"up_to": 5, "per_10000": 1}, {"up_to": 5, "per_10000": 1}, {"per_10000": 2}],
        [{"per_10000": "1"}],
        [{"per_10000": 0.5}],
        [{"per_10000": 10_001}],
    ],
)
def test_rates_that_do_not_rise_to_an_end_are_no_rates(value: Any) -> None:
    with pytest.raises(StandardMalformed):
        brackets(value, BASIS)
