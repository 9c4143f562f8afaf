"""Which bodies a plan names, and what an inquiry waits for."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from tests.plugins.audit_campaign.rules.test_plans import plan

from zhibu.errors import ZhibuError
from zhibu.identifiers import new_id
from zhibu_audit_campaign.rules import inquiring as rules
from zhibu_audit_campaign.rules.inquiring import Asking, Inquiry
from zhibu_audit_campaign.rules.plans import Part, PlanKind

OPENED, TODAY = date(2026, 6, 1), date(2026, 6, 15)


def bodies(kind: PlanKind, clause: str) -> set[str]:
    return {line.code for line in plan(kind).of(Part.BODY) if line.clause == clause}


def codes(found: Iterable[ZhibuError]) -> list[str]:
    return [each.code.removeprefix("audit_campaign.") for each in found]


@pytest.mark.clause("S3A-43", "S3B-28")
def test_a_plan_names_the_bodies_that_help_to_search() -> None:
    assert bodies(PlanKind.EDUCATION, "S3A-43") == {"discipline", "police", "hr", "health"}
    five = {"police", "hr", "health", "education", "state_assets"}
    assert bodies(PlanKind.DISTRICT, "S3B-28") == five


@pytest.mark.clause("S3C-41", "S3C-42")
def test_the_city_asks_nine_bodies_and_uses_four_registers_and_the_help_of_the_inflow() -> None:
    nine = bodies(PlanKind.CITY, "S3C-41")
    assert len(nine) == 9
    registers = {"police", "education", "hr", "medical_insurance"}
    assert registers | {"inflow"} <= nine | bodies(PlanKind.CITY, "S3C-42")


def test_only_a_body_of_the_plan_is_asked_something_and_since_the_file_was_opened() -> None:
    given = Asking(body="moon", text=" ", on=date(2026, 5, 31))
    found = rules.asking_refusals(given, {"police"}, opened_on=OPENED, today=TODAY)
    assert codes(found) == ["body_unknown", "unsaid", "day_unfit"]
    given = Asking(body="police", text="户籍是否迁出", on=TODAY)
    assert codes(rules.asking_refusals(given, {"police"}, opened_on=OPENED, today=TODAY)) == []


def test_an_answer_comes_once_and_after_the_question() -> None:
    known = Inquiry(
        **{"id": new_id(), "audited_id": new_id(), "path": "a/", "body": "police"},
        **{"asked_on": OPENED, "answered": False, "voided": False},
    )
    early = rules.answering_refusals(known, " ", on=date(2026, 5, 31), today=TODAY)
    assert codes(early) == ["unsaid", "day_unfit"]
    again = replace(known, answered=True)
    assert codes(rules.answering_refusals(again, "无", on=TODAY, today=TODAY)) == [
        "inquiry_answered"
    ]
    void = replace(again, voided=True)
    assert codes(rules.answering_refusals(void, "无", on=TODAY, today=TODAY)) == ["voided"]
    assert codes(rules.voiding_refusals(void, " ")) == ["voided", "reason_missing"]
    assert codes(rules.voiding_refusals(again, "误登")) == []


def test_where_no_days_are_set_no_answer_is_waited_for() -> None:
    assert rules.due(OPENED, 15) == date(2026, 6, 16)
    assert rules.due(OPENED, 0) is None
