"""What scoring learns of punishments that were recorded while it could propose nothing."""

from datetime import date
from typing import Any

import pytest
from tests.plugins.discipline.test_referrals import answered, referred

from zhibu.parameters.service import override

ENTRIES = """query ($o: ID!) { scoringEntries(organization: $o, year: 2026, first: 9) {
  nodes { item state } } }"""
STANDS = "query ($id: ID!) { node(id: $id) { ... on DisciplineReferral { state } } }"


async def night(discipline: Any, *, days: int = 1) -> None:
    await discipline.at.later(days=days)
    jobs = discipline.at.house.platform.jobs
    await jobs.tick()
    await jobs.run_waiting()


async def entries(discipline: Any) -> list[tuple[str, str]]:
    answer = await discipline.at.ask("officer", ENTRIES, {"o": discipline.at.id("branch")})
    assert "errors" not in answer, answer
    nodes = answer["data"]["scoringEntries"]["nodes"]
    return [(node["item"], node["state"]) for node in nodes]


@pytest.mark.clause("S4-61")
async def test_a_punishment_recorded_while_scoring_was_off_is_proposed_the_night_after_and_once(
    discipline: Any,
) -> None:
    await discipline.at.switch("scoring", False)
    await answered(discipline, await referred(discipline))
    await night(discipline)
    await discipline.at.switch("scoring", True)
    assert await entries(discipline) == []
    await night(discipline)
    assert await entries(discipline) == [("warning", "DECLARED")]
    await night(discipline)
    assert await entries(discipline) == [("warning", "DECLARED")]


@pytest.mark.clause("S4-61")
async def test_a_scheme_that_cannot_be_read_keeps_no_punishment_from_being_recorded(
    discipline: Any,
) -> None:
    await discipline.at.switch("scoring", True)
    word = {"code": "warning", "zh": "警告", "en": "Warning", "part": "minus", "number": 1}
    await scheme(discipline, [{**word, "points": "1.555"}])
    id = await referred(discipline)
    await answered(discipline, id)
    answer = await discipline.at.ask("officer", STANDS, {"id": id})
    assert answer["data"]["node"]["state"] == "ANSWERED"
    assert await entries(discipline) == []
    await scheme(discipline, [{**word, "points": 10}], "branch")
    await night(discipline)
    assert await entries(discipline) == [("warning", "DECLARED")]


async def scheme(discipline: Any, words: list[dict[str, Any]], at: str = "root") -> None:
    async with discipline.at.operator() as act:
        unit = discipline.at.units[at].id
        await override(act, unit, "scoring.scheme", date(2026, 1, 1), words, "本单位规定")
