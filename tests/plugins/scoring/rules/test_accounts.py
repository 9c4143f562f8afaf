"""The arithmetic of a year, whatever was recorded."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibu.basis import Basis
from zhibu_scoring.errors import SchemeMalformed
from zhibu_scoring.rules.accounts import Account, Standing, Sum, account, standing
from zhibu_scoring.rules.schemes import Part, scheme

BASE = Decimal(100)
BASIS = Basis(document="办法", article="附件2", value="")
POINTS = st.decimals(min_value=0, max_value=60, places=2)
SUMS = st.lists(
    st.builds(
        Sum,
        part=st.sampled_from([Part.PLUS, Part.MINUS, Part.VETO]),
        item=st.sampled_from("abcd"),
        points=POINTS,
        count=st.just(1),
    ),
    max_size=12,
)


def reckoned(sums: Sequence[Sum]) -> Account:
    return account(BASE, {}, sums)


@pytest.mark.clause("A-20")
@given(SUMS)
def test_the_total_is_base_less_minus_down_to_nothing_and_plus_or_nothing_under_a_veto(
    sums: list[Sum],
) -> None:
    plus = sum((s.points for s in sums if s.part is Part.PLUS), Decimal(0))
    minus = sum((s.points for s in sums if s.part is Part.MINUS), Decimal(0))
    vetoed = any(s.part is Part.VETO for s in sums)
    assert reckoned(sums).total == (0 if vetoed else 100 - min(minus, 100) + plus)


@given(SUMS, st.randoms())
def test_order_does_not_matter(sums: list[Sum], random: Random) -> None:
    shuffled = random.sample(sums, len(sums))
    assert reckoned(shuffled) == reckoned(sums)


@given(SUMS, SUMS)
def test_reversing_restores(sums: list[Sum], more: list[Sum]) -> None:
    back = [
        Sum(part=each.part, item=each.item, points=-each.points, count=-each.count) for each in more
    ]
    assert reckoned([*sums, *more, *back]) == reckoned(sums)


def test_a_limited_item_counts_for_its_limit_at_most() -> None:
    one = [Sum(part=Part.PLUS, item="a", points=Decimal(9), count=3)]
    assert account(BASE, {"a": Decimal(5)}, one).plus == 5


@pytest.mark.parametrize(
    ("admitted", "left", "exempt", "stands"),
    [
        (date(2020, 1, 1), None, False, Standing.COUNTED),
        (date(2026, 12, 31), None, False, Standing.COUNTED),
        (date(2027, 1, 1), None, False, Standing.NOT_A_MEMBER),
        (date(2020, 1, 1), date(2026, 1, 1), True, Standing.NOT_A_MEMBER),
        (date(2020, 1, 1), date(2026, 1, 2), False, Standing.COUNTED),
        (date(2020, 1, 1), None, True, Standing.EXEMPT),
    ],
)
def test_a_day_of_membership_makes_a_year(
    admitted: date, left: date | None, exempt: bool, stands: Standing
) -> None:
    assert standing(2026, admitted, left, exempt=exempt) is stands


@pytest.mark.parametrize(
    "wrong",
    [
        {"part": "bonus"},
        {"number": "七"},
        {"number": True},
        {"points": "1.555"},
        {"points": -1},
        {"points": "NaN"},
        {"points": 1.5},
        {"most": "x"},
        {"code": "a b"},
    ],
)
def test_a_scheme_says_which_item_cannot_be_reckoned_by(wrong: dict[str, object]) -> None:
    word = {"code": "a", "zh": "甲", "en": "a", "part": "plus", "number": 7, "points": 2, **wrong}
    with pytest.raises(SchemeMalformed) as raised:
        scheme([word], BASIS)
    assert raised.value.facts["item"] == word["code"]
