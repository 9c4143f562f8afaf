"""What suggests that a member be looked into: half a year of one duty, and each time of it."""

from datetime import date

import pytest

from zhibu.calendar import add_months
from zhibu_discipline.rules.grounds import Ground, Kind
from zhibu_discipline.rules.suggesting import (
    Mark,
    Reason,
    Recorded,
    Suggestion,
    suggestions,
    unbroken,
)

GROUND = Ground(
    code="inactive", zh="", en="", kind=Kind.GIVEN_UP, clause="S0-31", months=6, missed=True
)
FIRST = date(2026, 1, 31)
HALF = date(2026, 7, 31)


def absences(*days: date) -> list[Mark]:
    return [Mark(on=day, what="主题党日") for day in days]


def suggested(recorded: Recorded, today: date = HALF) -> list[Suggestion]:
    return [*suggestions(recorded, [], GROUND, today=today)]


@pytest.mark.clause("S0-31", "A-04", "S3D-07")
def test_meetings_missed_over_half_a_year_suggest_it_with_each_of_them() -> None:
    [found] = suggested(Recorded(meetings=absences(FIRST, date(2026, 4, 10), HALF)))
    assert (found.reason, found.ground, found.clause) == (Reason.LIFE, "inactive", "S0-31")
    assert (found.since, len(found.missed)) == (FIRST, 3)
    assert not suggested(Recorded(meetings=absences(FIRST, date(2026, 7, 30))))


@pytest.mark.clause("S0-31")
def test_one_meeting_missed_long_ago_proves_nothing() -> None:
    assert not suggested(Recorded(meetings=absences(date(2025, 1, 10))))


@pytest.mark.clause("S0-31", "A-04")
def test_six_months_of_dues_in_a_row_suggest_it_and_one_that_is_long_open_does_not() -> None:
    months = absences(*(add_months(date(2026, 1, 1), later) for later in range(6)))
    [found] = suggested(Recorded(months=months, streak=6))
    assert (found.reason, found.since, len(found.missed)) == (Reason.DUES, months[0].on, 6)
    assert not suggested(Recorded(months=months, streak=5))
    assert not suggested(Recorded(months=months[:1], streak=1))


@pytest.mark.clause("S0-31", "A-04")
def test_assigned_work_that_ended_undone_half_a_year_ago_suggests_it_unless_there_is_other() -> (
    None
):
    [found] = suggested(Recorded(work=absences(FIRST)))
    assert (found.reason, found.since) == (Reason.WORK, FIRST)
    assert not suggested(Recorded(work=absences(FIRST)), date(2026, 7, 30))
    goes_on = Mark(on=HALF, what="设岗定责", kept=True)
    assert not suggested(Recorded(work=[*absences(FIRST), goes_on]))


@pytest.mark.clause("S0-31")
def test_half_of_one_duty_and_half_of_another_are_not_half_a_year() -> None:
    late = absences(add_months(FIRST, 3), HALF)
    assert not suggested(Recorded(meetings=late, work=late, months=late, streak=2))


@pytest.mark.clause("S0-31")
def test_who_came_once_or_was_excused_begins_anew_and_what_is_not_recorded_proves_nothing() -> None:
    came = Mark(on=date(2026, 3, 1), what="支部大会", kept=True)
    [left] = unbroken([*absences(FIRST, date(2026, 5, 1)), came])
    assert left.on == date(2026, 5, 1)
    assert not suggested(Recorded())


@pytest.mark.clause("S1-14")
def test_what_was_noted_of_a_stay_away_is_a_suggestion_without_a_ground() -> None:
    [found] = suggestions(Recorded(), absences(FIRST), None, today=FIRST)
    assert (found.reason, found.clause, found.ground) == (Reason.AWAY, "S1-14", None)
