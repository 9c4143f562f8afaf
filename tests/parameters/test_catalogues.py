"""Words of a catalogue are added, renamed and retired from a day on, for one subtree."""

from typing import Any

import pytest

from zhibu.parameters.catalogues import amended, unknown
from zhibu.testing.house import Institution

AMEND = """mutation ($input: CatalogueAmendInput!) { catalogueAmend(input: $input) {
  override userErrors { code message path } } }"""
WORDS = """query ($o: ID, $on: Date) { parameter(name: "education.topics", organization: $o,
  on: $on) { value } }"""
LOCAL = {"code": "hometown", "zh": "家乡革命史", "en": "Local history"}
OLD = [{"code": "a", "zh": "甲", "en": "A"}, {"code": "b", "zh": "乙", "en": "B"}]


def test_a_renamed_word_keeps_its_place_and_a_retired_one_is_gone() -> None:
    renamed = {"code": "a", "zh": "甲一", "en": "A1"}
    assert amended(OLD, add=[LOCAL, renamed], retire=["b"]) == [renamed, LOCAL]
    assert unknown(OLD, ["b", "c"]) == ["c"]


@pytest.fixture
async def keeper(institution: Institution) -> Institution:
    await institution.account("head", "committee_secretary", "committee")
    return institution


def given(institution: Institution, unit: str = "committee", **changes: Any) -> dict[str, Any]:
    values = {
        "organization": institution.id(unit),
        "name": "education.topics",
        "since": "2026-06-01",
        "reason": "本地教育资源",
        "add": [LOCAL],
    }
    return {"input": {**values, **changes}}


async def amend(institution: Institution, **changes: Any) -> list[str]:
    answer = await institution.ask("head", AMEND, given(institution, **changes))
    found = answer["data"]["catalogueAmend"]["userErrors"]
    assert all("{" not in error["message"] for error in found)
    return [error["code"] for error in found]


async def words(institution: Institution, unit: str, on: str = "2026-06-15") -> list[str]:
    here = {"o": institution.id(unit), "on": on}
    answer = await institution.ask("municipal", WORDS, here)
    return [word["code"] for word in answer["data"]["parameter"]["value"]]


async def test_who_may_not_set_rules_changes_no_catalogue(keeper: Institution) -> None:
    for login, code in (
        ("officer", "FORBIDDEN"),
        ("secretary", "NOT_FOUND"),
        ("rival", "NOT_FOUND"),
    ):
        answer = await keeper.ask(login, AMEND, given(keeper))
        assert answer["errors"][0]["extensions"]["code"] == code
    nobody = await keeper.house.ask(AMEND, given(keeper))
    assert nobody["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert "hometown" not in await words(keeper, "branch")


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"name": "education.nothing"}, ["core.parameter_unknown"]),
        ({"name": "education.hours_required"}, ["core.no_catalogue"]),
        ({"add": [], "retire": ["astrology"]}, ["core.catalogue_word_unknown"]),
        ({"add": []}, ["core.catalogue_unchanged"]),
        ({"add": [{"code": "x"}]}, ["core.parameter_value_invalid"]),
        ({"add": ["x"]}, ["core.parameter_value_invalid"]),
        ({"reason": " "}, ["core.parameter_reason_missing"]),
        ({"since": "1990-01-01"}, ["core.parameter_too_early"]),
    ],
)
async def test_what_cannot_be_amended_is_refused_and_nothing_changes(
    keeper: Institution, changes: dict[str, Any], codes: list[str]
) -> None:
    before = await words(keeper, "branch")
    assert await amend(keeper, **changes) == codes
    assert await words(keeper, "branch") == before


@pytest.mark.clause("S0-03", "S2-01")
async def test_a_word_is_added_and_retired_from_a_day_on_and_only_below(
    keeper: Institution,
) -> None:
    before = await words(keeper, "branch")
    assert await amend(keeper) == []
    assert await words(keeper, "branch") == [*before, "hometown"]
    assert await words(keeper, "branch", "2026-05-31") == before
    assert await words(keeper, "far") == before
    assert await amend(keeper, add=[], retire=["hometown"], since="2026-06-10") == []
    assert await words(keeper, "branch", "2026-06-09") == [*before, "hometown"]
    assert await words(keeper, "branch") == before


async def test_a_second_change_on_the_same_day_joins_the_first_and_later_days_follow(
    keeper: Institution,
) -> None:
    before = await words(keeper, "branch")
    assert await amend(keeper, since="2026-06-10") == []
    other = {"code": "model_workers", "zh": "劳模精神", "en": "Model workers"}
    assert await amend(keeper, add=[other]) == []
    assert await amend(keeper, add=[], retire=[before[0]]) == []
    assert await words(keeper, "branch", "2026-06-09") == [*before[1:], "model_workers"]
    assert await words(keeper, "branch") == [*before[1:], "hometown", "model_workers"]
