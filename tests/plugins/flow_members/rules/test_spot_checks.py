"""Who is drawn for a spot check, and that the draw can be repeated."""

from uuid import UUID

import pytest

from zhibu.lots import drawn
from zhibu_flow_members.rules.spot_checks import Unit, ranked

UNITS = [Unit(id=UUID(int=number), members=number) for number in range(1, 9)]


def test_units_are_ranked_by_their_floating_members_and_few_are_no_concentration() -> None:
    assert [unit.members for unit in ranked(UNITS, least=3)] == [8, 7, 6, 5, 4, 3]


@pytest.mark.clause("S1-41")
def test_the_same_seed_draws_the_same_units_and_another_one_others() -> None:
    ranking = [unit.id for unit in ranked(UNITS, least=1)]
    first = drawn(ranking, 3, "2026")
    assert len(first) == 3
    assert drawn(list(reversed(ranking)), 3, "2026") == first
    assert {drawn(ranking, 3, str(seed)) for seed in range(20)} != {first}
    assert len(drawn(ranking, 99, "2026")) == len(UNITS)
