"""The gap, the pace and the outlook of a year."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from zhibu_education.rules.standing import (
    Hours,
    average,
    behind,
    expected,
    projected,
    share,
    will_miss,
)

CASES = yaml.safe_load(Path(__file__).with_name("standing.yaml").read_text("utf-8"))
amounts = st.decimals(0, 64, places=2)


@pytest.mark.clause("S2-06", "S0-36")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_where_a_member_stands(case: dict[str, Any]) -> None:
    required, verified, pending, enrolled = (Decimal(str(value)) for value in case["hours"])
    hours = Hours(required=required, verified=verified, pending=pending, enrolled=enrolled)
    on = case["day"]
    found = {
        "gap": hours.gap,
        "met": hours.met,
        "expected": expected(required, 2026, on),
        "behind": behind(hours, 2026, on),
        "will_miss": will_miss(hours, 2026, on),
        "projected": projected(hours, 2026, on),
    }
    wanted = {
        key: value if isinstance(value, bool) else Decimal(str(value))
        for key, value in case["expect"].items()
    }
    assert found == wanted


@given(amounts, amounts, amounts, amounts, st.dates(date(2025, 12, 1), date(2027, 1, 31)))
def test_whoever_has_met_the_year_never_misses_it(
    required: Decimal, verified: Decimal, pending: Decimal, enrolled: Decimal, on: date
) -> None:
    hours = Hours(required=required, verified=verified, pending=pending, enrolled=enrolled)
    if hours.met:
        assert not will_miss(hours, 2026, on)
        assert hours.gap == 0


@given(amounts, amounts, amounts, st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_more_verified_hours_never_make_the_outlook_worse(
    required: Decimal, verified: Decimal, more: Decimal, on: date
) -> None:
    before = Hours(required=required, verified=verified)
    after = Hours(required=required, verified=verified + more)
    assert will_miss(before, 2026, on) or not will_miss(after, 2026, on)


def test_a_leap_year_has_one_day_more() -> None:
    assert expected(Decimal(366), 2028, date(2028, 2, 29)) == 60
    assert expected(Decimal(365), 2026, date(2026, 3, 1)) == 60


@pytest.mark.clause("S2-27")
def test_indicators_of_nobody_are_nothing() -> None:
    assert share(0, 0) is None
    assert average(Decimal(0), 0) is None
    assert share(1, 3) == Decimal("33.3")
    assert average(Decimal(100), 3) == Decimal("33.3")
