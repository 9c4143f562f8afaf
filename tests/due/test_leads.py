"""How long before and after its day a deadline is brought to mind."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from zhibu.due.rules.leads import Leads, brought_up

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


def first(reached: Sequence[tuple[date, int]], due_on: date) -> int | None:
    """What a deadline has reached: the first entry that it lies before."""
    return next((found for last, found in reached if due_on <= last), None)


def test_the_nearest_lead_that_was_reached_counts() -> None:
    leads = Leads.of([0, 7, 60, 30], "days")
    due_on = date(2026, 7, 1)
    before = (61, 60, 31, 30, 7, 0, -9)
    found = [first(leads.reached(due_on - timedelta(days=days)), due_on) for days in before]
    assert found == [None, 60, 60, 30, 7, 0, 0]
    assert leads.horizon(due_on) == date(2026, 8, 30)
    assert Leads.of([], "days").horizon(due_on) == due_on


def test_nobody_above_hears_before_the_day_is_long_over_and_not_beyond_the_highest() -> None:
    due_on = date(2026, 7, 1)
    found = [
        first(brought_up(due_on + timedelta(days=day), after_days=30, highest=2), due_on)
        for day in (-5, 0, 29, 30, 59, 60, 90, 500)
    ]
    assert found == [None, None, None, 1, 1, 2, 2, 2]
    at_once = [brought_up(due_on + timedelta(days=day), after_days=0, highest=2) for day in (0, 1)]
    assert [first(each, due_on) for each in at_once] == [None, 2]
    assert brought_up(due_on, after_days=30, highest=0) == ()
