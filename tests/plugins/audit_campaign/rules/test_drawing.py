"""Who is sampled: a share of every kind and size, and the same again by the same seed."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from zhibu.basis import Basis
from zhibu_audit_campaign.errors import (
    DayUnfit,
    NobodyToCheck,
    PercentUnfit,
    SampledAlready,
    StateUnfit,
    Unsaid,
)
from zhibu_audit_campaign.rules import drawing
from zhibu_audit_campaign.rules.campaigns import State
from zhibu_audit_campaign.rules.drawing import Branch, Found, Least, Sampled

BANDS = (10, 30, 50)
LEAST = Least(percent=10, basis=Basis(document="方案", article="二5", value="10%"))
BRANCHES = [
    Branch(
        id=UUID(int=number),
        organization_id=UUID(int=number),
        kind="branch" if number % 3 else "joint_branch",
        size=number,
    )
    for number in range(1, 61)
]


@pytest.mark.clause("S3A-22")
@pytest.mark.parametrize("percent", [10, 15, 33, 100])
def test_at_least_the_share_is_drawn_and_of_every_kind_and_size(percent: int) -> None:
    found = drawing.sample(BRANCHES, percent, BANDS, "2026")
    assert len(found) * 100 >= len(BRANCHES) * percent
    assert set(found.values()) == {drawing.stratum(each, BANDS) for each in BRANCHES}
    assert len({*found.values()}) == 8


@pytest.mark.clause("S3A-22", "S3B-16")
def test_the_same_seed_draws_the_same_branches_and_another_one_others() -> None:
    first = drawing.sample(BRANCHES, 10, BANDS, "2026")
    assert drawing.sample([*reversed(BRANCHES)], 10, BANDS, "2026") == first
    others = [drawing.sample(BRANCHES, 10, BANDS, str(seed)) for seed in range(20)]
    assert any(each.keys() != first.keys() for each in others)


@pytest.mark.clause("S3A-22")
def test_fewer_than_a_tenth_or_more_than_all_are_not_drawn() -> None:
    def refused(percent: int, branches: Any = BRANCHES) -> list[type]:
        return [type(each) for each in drawing.drawing_refusals(branches, percent, LEAST)]

    assert refused(9) == [PercentUnfit]
    assert refused(101) == [PercentUnfit]
    assert refused(10) == []
    assert refused(10, []) == [NobodyToCheck]


SAMPLED = Sampled(
    id=UUID(int=1),
    path="1.",
    campaign_state=State.OPEN,
    drawn_on=date(2026, 6, 1),
    checked_on=None,
    lost=1,
    hanging=0,
    floating=2,
)
FOUND = Found(on=date(2026, 6, 15), people=5, lost=1, hanging=0, floating=2, remark="属实")


def test_what_was_found_is_told_once_and_of_a_day_since_the_draw() -> None:
    again = replace(SAMPLED, checked_on=FOUND.on)
    early = replace(FOUND, on=date(2026, 5, 31), people=0, remark=" ")

    def refused(of: Sampled, found: Found) -> list[type]:
        return [type(each) for each in drawing.finding_refusals(of, found, today=FOUND.on)]

    assert refused(SAMPLED, FOUND) == []
    assert refused(again, FOUND) == [SampledAlready]
    assert refused(replace(SAMPLED, campaign_state=State.ENDED), FOUND) == [StateUnfit]
    assert refused(SAMPLED, early) == [DayUnfit, Unsaid, Unsaid]
    assert drawing.agrees(SAMPLED, FOUND)
    assert not drawing.agrees(SAMPLED, replace(FOUND, lost=2))
