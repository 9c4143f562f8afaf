"""Analyses on the way, with the figures of the day they were written."""

from typing import Any

import pytest

SHOWN = """query ($a: ID!) { auditCampaignAnalyses(audited: $a, first: 9) { nodes { report text
  figures dueOn writtenOn writtenBy } } }"""


@pytest.mark.clause("S3B-17", "S3C-34")
async def test_an_analysis_keeps_the_figures_of_its_day_and_is_seen_at_its_level(
    audit: Any,
) -> None:
    campaign = await audit.opened(planKind="DISTRICT")
    id = await audit.audited(campaign, "district", "district")
    given = {"audited": id, "report": "lost_analysis", "text": "多为外出务工"}
    assert await audit.refused("officer", "AnalysisWrite", given) == ["NOT_FOUND"]
    wrong = {**given, "report": "moon", "text": " "}
    assert await audit.refused("district", "AnalysisWrite", wrong) == [
        *("analysis_unknown", "unsaid"),
    ]
    await audit.done("district", "AnalysisWrite", given)
    sheet = next(
        each["id"]
        for each in await audit.listed("secretary", campaign)
        if each["name"] == audit.me.name
    )
    await audit.done("secretary", "Label", {"sheet": sheet, "label": "lost", "note": "停机"})
    await audit.done("district", "AnalysisWrite", {**given, "text": "又查出一名"})
    found = await audit.asked("district", SHOWN, a=id)
    now, before = found["auditCampaignAnalyses"]["nodes"]
    assert (before["figures"]["lost"], now["figures"]["lost"]) == (0, 1)
    assert now["figures"]["expected"] == 3
    assert (now["dueOn"], now["writtenOn"]) == ("2026-11-20", audit.today)
    found = await audit.asked("officer", SHOWN, a=id)
    assert found["auditCampaignAnalyses"]["nodes"] == []
