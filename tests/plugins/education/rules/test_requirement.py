"""What a member needs in a year, in the words of the law."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from zhibu_education.rules.catalogues import ExemptionGround, JoinedMidyear
from zhibu_education.rules.requirement import Parameters, Person, requirement, share_of_year

CASES = yaml.safe_load(Path(__file__).with_name("requirement.yaml").read_text("utf-8"))


@pytest.mark.clause("S2-06", "A-09", "A-27")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_hours_a_member_needs(case: dict[str, Any]) -> None:
    given = case["given"]
    exemption = given.get("exemption")
    found = requirement(
        Person(
            kind=given.get("kind", "in_service"),
            admitted_on=given.get("admitted_on", date(2010, 7, 1)),
            left_on=given.get("left_on"),
            holds_post=given.get("holds_post", False),
            exemption=ExemptionGround(exemption) if exemption else None,
            stopped=given.get("stopped", False),
        ),
        2026,
        Parameters(
            hours=Decimal(given.get("hours", 32)),
            hours_posts=exact(given.get("hours_posts")),
            hours_retired=exact(given.get("hours_retired")),
            joined_midyear=JoinedMidyear(given.get("joined_midyear", "pro_rata")),
            exempt_stopped=given.get("exempt_stopped", True),
        ),
    )
    assert (found.hours, found.ground) == (
        Decimal(str(case["expect"]["hours"])),
        case["expect"]["ground"],
    )


def test_a_share_never_exceeds_the_year_and_falls_with_the_months() -> None:
    shares = [share_of_year(Decimal(32), date(2026, month, 1)) for month in range(1, 13)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 32
    assert all(share * 2 == (share * 2).to_integral_value() for share in shares)


def exact(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
