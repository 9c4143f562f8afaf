"""Calendar months: clamped to the end of the month, and to the calendar itself."""

from datetime import date

import pytest

from zhibu.calendar import add_months


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
        (date(9999, 12, 15), 1, date.max),
        (date(2026, 6, 15), 1_156_246, date.max),
        (date(1, 1, 15), -1, date.min),
        (date(2026, 6, 15), -2_000_000_000, date.min),
    ],
)
def test_months_are_added_by_the_calendar_and_never_leave_it(
    day: date, months: int, found: date
) -> None:
    assert add_months(day, months) == found
