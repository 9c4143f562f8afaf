"""What plans, exemptions, certificates and funds need."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zhibu_education.rules import records as rules
from zhibu_education.rules.standing import Hours

TODAY = date(2026, 6, 15)


def codes(refusals: Any) -> list[str]:
    return [refusal.code.removeprefix("education.") for refusal in refusals]


@pytest.mark.clause("S2-29")
def test_a_plan_is_one_a_year_with_a_title() -> None:
    assert codes(rules.plan_refusals(exists=True, year=2026, title="计划")) == ["plan_exists"]
    assert codes(rules.plan_refusals(exists=False, year=0, title=" ")) == [
        "core.year_invalid",
        "title_missing",
    ]
    assert codes(rules.plan_refusals(exists=False, year=2026, title="计划")) == []


@pytest.mark.clause("S2-29")
def test_an_empty_plan_is_not_published_and_a_published_one_keeps_its_items() -> None:
    assert codes(rules.publication_refusals(items=0, published_on=None)) == ["plan_empty"]
    assert codes(rules.publication_refusals(items=1, published_on=TODAY)) == ["plan_published"]
    assert codes(rules.removal_refusals(published_on=TODAY, used=True)) == [
        "plan_published",
        "plan_item_used",
    ]


@pytest.mark.parametrize("month", [0, 13, -1])
def test_an_item_falls_into_a_month(month: int) -> None:
    found = rules.item_refusals(month=month, title="轮训", hours=Decimal(8))
    assert codes(found) == ["month_invalid"]


@pytest.mark.clause("A-09")
def test_an_exemption_needs_a_ground_consent_and_somebody_else() -> None:
    given: dict[str, Any] = {
        "ground": "ill",
        "allowed": ("elderly", "ill"),
        "consent": "本人同意",
        "year": 2026,
        "exempt": False,
        "own": False,
    }
    assert codes(rules.exemption_refusals(**given)) == []
    assert codes(rules.exemption_refusals(**{**given, "consent": " "})) == ["consent_missing"]
    assert codes(rules.exemption_refusals(**{**given, "allowed": ("elderly",)})) == ["word_unknown"]
    assert codes(rules.exemption_refusals(**{**given, "exempt": True})) == ["already_exempt"]
    assert codes(rules.exemption_refusals(**{**given, "own": True})) == ["own_exemption"]


def test_a_certificate_is_for_verified_hours_that_reach_the_year() -> None:
    short = Hours(required=Decimal(32), verified=Decimal("31.99"), pending=Decimal(8))
    assert codes(rules.certificate_refusals(short, issued=None)) == ["hours_not_reached"]
    reached = Hours(required=Decimal(32), verified=Decimal(32))
    assert codes(rules.certificate_refusals(reached, issued=None)) == []
    assert codes(rules.certificate_refusals(reached, issued=7)) == ["certificate_issued_already"]


def test_the_exempt_get_no_certificate_for_nothing() -> None:
    assert codes(rules.certificate_refusals(Hours(required=Decimal(0)), issued=None)) == [
        "hours_not_reached"
    ]


@pytest.mark.clause("S2-30")
def test_a_teacher_leaves_the_roster_after_coming() -> None:
    assert codes(rules.teacher_refusals(TODAY, TODAY)) == ["dates_reversed"]
    assert codes(rules.teacher_refusals(TODAY, date(2026, 6, 16))) == []
    assert codes(rules.teacher_refusals(TODAY, None)) == []
