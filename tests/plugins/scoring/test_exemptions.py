"""Who is left out was asked first, and has no total (S4-14, A-25)."""

from typing import Any

import pytest

GIVEN = {
    "ground": "LONG_ILL",
    "firstYear": 2026,
    "consent": "上门征求，同意",
    "consentedOn": "2026-06-01",
}


@pytest.mark.clause("S4-14", "A-25")
async def test_who_is_left_out_has_no_total_and_no_entries(scoring: Any) -> None:
    waiting = await scoring.declared()
    given = {"member": scoring.id(scoring.me), **GIVEN}
    made = await scoring.done("secretary", "scoringExempt", given, "exemption { id }")
    found = await scoring.of()
    assert (found["standing"], found["total"]) == ("EXEMPT", None)
    assert len(found["exemptions"]) == 1
    another = scoring.said(description="另一件")
    assert await scoring.refused("recorder", "scoringEntryDeclare", another) == ["exempt"]
    assert await scoring.refused("secretary", "scoringEntryApprove", {"entries": [waiting]}) == [
        "exempt"
    ]
    end = {"exemption": made["exemption"]["id"], "lastYear": 2025, "reason": "误办"}
    await scoring.done("secretary", "scoringExemptionEnd", end)
    assert await scoring.total() == "100"
    assert await scoring.refused("secretary", "scoringExemptionEnd", end) == ["exemption_ended"]
    await scoring.done("secretary", "scoringExempt", given)


@pytest.mark.clause("S4-14")
async def test_an_exemption_takes_consent_and_somebody_else(scoring: Any) -> None:
    await scoring.appoint("branch_secretary")
    bad = {
        **GIVEN,
        "consent": " ",
        "consentedOn": "2026-07-01",
        "firstYear": 2020,
        "lastYear": 2019,
    }
    found = await scoring.refused("me", "scoringExempt", {"member": scoring.id(scoring.me), **bad})
    assert found == [
        "consent_missing",
        "consent_in_future",
        "own_exemption",
        "core.year_invalid",
        "years_reversed",
    ]
    given = {"member": scoring.id(scoring.peer), **GIVEN}
    await scoring.done("me", "scoringExempt", {**given, "lastYear": 2027})
    assert await scoring.refused("me", "scoringExempt", {**given, "firstYear": 2027}) == [
        "already_exempt"
    ]
