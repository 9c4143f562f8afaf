"""The city draws in rounds, sector by sector, besides the draw of each district."""

from typing import Any

import pytest

from zhibu.identifiers import row_of
from zhibu_audit_campaign.rules.drawing import Branch, sample

DRAWN = "draw { id seed percent sector among branches samples { organization { name } } }"


@pytest.mark.clause("S3A-32")
async def test_a_round_is_drawn_among_the_branches_of_a_weak_sector_and_drawn_again(
    audit: Any,
) -> None:
    campaign = await audit.opened()
    district = await audit.audited(campaign, "district", "district")
    ids = [await audit.audited(campaign, at, "district") for at in ("branch", "far")]
    given = {"audited": district, "sector": "non_public", "among": ids[:1]}
    assert await audit.refused("officer", "Draw", given) == ["NOT_FOUND"]
    wrong = {**given, "sector": "moon", "among": [district]}
    assert await audit.refused("municipal", "Draw", wrong) == [
        *("sector_unknown", "branches_unknown", "nobody_to_check"),
    ]
    for sector in ("non_public", "villages"):
        drawn = await audit.done("municipal", "Draw", {**given, "sector": sector}, DRAWN)
        draw = drawn["draw"]
        assert (draw["sector"], draw["branches"]) == (sector, 1)
        name = audit.at.units["branch"].name
        assert draw["samples"] == [{"organization": {"name": name}}]
        [among] = draw["among"]
        id = row_of(ids[0], "AuditCampaignAudited")
        assert among == str(id)
        unit = audit.at.units["branch"]
        [again] = sample(
            [Branch(id=id, organization_id=unit.id, kind="branch", size=2)],
            *(draw["percent"], [10, 30, 50], draw["seed"]),
        )
        assert again == id
