"""The plans that are shipped, and what the rules make of them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import zhibu_audit_campaign
from zhibu.calendar import YearInvalid
from zhibu_audit_campaign.rules import campaigns, plans
from zhibu_audit_campaign.rules.campaigns import Dates, WarningKind
from zhibu_audit_campaign.rules.plans import Level, Part, Plan, PlanKind, Scope

FOLDER = Path(zhibu_audit_campaign.__file__).parent / "parameters"


def rows(kind: PlanKind) -> list[dict[str, Any]]:
    [said] = yaml.safe_load((FOLDER / f"plan_{kind}.yaml").read_text("utf-8")).values()
    [value] = said["values"].values()
    found: list[dict[str, Any]] = value["value"]
    return found


def plan(kind: PlanKind) -> Plan:
    return plans.read(kind, rows(kind))


def warned(kind: PlanKind) -> set[tuple[str, str, str | None]]:
    proposed = plans.proposals(plan(kind), 2026)
    dates = [Dates(code=code, since=a, until=b) for code, (a, b) in proposed.items()]
    found = campaigns.warnings(campaigns.stages(plan(kind), dates))
    return {(each.kind, each.stage, each.other) for each in found}


@pytest.mark.parametrize("kind", PlanKind)
def test_every_plan_that_is_shipped_can_be_carried_out(kind: PlanKind) -> None:
    assert [*plans.faults(rows(kind))] == []


@pytest.mark.clause("S3B-01", "S3C-01", "S3D-01")
def test_a_plan_says_whom_it_is_about_and_probationary_members_only_if_it_says_so() -> None:
    both = {Scope.FORMAL, Scope.UNRECEIPTED}
    assert plan(PlanKind.DISTRICT).scope == both
    assert plan(PlanKind.CITY).scope == both
    assert plan(PlanKind.TOWN).scope == both | {Scope.PROBATIONARY}


@pytest.mark.parametrize(
    ("kind", "count"),
    [(PlanKind.DISTRICT, 5), (PlanKind.CITY, 6), (PlanKind.TOWN, 3), (PlanKind.EDUCATION, 4)],
)
def test_a_plan_names_its_focus_groups(kind: PlanKind, count: int) -> None:
    assert len(plan(kind).of(Part.FOCUS)) == count


@pytest.mark.clause("S3B-13", "S3C-03", "S3D-05")
def test_stages_stand_by_level_and_four_levels_check_in_turn() -> None:
    stages = {line.code: line.level for line in plan(PlanKind.EDUCATION).of(Part.STAGE)}
    four = ("self_check", "verification", "review", "spot_check")
    assert [stages[code] for code in four] == [*Level]
    assert len(plan(PlanKind.TOWN).of(Part.STAGE)) == 6


def test_a_sensitive_label_is_off_unless_an_institution_turns_it_on() -> None:
    assert "religion" not in {line.code for line in plan(PlanKind.DISTRICT).of(Part.LABEL)}
    changed = [
        {**row, "enabled": True} if row["code"] == "label.religion" else row
        for row in rows(PlanKind.DISTRICT)
    ]
    labels = plans.read(PlanKind.DISTRICT, changed).of(Part.LABEL)
    assert [line.code for line in labels if line.sensitive] == ["religion"]


@pytest.mark.clause("S3A-09", "S3B-03", "S3D-06")
@pytest.mark.parametrize(
    ("kind", "count"),
    [(PlanKind.EDUCATION, 4), (PlanKind.DISTRICT, 5), (PlanKind.CITY, 8), (PlanKind.TOWN, 5)],
)
def test_a_plan_says_what_a_branch_checks_of_each_member(kind: PlanKind, count: int) -> None:
    checks = [line for line in plan(kind).of(Part.CHECK) if line.level is Level.BRANCH]
    assert len(checks) == count


def test_forms_four_to_seven_go_above_the_committee_and_one_to_three_stay() -> None:
    groups, *forms = plan(PlanKind.EDUCATION).of(Part.FORM)
    assert (groups.code, groups.level) == ("groups", Level.DISTRICT)
    assert [form.level for form in forms] == [Level.COMMITTEE] * 3 + [Level.DISTRICT] * 4


@pytest.mark.clause("A-12")
def test_days_are_only_proposed_and_what_lies_before_the_beginning_is_next_year() -> None:
    days = plans.proposals(plan(PlanKind.EDUCATION), 2026)
    assert days["self_check"] == (date(2026, 11, 11), date(2026, 11, 25))
    assert days["closing"] == (date(2027, 3, 1), date(2027, 3, 10))


@pytest.mark.clause("A-13")
def test_a_summary_that_is_due_before_what_it_sums_up_is_warned_of() -> None:
    assert (WarningKind.INVERTED, "lost_summary", "registers") in warned(PlanKind.CITY)


@pytest.mark.clause("A-14")
def test_steps_that_last_longer_than_the_whole_overlap_and_are_warned_of() -> None:
    found = warned(PlanKind.TOWN)
    assert (WarningKind.OVERLAPPING, "regularizing", "contacting") in found
    assert (WarningKind.LONGER, "checking", None) in found


def test_a_plan_without_oddities_is_not_warned_of() -> None:
    kinds = {kind for kind, *_ in warned(PlanKind.EDUCATION)}
    assert kinds == {WarningKind.LONGER}  # city and district check in the same month


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ({"code": "stage.x", "clause": "S3A-02", "level": "moon"}, {"level", "since", "until"}),
        ({"code": "scope.x", "clause": "S3A-02"}, {"scope"}),
        ({"code": "x", "clause": ""}, {"part", "clause"}),
        ({"code": "check.x", "clause": "S3A-02", "level": "branch", "needs": "y"}, {"needs"}),
        ({"code": "verification.x", "clause": "S3A-02", "data": ["moon"]}, {"data"}),
    ],
)
def test_a_line_that_says_too_little_is_named_with_what_it_lacks(
    line: dict[str, Any], fault: set[str]
) -> None:
    found = [*plans.faults([*rows(PlanKind.CITY), {"zh": "一", "en": "one", **line}])]
    assert {text.removeprefix(f"{line['code']}: ") for text in found} == fault


def test_a_plan_without_scope_and_stages_says_both() -> None:
    assert [*plans.faults([])] == ["scope", "stage"]


@pytest.mark.parametrize("year", [-1, 0, 1948, 2200, 9999])
def test_no_days_are_proposed_for_a_year_that_is_none(year: int) -> None:
    with pytest.raises(YearInvalid):
        plans.proposals(plan(PlanKind.CITY), year)
