"""Forms: who is above sees sums, and no form goes further up than its plan says."""

from datetime import date

import pytest

from zhibu_audit_campaign.rules.forms import Unit, form_refusals, grouped, stays_below, summed
from zhibu_audit_campaign.rules.plans import Level, Line, Part

UNITS = [
    Unit(path="1.", name="district", level=Level.DISTRICT),
    Unit(path="1.2.", name="east", level=Level.COMMITTEE),
    Unit(path="1.3.", name="west", level=Level.COMMITTEE),
]
ROWS = [
    {"path": "1.2.4.", "organization": "a", "lost": 1, "state": "务工", "since": date(2025, 3, 1)},
    {"path": "1.2.5.", "organization": "b", "lost": 2, "state": None, "since": date(2024, 3, 1)},
    {"path": "1.3.6.", "organization": "c", "lost": 4, "state": "经商", "since": None},
    {"path": "1.7.", "organization": "d", "lost": 8, "state": "务工", "since": None},
]


def line(level: Level | None) -> Line:
    return Line(part=Part.FORM, code="summary", zh="", en="", clause="S3A-36", level=level)


@pytest.mark.clause("S3A-36")
def test_a_committee_sees_branches_and_a_district_the_sums_of_committees() -> None:
    assert [row["organization"] for row in grouped(ROWS, UNITS, Level.COMMITTEE)] == [*"abcd"]
    above = grouped(ROWS, UNITS, Level.DISTRICT)
    assert [(row["organization"], row["lost"]) for row in above] == [
        ("east", 3),
        ("west", 4),
        ("d", 8),
    ]
    assert above[0]["since"] == date(2024, 3, 1)
    assert summed(above)["lost"] == summed(ROWS)["lost"] == 15
    assert summed(above)["state"] == "务工；经商"


@pytest.mark.clause("S3A-36", "S3A-48")
def test_a_form_goes_up_as_far_as_its_plan_says_and_out_for_a_purpose() -> None:
    assert [stays_below(line(level)) for level in (*Level, None)] == [
        *(True, True, False, False, True)
    ]
    assert [*form_refusals(line(Level.DISTRICT), Level.DISTRICT, "归档")] == []
    codes = [error.code for error in form_refusals(line(Level.COMMITTEE), Level.DISTRICT, " ")]
    assert codes == ["audit_campaign.form_stays", "audit_campaign.purpose_missing"]
