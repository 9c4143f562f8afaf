"""Which analyses a plan asks for, of whom, and by when."""

from datetime import date

import pytest
from tests.plugins.audit_campaign.rules.test_plans import plan

from zhibu_audit_campaign.rules import analysing, plans
from zhibu_audit_campaign.rules.plans import Level, PlanKind


def due(kind: PlanKind) -> dict[str, date]:
    found, days = plan(kind), plans.proposals(plan(kind), 2026)
    lines = analysing.analyses(found, Level.DISTRICT)
    return {code: days[line.needs or ""][1] for code, line in lines.items()}


@pytest.mark.clause("S3B-17")
def test_a_district_analyses_the_lost_by_mid_april_and_dispositions_by_early_august() -> None:
    found = due(PlanKind.DISTRICT)
    assert found == {
        "lost_analysis": date(2026, 4, 15),
        "disposition_analysis": date(2026, 8, 5),
    }


@pytest.mark.clause("S3C-34")
def test_a_city_has_its_membership_analysed_in_august() -> None:
    assert due(PlanKind.CITY) == {"analysis": date(2026, 8, 31)}
