"""The scheme that ships is the sheet of annex 2."""

from decimal import Decimal
from pathlib import Path

import pytest

import zhibu_scoring
from zhibu.basis import Basis
from zhibu.parameters import definitions
from zhibu_scoring.rules.schemes import Item, Part, Scheme, scheme

FOLDER = Path(zhibu_scoring.__file__).parent / "parameters"
SHEET = {
    **{1: [20], 2: [10], 3: [10], 4: [30], 5: [15], 6: [15]},
    **{7: [2], 8: [3], 9: [5], 10: [5], 11: [10], 12: [3], 13: [5, 10, 20, 30], 14: [3]},
    **{15: [3, 5], 16: [3, 2], 17: [3], 18: [10, 5], 19: [10, 5], 20: [5], 21: [10]},
    **{22: [10, 20, 30, 40], 23: [3, 5]},
}


def shipped() -> Scheme:
    [value] = definitions.load({"scoring": FOLDER})["scoring.scheme"].values
    return scheme(value.value, Basis(document=value.document, article=value.article, value=""))


def of(*parts: Part) -> list[Item]:
    return [item for item in shipped().items.values() if item.part in parts]


@pytest.mark.clause(*(f"S4-{number}" for number in range(38, 63) if number not in (52, 54, 55, 56)))
def test_the_twenty_three_items_have_the_points_of_annex_2() -> None:
    found: dict[int, list[Decimal]] = {}
    for item in of(Part.BASE, Part.PLUS, Part.MINUS):
        found.setdefault(item.number, []).append(item.points)
    assert found == SHEET
    assert {item.number for item in of(Part.BASE)} == set(range(1, 7))
    assert {item.number for item in of(Part.PLUS)} == set(range(7, 15))


@pytest.mark.clause("S4-15", "S4-16", "S4-52")
def test_the_base_is_a_hundred_six_vetoes_are_listed_and_nothing_is_capped() -> None:
    assert shipped().base == 100
    assert [item.number for item in of(Part.VETO)] == [1, 2, 3, 4, 5, 6]
    assert all(item.most is None for item in shipped().items.values())
