"""Where a member belongs: each sentence a line of the table, as a lawyer reads it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import zhibu_transfers
from zhibu_transfers.rules.placement import Facts, Long, Place, Situation, placement, rows

TODAY = date(2026, 6, 15)
FILE = Path(zhibu_transfers.__file__).parent / "parameters" / "placement.yaml"
[SHIPPED] = yaml.safe_load(FILE.read_text("utf-8"))["transfers.placements"]["values"].values()
SIX = Long(months=6)
TABLE = rows(SHIPPED["value"])


def placed(situation: Situation, **facts: Any) -> tuple[Place, str]:
    found = placement(Facts(situation=situation, **facts), TABLE, today=TODAY, long=SIX, basis=None)
    return found.place, found.clause


@pytest.mark.clause("S1-03")
def test_stable_work_in_a_unit_with_an_organization_places_a_member_in_the_unit() -> None:
    found = placed(Situation.STABLE_WORK, unit_has_organization=True, association_exists=True)
    assert found == (Place.UNIT, "S1-03")


@pytest.mark.clause("S1-04")
def test_a_unit_without_an_organization_leaves_its_members_to_the_trade_association() -> None:
    found = placed(Situation.STABLE_WORK, association_exists=True, location_has_organization=True)
    assert found == (Place.ASSOCIATION, "S1-04")


@pytest.mark.clause("S1-05")
def test_who_has_no_work_belongs_where_a_service_body_keeps_the_file() -> None:
    found = placed(Situation.NO_WORK, file_at_service_body=True, fixed_residence=True)
    assert found == (Place.SERVICE_BODY, "S1-05")


@pytest.mark.clause("S1-06")
def test_unstable_work_with_a_fixed_residence_places_a_member_where_he_lives() -> None:
    found = placed(Situation.UNSTABLE_WORK, fixed_residence=True)
    assert found == (Place.RESIDENCE, "S1-06")


@pytest.mark.clause("S1-07")
def test_whose_residence_changes_often_stays_with_the_original_organization() -> None:
    found = placed(Situation.UNSTABLE_WORK, fixed_residence=True, residence_changes_often=True)
    assert found == (Place.STAYS, "S1-07")
    assert placed(Situation.UNSTABLE_WORK) == (Place.STAYS, "S1-07")


@pytest.mark.clause("S1-15")
def test_without_an_organization_in_the_unit_its_location_comes_next_then_the_residence() -> None:
    near = placed(Situation.STABLE_WORK, location_has_organization=True, fixed_residence=True)
    assert near == (Place.UNIT_LOCATION, "S1-15")
    assert placed(Situation.STABLE_WORK, fixed_residence=True) == (Place.RESIDENCE, "S1-15")


@pytest.mark.clause("S1-17")
@pytest.mark.parametrize("situation", [Situation.SOLDIER, Situation.GRADUATE])
def test_who_is_discharged_or_graduated_without_a_unit_goes_to_kin_or_a_talent_body(
    situation: Situation,
) -> None:
    assert placed(situation) == (Place.KIN_RESIDENCE, "S1-17")
    assert placed(situation, file_at_service_body=True) == (Place.SERVICE_BODY, "S1-17")
    assert placed(situation, unit_has_organization=True) == (Place.UNIT, "S1-15")


@pytest.mark.clause("S1-19")
def test_an_uncertain_destination_leads_to_the_community_of_residence_first() -> None:
    found = placed(Situation.RESTRUCTURED, destination_known=False)
    assert found == (Place.RESIDENCE, "S1-19")


@pytest.mark.clause("S1-20", "S1-21")
def test_the_retired_belong_where_they_live_managed_socially_or_settled_elsewhere() -> None:
    assert placed(Situation.RETIRED, socialized=True) == (Place.RESIDENCE, "S1-20")
    assert placed(Situation.RETIRED, settled_elsewhere=True) == (Place.RESIDENCE, "S1-21")


@pytest.mark.clause("S1-22")
def test_the_retired_who_work_again_stay_with_the_old_unit_or_go_by_time_to_the_new() -> None:
    assert placed(Situation.RETIRED, rehired=True, settled_elsewhere=True) == (
        Place.STAYS,
        "S1-22",
    )
    stay = {"since": TODAY, "unit_has_organization": True}
    assert placed(Situation.RETIRED, until=date(2027, 6, 15), **stay) == (Place.UNIT, "S1-22")
    assert placed(Situation.RETIRED, until=date(2026, 9, 15), **stay)[0] is Place.STAYS


@pytest.mark.clause("S3D-17")
def test_who_left_the_unit_and_lives_elsewhere_must_be_transferred() -> None:
    assert placed(Situation.NO_WORK, fixed_residence=True) == (Place.RESIDENCE, "S3D-17")
    assert placed(Situation.RETIRED, settled_elsewhere=True)[0] is Place.RESIDENCE
    assert placed(Situation.RESTRUCTURED, destination_known=False)[0] is Place.RESIDENCE
    assert placed(Situation.UNSTABLE_WORK, fixed_residence=True)[0] is Place.RESIDENCE


@pytest.mark.clause("S0-20", "S3A-26", "A-05")
@pytest.mark.parametrize(
    ("until", "place"),
    [
        (date(2027, 2, 27), Place.STAYS),
        (date(2027, 2, 28), Place.UNIT),  # six calendar months after the end of August
        (None, Place.UNIT),
    ],
)
def test_exactly_six_calendar_months_away_are_long_enough_to_be_transferred(
    until: date | None, place: Place
) -> None:
    stay = {"since": date(2026, 8, 31), "until": until, "unit_has_organization": True}
    assert placed(Situation.STABLE_WORK, **stay)[0] is place


@pytest.mark.clause("S1-09")
def test_who_is_away_for_too_short_is_to_be_recorded_as_floating_and_not_transferred() -> None:
    facts = Facts(situation=Situation.STABLE_WORK, unit_has_organization=True, since=TODAY)
    for until, temporary in ((date(2026, 9, 15), True), (date(2027, 6, 15), False)):
        stay = replace(facts, until=until)
        found = placement(stay, TABLE, today=TODAY, long=SIX, basis=None)
        assert found.temporary is temporary
    moving = Facts(situation=Situation.UNSTABLE_WORK, residence_changes_often=True)
    assert not placement(moving, TABLE, today=TODAY, long=SIX, basis=None).temporary


@pytest.mark.clause("A-05")
def test_exactly_six_months_are_too_short_where_the_parameter_says_so() -> None:
    stay = Facts(
        situation=Situation.STABLE_WORK,
        since=date(2026, 1, 1),
        until=date(2026, 7, 1),
        unit_has_organization=True,
    )
    for inclusive, place in ((True, Place.UNIT), (False, Place.STAYS)):
        long = Long(months=6, inclusive=inclusive)
        found = placement(stay, TABLE, today=TODAY, long=long, basis=None)
        assert found.place is place


def test_what_fits_as_well_is_told_with_the_suggestion() -> None:
    facts = Facts(
        situation=Situation.STABLE_WORK, unit_has_organization=True, association_exists=True
    )
    found = placement(facts, TABLE, today=TODAY, long=SIX, basis=None)
    assert [row.clause for row in found.considered] == ["S1-04"]
