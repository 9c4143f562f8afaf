"""Objections on paper: handed in while the notice ran, entered whenever it is."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from zhibu_scoring.rules.objections import Written, entering_refusals, raising_refusals
from zhibu_scoring.rules.years import Stand, Year

ME, STRANGER = UUID(int=1), UUID(int=2)
YEAR = Year(
    id=UUID(int=3),
    organization_id=UUID(int=4),
    year=2026,
    stand=Stand.NOTICED,
    drawn_up_on=date(2027, 1, 4),
    held_on=date(2027, 1, 4),
    decided_by=None,
    reviewed_on=date(2027, 1, 4),
    noticed_on=date(2027, 1, 4),
    notice_until=date(2027, 1, 11),
    noticed_late=False,
    reopened=False,
)


def codes(stand: Stand = Stand.NOTICED, **changes: Any) -> list[str]:
    """Of a notice from the fourth to the eleventh of January, on the twentieth."""
    year = replace(YEAR, stand=stand)
    given = {
        "member_id": ME,
        "raiser_id": None,
        "body": "漏记一项",
        "handed_in_on": date(2027, 1, 11),
        "reason": "书面提出",
    }
    written = Written(**{**given, **changes})
    found = entering_refusals(year, written, {ME}, date(2027, 1, 20))
    return [each.code.removeprefix("scoring.") for each in found]


@pytest.mark.clause("S4-32")
def test_what_was_handed_in_during_the_notice_is_entered_later_with_its_day_and_why() -> None:
    for stand in (Stand.NOTICED, Stand.CONCLUDED):
        assert codes(stand) == []
        assert codes(stand, handed_in_on=date(2027, 1, 4)) == []
    assert codes(reason=" ") == ["reason_missing"]
    assert codes(body="", member_id=STRANGER) == ["not_in_year", "body_missing"]


@pytest.mark.clause("S4-32")
def test_nothing_is_handed_in_outside_the_days_of_the_notice() -> None:
    for day in (date(2027, 1, 3), date(2027, 1, 12)):
        assert codes(handed_in_on=day) == ["outside_notice"]
    assert codes(handed_in_on=date(2027, 1, 21)) == ["not_yet_happened"]
    for stand in (Stand.DRAWN_UP, Stand.DECIDED, Stand.RETURNED, Stand.REVIEWED):
        assert codes(stand) == ["not_noticed"]


@pytest.mark.clause("S4-32")
def test_a_year_that_was_reopened_takes_objections_on_paper_only() -> None:
    def raised(**changes: bool) -> list[str]:
        found = raising_refusals(replace(YEAR, **changes), ME, {ME}, "漏记一项", date(2027, 1, 20))
        return [each.code.removeprefix("scoring.") for each in found]

    assert raised(noticed_late=True) == []
    assert raised(noticed_late=True, reopened=True) == ["not_noticed"]
