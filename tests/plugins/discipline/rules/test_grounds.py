"""The catalogue that ships: which ground comes to what, and what it takes."""

from pathlib import Path

import pytest
import yaml

import zhibu_discipline
from zhibu_discipline.rules.grounds import Ground, Kind, grounds

PARAMETERS = Path(zhibu_discipline.__file__).parent / "parameters" / "grounds.yaml"


@pytest.fixture(scope="module")
def present() -> dict[str, Ground]:
    """The grounds that hold since 2019, by their codes."""
    values = yaml.safe_load(PARAMETERS.read_text("utf-8"))["discipline.grounds"]["values"]
    return {each.code: each for each in grounds(values[max(values)]["value"])}


@pytest.mark.clause("S0-27")
def test_who_has_lost_ideals_and_conditions_is_removed(present: dict[str, Ground]) -> None:
    assert present["ideals_lost"].kind is Kind.REMOVAL


@pytest.mark.clause("S0-28")
def test_who_asks_to_withdraw_by_degeneration_is_removed_only_after_education(
    present: dict[str, Ground],
) -> None:
    ground = present["degenerate"]
    assert (ground.kind, ground.documents) == (Kind.REMOVAL, ("application", "education"))


@pytest.mark.clause("S0-30")
def test_religious_belief_is_helped_first_then_persuaded_then_removed_and_seen_by_few(
    present: dict[str, Ground],
) -> None:
    ground = present["religion"]
    assert (ground.kind, ground.documents) == (Kind.PERSUASION, ("education",))
    assert ground.restricted
    assert present["not_withdrawn"].after is Kind.PERSUASION


@pytest.mark.clause("EM-31")
def test_membership_ends_against_ones_will_on_six_grounds(present: dict[str, Ground]) -> None:
    six = ("ideals_lost", "religion", "degenerate", "threatens", "not_corrected", "inactive")
    first = (Kind.REMOVAL, Kind.PERSUASION, Kind.REMOVAL, Kind.PERSUASION, Kind.PERSUASION)
    assert tuple(present[code].kind for code in six) == (*first, Kind.GIVEN_UP)
    assert present["not_corrected"].after is Kind.CORRECTION
    assert present["not_withdrawn"].kind is Kind.REMOVAL
    assert (present["inactive"].months, present["inactive"].missed) == (6, True)


def test_a_word_of_the_institution_without_kind_and_clause_is_no_ground() -> None:
    assert grounds([{"code": "own", "zh": "自定", "en": "own"}]) == []
