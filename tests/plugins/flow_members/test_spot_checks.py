"""Yearly spot checks where floating members are many."""

from typing import Any

import pytest

LONG = {"certainty": "UNCERTAIN", "until": None, "talk": None, "lateReason": "补录"}


@pytest.mark.clause("S1-41")
async def test_the_level_above_draws_once_a_year_from_where_many_are(flow: Any) -> None:
    draw = {"organization": flow.at.id("district"), "count": 1}
    for who in (flow.me, flow.peer):
        await flow.recorded(member=flow.id(who), since="2025-12-01", **LONG)
    assert await flow.refused("officer", "SpotCheckDraw", draw) == ["NOT_FOUND"]
    assert await flow.refused("district", "SpotCheckDraw", {**draw, "count": 0}) == [
        "count_invalid",
        "nobody_to_draw",
    ]
    await flow.recorded(member=flow.id(await flow.at.member()), since="2025-12-01", **LONG)
    shown = "check { seed year units { id rank members drawn unit { code } } }"
    payload = await flow.done("district", "SpotCheckDraw", draw, shown)
    [unit] = payload["check"]["units"]
    assert len(payload["check"]["seed"]) == 32, "nobody chooses it"
    chosen = {**draw, "seed": "2026-06-15"}
    assert (await flow.answer("district", "SpotCheckDraw", chosen))["errors"], "nor may anybody"
    assert (unit["rank"], unit["members"], unit["drawn"]) == (1, 3, True)
    assert unit["unit"] == {"code": "COMMITTEE"}
    assert await flow.refused("district", "SpotCheckDraw", draw) == ["drawn_already"]
    told = {"unit": unit["id"], "on": "2026-06-15", "result": "台账齐全，联系到位"}
    for wrong, codes in (
        ({"result": " "}, ["note_unsaid"]),
        ({"on": "2026-06-16"}, ["not_yet"]),
        ({"on": "2026-06-14"}, ["dates_reversed"]),
    ):
        assert await flow.refused("district", "SpotCheckFind", {**told, **wrong}) == codes
    await flow.done("district", "SpotCheckFind", told)
    assert await flow.refused("district", "SpotCheckFind", told) == ["reason_missing"]
