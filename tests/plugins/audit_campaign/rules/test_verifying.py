"""What the committee verifies of each kind of members, and what is left blank."""

from collections.abc import Mapping
from dataclasses import fields

import pytest

from zhibu_audit_campaign.errors import NumberDiffers, SituationUnsaid
from zhibu_audit_campaign.rules import verifying
from zhibu_audit_campaign.rules.plans import DATA, Line, Part
from zhibu_audit_campaign.rules.verifying import Situation, Verification

LOST = Line(
    part=Part.VERIFICATION,
    code="lost",
    zh="失联党员三个清楚",
    en="Lost members: three things clear",
    clause="S3B-07",
    data=("number", "duration", "circumstances"),
)
CLEAR = {"duration": "一年零两个月", "circumstances": "外出务工后无音讯"}


def refused(number: int, said: Mapping[str, str], count: int) -> list[type]:
    given = Verification(
        checks=[],
        situations=[Situation(code="lost", number=number, **said)],
        measures="逐人查找",
        ways="走访亲属",
        proposals="按程序处置",
    )
    found = verifying.verifying_refusals(
        given, checks=[], situations=[LOST], counts={"lost": count}
    )
    return [type(each) for each in found]


def test_what_a_plan_may_ask_for_is_what_a_verification_says() -> None:
    assert {each.name for each in fields(Situation)} - {"code"} == DATA


@pytest.mark.clause("S3B-07")
def test_number_duration_and_circumstances_of_the_lost_do_not_stay_blank() -> None:
    assert refused(2, CLEAR, 2) == []
    for blank in CLEAR:
        assert refused(2, {**CLEAR, blank: " "}, 2) == [SituationUnsaid], blank
    assert refused(1, {}, 2) == [NumberDiffers, SituationUnsaid]
    assert refused(0, {}, 0) == []
