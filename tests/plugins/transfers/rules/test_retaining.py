"""When somebody abroad is asked after, and when a stop is suggested."""

from datetime import date

import pytest

from zhibu_transfers.rules.matters import Span
from zhibu_transfers.rules.retaining import contact_by, stop_suggested_on

FIVE = Span(months=60, inclusive=False, basis=None)
STUDY = frozenset({"study"})


def test_contact_is_due_half_a_year_after_the_last_one_or_after_the_beginning() -> None:
    begun = date(2026, 8, 31)
    assert contact_by(begun, [], 6) == date(2027, 2, 28)
    assert contact_by(begun, [date(2026, 12, 1)], 6) == date(2027, 6, 1)
    assert contact_by(begun, [date(2026, 8, 1)], 6) == date(2027, 2, 28), "noted of before"


@pytest.mark.clause("S0-17")
def test_a_stop_is_suggested_the_day_after_the_years_abroad_and_only_for_their_purposes() -> None:
    began = date(2021, 6, 15)
    assert stop_suggested_on(began, "study", purposes=STUDY, abroad=FIVE) == date(2026, 6, 16)
    exactly = Span(months=60, inclusive=True, basis=None)
    assert stop_suggested_on(began, "study", purposes=STUDY, abroad=exactly) == date(2026, 6, 15)
    assert stop_suggested_on(began, "labour", purposes=STUDY, abroad=FIVE) is None
    last = stop_suggested_on(date.max, "study", purposes=STUDY, abroad=FIVE)
    assert last == date.max, "no day lies beyond the calendar"
