"""What an organization's year is worth by each indicator."""

from dataclasses import replace
from decimal import Decimal

import pytest

from zhibu_education.rules.duties import Holder, held
from zhibu_education.rules.indicators import FORMULAS, Figures, reached, target_of, value_of

NOBODY = Figures(
    members=0,
    met=0,
    hours=Decimal(0),
    sessions=0,
    leaders=0,
    lectured=0,
    study_due=0,
    study_joined=0,
    plans_due=0,
    plans_made=0,
)
YEAR = replace(
    NOBODY,
    members=3,
    met=2,
    hours=Decimal("80.5"),
    sessions=4,
    leaders=2,
    lectured=1,
    study_due=8,
    study_joined=7,
    plans_due=1,
    plans_made=1,
)


@pytest.mark.clause("S2-27")
def test_shares_are_of_those_who_are_meant_and_nothing_of_nobody() -> None:
    assert {code: value_of(code, YEAR) for code in FORMULAS} == {
        "completion": Decimal("66.7"),
        "average_hours": Decimal("26.8"),
        "sessions_held": 4,
        "leaders_lectured": 50,
        "leaders_joined": Decimal("87.5"),
        "plans_made": 100,
    }
    assert {code for code in FORMULAS if value_of(code, NOBODY) is None} == {
        *FORMULAS,
    } - {"sessions_held"}
    assert value_of("satisfaction", YEAR) is None


def test_a_target_is_reached_or_missed_or_there_is_none() -> None:
    assert target_of({"code": "completion", "target": 90}) == 90
    assert target_of({"code": "completion", "target": "many"}) is None
    assert target_of({"code": "completion"}) is None
    assert reached(Decimal(90), Decimal(90)) is True
    assert reached(Decimal("89.9"), Decimal(90)) is False
    assert reached(None, Decimal(90)) is reached(Decimal(1), None) is None


@pytest.mark.clause("S2-28")
def test_a_duty_is_that_of_the_nearest_above_or_of_everybody_below() -> None:
    people = [
        Holder(name="甲", organization="校党委", path="1."),
        Holder(name="乙", organization="学院党委", path="1.2."),
        Holder(name="丙", organization="支部", path="1.2.3."),
    ]
    heads, carries = {"code": "heads"}, {"code": "carries_out", "below": True}
    assert [one.name for one in held(heads, "1.2.", people).holders] == ["乙"]
    assert [one.name for one in held(heads, "1.4.", people).holders] == ["甲"]
    assert [one.name for one in held(carries, "1.", people).holders] == ["乙", "丙"]
    assert held(carries, "1.4.", people).holders == ()
