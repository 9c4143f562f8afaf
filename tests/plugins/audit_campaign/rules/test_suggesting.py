"""What records suggest about a member, and what they do not."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from zhibu_audit_campaign.rules.plans import Line, Part
from zhibu_audit_campaign.rules.suggesting import LABELS, Known, Rule, suggestions

TODAY = date(2026, 7, 15)
LINES = {
    code: Line(part=Part.LABEL, code=code, zh=code, en=code, clause="S3D-07")
    for code in LABELS.values()
}


def raised(**known: Any) -> list[Rule]:
    found = suggestions(Known(member_id=UUID(int=1), **known), LINES, on=TODAY, months=6)
    return [each.rule for each in found]


@pytest.mark.clause("S3D-07")
def test_who_neither_pays_nor_comes_nor_was_heard_of_may_be_lost() -> None:
    assert raised(streak=6, expected=2) == [Rule.NO_SIGN]
    assert raised(streak=6, expected=2, heard_on=date(2026, 1, 14)) == [Rule.NO_SIGN]
    assert raised(streak=6, expected=2, away_since=date(2025, 1, 1)) == [Rule.NO_SIGN]


@pytest.mark.clause("S3D-07")
def test_who_was_heard_of_within_six_months_is_not_lost() -> None:
    assert raised(streak=6, expected=2, heard_on=date(2026, 1, 15)) == [
        Rule.SIX_MONTHS,
        Rule.IN_CONTACT,
    ]
    assert raised(streak=6, expected=2, excused_on=date(2026, 5, 1)) == [Rule.SIX_MONTHS]
    assert raised(streak=0, expected=2) == [Rule.SIX_MONTHS]


@pytest.mark.clause("S3D-07")
def test_any_of_life_and_dues_missed_for_six_months_is_looked_into() -> None:
    assert raised(streak=6, expected=2, attended_on=date(2026, 6, 1)) == [Rule.SIX_MONTHS]
    assert raised(streak=5, expected=2, attended_on=date(2026, 6, 1)) == []


def test_what_is_not_kept_proves_nothing() -> None:
    assert raised() == []
    assert raised(expected=0) == []
    assert raised(streak=7) == [Rule.SIX_MONTHS], "dues alone do not make anybody lost"
    assert raised(expected=3) == [Rule.SIX_MONTHS]


@pytest.mark.clause("S3A-01")
def test_who_is_away_at_a_fixed_place_for_six_months_hangs_and_others_float() -> None:
    assert raised(away_since=date(2026, 1, 15), fixed=True) == [Rule.FIXED_AWAY]
    assert raised(away_since=date(2026, 1, 16), fixed=True) == [Rule.AWAY]
    assert raised(away_since=date(2025, 1, 1)) == [Rule.AWAY]
    on_the_way = raised(away_since=date(2025, 1, 1), fixed=True, unreceipted=True)
    assert on_the_way == [Rule.AWAY], "the transfer is under way"


@pytest.mark.clause("S3B-05", "S3C-06", "S3D-04")
def test_who_is_away_for_long_floats_where_the_plan_calls_nobody_hanging() -> None:
    known = Known(member_id=UUID(int=1), away_since=date(2025, 1, 1), fixed=True)
    others = {code: line for code, line in LINES.items() if code != "hanging"}
    found = [each.label for each in suggestions(known, others, on=TODAY, months=6)]
    assert found == ["floating"]


@pytest.mark.clause("S3D-07")
def test_who_is_away_and_pays_nothing_for_six_months_is_looked_into_as_others_are() -> None:
    assert raised(away_since=date(2026, 5, 1), streak=6) == [Rule.SIX_MONTHS, Rule.AWAY]


@pytest.mark.clause("S3A-01")
def test_a_letter_that_nobody_handed_in_is_in_somebodys_pocket() -> None:
    assert raised(letter_until=date(2026, 6, 1)) == [Rule.LETTER_UNUSED]


def test_a_label_that_the_plan_does_not_have_is_not_suggested() -> None:
    known = Known(member_id=UUID(int=1), streak=6, expected=2)
    assert [*suggestions(known, {}, on=TODAY, months=6)] == []
    [found] = suggestions(known, LINES, on=TODAY, months=6)
    assert (found.label, found.clause) == ("lost", "S3D-07")


@pytest.mark.clause("S3A-01")
def test_who_is_in_contact_and_neither_pays_nor_comes_may_hide_being_a_member() -> None:
    away = {"away_since": date(2026, 5, 1)}
    missing = {"streak": 6, "expected": 2, "heard_on": date(2026, 7, 1)}
    assert raised(**missing, **away) == [Rule.SIX_MONTHS, Rule.AWAY, Rule.IN_CONTACT]
    assert raised(**{**missing, "streak": 0}, **away) == [Rule.AWAY]
    alive = [Rule.SIX_MONTHS, Rule.AWAY]
    assert raised(**missing, attended_on=date(2026, 6, 1), **away) == alive
    assert raised(**missing, excused_on=date(2026, 6, 1), **away) == alive


@pytest.mark.clause("S3D-07")
def test_whose_file_was_doubted_when_he_arrived_is_looked_into() -> None:
    assert raised(file_doubted=True) == [Rule.FILE_DOUBTED]
    assert raised(file_missing=1, file_doubtful=0) == [Rule.FILE_DOUBTED]
    assert raised(file_missing=0, file_doubtful=1) == [Rule.FILE_DOUBTED]
    assert raised(file_missing=0, file_doubtful=0) == [], "it was checked and is complete"
