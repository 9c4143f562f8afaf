"""The periods of a year, without a database."""

from datetime import date
from itertools import pairwise

import pytest

from zhibu.calendar import YearInvalid, checked_year
from zhibu_organization_life.rules.periods import periods


@pytest.mark.parametrize(("months", "count"), [(1, 12), (3, 4), (6, 2), (12, 1), (5, 3)])
def test_periods_part_the_year_without_gap_or_overlap(months: int, count: int) -> None:
    found = periods(2026, months)
    assert len(found) == count
    assert (found[0].first, found[-1].last) == (date(2026, 1, 1), date(2026, 12, 31))
    for before, after in pairwise(found):
        assert (after.first - before.last).days == 1


def test_a_month_ends_on_its_last_day_in_a_leap_year_too() -> None:
    assert periods(2028, 1)[1].last == date(2028, 2, 29)


@pytest.mark.parametrize("year", [0, 1948, 2200])
def test_a_year_that_cannot_be_meant_is_refused(year: int) -> None:
    with pytest.raises(YearInvalid):
        checked_year(year)
