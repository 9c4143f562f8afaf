"""What the documents ask of each plan: by which day a step is done and by whom, of whom, and how.

The days are those of the documents; an institution that opens an audit may set others (A-12).
"""

from typing import Any

import pytest
from tests.plugins.audit_campaign.rules.test_plans import plan

from zhibu_audit_campaign.rules.plans import Level, Line, Part, PlanKind

EDUCATION, DISTRICT, CITY, TOWN = (
    PlanKind.EDUCATION,
    PlanKind.DISTRICT,
    PlanKind.CITY,
    PlanKind.TOWN,
)


def kept(clause: str, *given: Any) -> Any:
    return pytest.param(*given, marks=pytest.mark.clause(clause), id=f"{clause} {given[1]}")


def of(kind: PlanKind, part: Part) -> dict[str, Line]:
    return {line.code: line for line in plan(kind).of(part)}


@pytest.mark.parametrize(
    ("kind", "stage", "level", "until"),
    [
        kept("S3A-38", EDUCATION, "disposing", Level.COMMITTEE, "01-31"),
        kept("S3B-15", DISTRICT, "plans", Level.COMMITTEE, "02-15"),
        kept("S3B-19", DISTRICT, "search", Level.BRANCH, "03-31"),
        kept("S3A-37", EDUCATION, "regularizing", Level.COMMITTEE, "01-15"),
        kept("S3B-18", DISTRICT, "deployment_district", Level.DISTRICT, "02-05"),
        kept("S3B-18", DISTRICT, "deployment_committee", Level.COMMITTEE, "02-18"),
        kept("S3B-18", DISTRICT, "survey", Level.BRANCH, "02-28"),
        kept("S3B-21", DISTRICT, "managing", Level.BRANCH, "04-30"),
        kept("S3B-22", DISTRICT, "inspection", Level.DISTRICT, "06-30"),
        kept("S3B-23", DISTRICT, "disposing", Level.COMMITTEE, "07-31"),
        kept("S3C-04", CITY, "mobilizing", Level.COMMITTEE, "02-10"),
        kept("S3C-02", CITY, "searching", Level.BRANCH, "04-30"),
        kept("S3C-02", CITY, "analysis", Level.DISTRICT, "08-31"),
        kept("S3C-33", CITY, "disposing", Level.COMMITTEE, "08-10"),
    ],
)
def test_a_step_is_proposed_to_be_done_by_the_day_of_the_document(
    kind: PlanKind, stage: str, level: Level, until: str
) -> None:
    found = of(kind, Part.STAGE)[stage]
    assert (found.level, found.until) == (level, until)


@pytest.mark.clause("S3A-34")
def test_the_concentrated_stage_is_november_and_december() -> None:
    stages = of(EDUCATION, Part.STAGE)
    for code in ("kick_off", "self_check", "verification", "review"):
        assert "11-01" <= str(stages[code].since) <= str(stages[code].until) <= "12-31", code


@pytest.mark.parametrize(
    ("kind", "part", "codes"),
    [
        kept(
            "S3B-02",
            DISTRICT,
            Part.FOCUS,
            {"rural", "community", "firms", "talent_bodies", "retired_elsewhere"},
        ),
        kept("S3D-03", TOWN, Part.FOCUS, {"rural", "community", "firms"}),
        kept("S3D-02", TOWN, Part.FORM, {"found", "not_found", "unreceipted"}),
        kept(
            "S3C-06",
            CITY,
            Part.CHECK,
            {"basics", "file", "transfer", "life", "dues", "outflow", "conduct", "breaches"},
        ),
    ],
)
def test_a_plan_names_those_groups_registers_and_areas_and_no_others(
    kind: PlanKind, part: Part, codes: set[str]
) -> None:
    assert {*of(kind, part)} == codes
