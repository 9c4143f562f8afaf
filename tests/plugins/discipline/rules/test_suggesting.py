"""What suggests that a member be looked into: half a year of one duty, and each time of it."""

from datetime import date

import pytest

from zhibu.calendar import add_months
from zhibu_discipline.rules.grounds import Ground, Kind, Missed
from zhibu_discipline.rules.suggesting import Mark, Reason, months_in_a_row, suggestions, unbroken

GROUND = Ground(
    code="inactive", zh="", en="", kind=Kind.GIVEN_UP, clause="S0-31", months=6, missed=True
)
FIRST = date(2026, 1, 31)
HALF = date(2026, 7, 31)


def absences(*days: date) -> list[Mark]:
    return [Mark(on=day, what="主题党日") for day in days]


@pytest.mark.clause("S0-31", "A-04", "S3D-07")
@pytest.mark.parametrize("duty", [*Missed])
def test_half_a_year_of_any_one_duty_suggests_it_with_each_thing_missed(duty: Missed) -> None:
    marks = {duty: absences(FIRST, date(2026, 4, 10))}
    [found] = suggestions(marks, [], GROUND, today=HALF)
    assert (found.reason, found.ground, found.clause) == (Reason(duty.value), "inactive", "S0-31")
    assert (found.since, len(found.missed)) == (FIRST, 2)
    assert not [*suggestions(marks, [], GROUND, today=date(2026, 7, 30))]


@pytest.mark.clause("S0-31")
def test_half_of_one_duty_and_half_of_another_are_not_half_a_year() -> None:
    late = absences(add_months(FIRST, 3))
    marks = {Missed.LIFE: absences(FIRST), Missed.DUES: late}
    [found] = suggestions(marks, [], GROUND, today=HALF)
    assert found.reason is Reason.LIFE
    marks = {Missed.LIFE: late, Missed.DUES: late, Missed.WORK: late}
    assert not [*suggestions(marks, [], GROUND, today=HALF)]


@pytest.mark.clause("S0-31")
def test_who_came_once_or_was_excused_begins_anew_and_what_is_not_recorded_proves_nothing() -> None:
    came = Mark(on=date(2026, 3, 1), what="支部大会", kept=True)
    [left] = unbroken([*absences(FIRST, date(2026, 5, 1)), came])
    assert left.on == date(2026, 5, 1)
    assert not [*suggestions({Missed.LIFE: []}, [], GROUND, today=HALF)]


@pytest.mark.clause("S0-31")
def test_months_without_dues_are_in_a_row_or_begin_anew() -> None:
    january, march = date(2026, 1, 1), date(2026, 3, 1)
    april = date(2026, 4, 1)
    found = months_in_a_row(absences(april, january, march))
    assert [mark.on for mark in found] == [march, april]


@pytest.mark.clause("S1-14")
def test_what_was_noted_of_a_stay_away_is_a_suggestion_without_a_ground() -> None:
    [found] = suggestions({}, absences(FIRST), None, today=FIRST)
    assert (found.reason, found.clause, found.ground) == (Reason.AWAY, "S1-14", None)
