"""Months as letters write them, so that nobody alters them with a stroke."""

from datetime import date

import pytest

from zhibu_transfers.rules.capitals import capital_month


@pytest.mark.parametrize(
    ("month", "written"),
    [
        (1, "贰零贰陆年零壹月"),
        (6, "贰零贰陆年陆月"),
        (10, "贰零贰陆年零壹拾月"),
        (12, "贰零贰陆年壹拾贰月"),
    ],
)
def test_a_month_is_written_in_capitals(month: int, written: str) -> None:
    assert capital_month(date(2026, month, 1)) == written
