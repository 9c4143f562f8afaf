"""Nobody is in two places: stays that follow, that meet, and that are only planned."""

from typing import Any

UNIT = "query ($o: ID!) { organization(id: $o) { flowMembers { away incoming } } }"
WINTER = {"since": "2026-12-01", "until": "2027-03-01"}
LATE = {"talk": None, "lateReason": "补录", "host": None}


async def test_who_goes_next_winter_is_not_away_and_goes_away_in_summer_before(flow: Any) -> None:
    winter = await flow.recorded(**WINTER)
    assert await flow.cases("secretary", "id", filter="away: true") == []
    assert await flow.arrivals("host", "id", filter="here: true") == []
    answer = await flow.at.ask("municipal", UNIT, {"o": flow.at.id("root")})
    assert answer["data"]["organization"]["flowMembers"] == {"away": 0, "incoming": 0}
    for meets in ({"until": "2026-12-02"}, {"certainty": "UNCERTAIN", "until": None}):
        refused = await flow.refused("secretary", "CaseRecord", flow.case(**meets))
        assert refused == ["already_away"]
    summer = await flow.recorded()
    longer = {"case": summer, "until": "2026-12-02", "reason": "延长"}
    assert await flow.refused("secretary", "CaseChange", longer) == ["already_away"]
    sooner = {"case": winter, "since": "2026-09-13", "reason": "提前"}
    assert await flow.refused("secretary", "CaseChange", sooner) == ["already_away"]
    assert [row["id"] for row in await flow.cases("secretary", "id", filter="away: true")] == [
        summer
    ]
    await flow.at.later(days=180)  # nobody said that he came back, and now he is there
    assert [row["id"] for row in await flow.cases("secretary", "id", filter="away: true")] == [
        winter
    ]
    end = {"case": summer, "on": "2026-12-05", "ending": "RETURNED"}
    assert await flow.refused("secretary", "CaseEnd", end) == ["already_away"]
    await flow.done("secretary", "CaseEnd", {**end, "on": "2026-11-30"})


async def test_what_is_entered_late_meets_no_other_stay(flow: Any) -> None:
    await flow.at.later(days=26)  # July 11
    case = await flow.recorded(since="2026-05-01", until="2026-07-20", **LATE)
    await flow.done(
        "secretary", "CaseEnd", {"case": case, "on": "2026-07-05", "ending": "MOVED_ON"}
    )
    meets = flow.case(since="2026-05-10", until="2026-08-10", **LATE)
    assert await flow.refused("secretary", "CaseRecord", meets) == ["already_away"]
    await flow.recorded(since="2026-07-05", until="2026-08-10", **LATE)
