"""How long before and after its day a deadline is brought to mind."""

from datetime import date, timedelta

import pytest

from zhibu.due.rules.leads import Leads, level

DAYS = [date(2023, 12, 15) + timedelta(days=n) for n in range(500)]  # through a leap year
HALF_YEAR = Leads.of([6], "months")


@pytest.mark.parametrize(
    ("due_on", "begins"),
    [
        (date(2026, 8, 31), date(2026, 2, 28)),
        (date(2024, 8, 31), date(2024, 2, 29)),
        (date(2026, 8, 30), date(2026, 2, 28)),
        (date(2026, 8, 27), date(2026, 2, 27)),
        (date(2026, 5, 31), date(2025, 11, 30)),
        (date(2026, 6, 30), date(2025, 12, 30)),
    ],
)
def test_six_months_before_is_the_same_day_or_the_last_of_a_shorter_month(
    due_on: date, begins: date
) -> None:
    assert HALF_YEAR.begins(due_on, 6) == begins
    assert HALF_YEAR.reach(begins, 6) >= due_on
    assert HALF_YEAR.reach(begins - timedelta(days=1), 6) < due_on


@pytest.mark.parametrize("months", [True, False])
@pytest.mark.parametrize("count", [0, 1, 6, 7, 12])
def test_what_is_within_reach_is_exactly_what_has_begun(months: bool, count: int) -> None:
    leads = Leads(counts=(count,), months=months)
    for day in DAYS:
        reach = leads.reach(day, count)
        assert leads.begins(reach, count) <= day < leads.begins(reach + timedelta(days=1), count)


def test_the_nearest_lead_that_was_reached_counts() -> None:
    leads = Leads.of([0, 7, 60, 30], "days")
    due_on = date(2026, 7, 1)
    found = [
        leads.nearest(due_on, due_on - timedelta(days=days)) for days in (61, 60, 31, 30, 7, 0, -9)
    ]
    assert found == [None, 60, 60, 30, 7, 0, 0]
    assert leads.horizon(date(2026, 7, 1)) == date(2026, 8, 30)


def test_nobody_above_hears_before_the_day_is_long_over_and_not_beyond_the_highest() -> None:
    due_on = date(2026, 7, 1)
    days = [-5, 0, 29, 30, 59, 60, 90, 500]
    found = [level(due_on, due_on + timedelta(days=day), after_days=30, highest=2) for day in days]
    assert found == [0, 0, 0, 1, 1, 2, 2, 2]
    assert level(due_on, due_on + timedelta(days=1), after_days=0, highest=2) == 2
