"""What a check of a member's file says, and what it takes to make one good."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from zhibu_discipline.rules.files import (
    Checking,
    Condition,
    Custody,
    FileCheck,
    FileDocument,
    FileLine,
    FileState,
    Found,
    Keeping,
    checking_refusals,
    keeping_refusals,
    repair_day,
    repair_refusals,
    totals,
)

SINCE, ON, TODAY = date(2010, 7, 1), date(2026, 1, 31), date(2026, 2, 10)
DOCUMENTS = [
    FileDocument(code=code, zh=code, en=code, clause="S3C-35")
    for code in ("form", "application", "review")
]


def codes(refusals: Any) -> list[str]:
    return [each.code.removeprefix("discipline.") for each in refusals]


def checking(*found: Found, keeping: Keeping | None = None, **changes: Any) -> Checking:
    given = {"checker": "组织委员", "evidence": "查看档案", "on": ON, **changes}
    return Checking(found=found, keeping=keeping or Keeping(), **given)


def refusals(given: Checking) -> list[str]:
    return codes(checking_refusals(given, DOCUMENTS, since=SINCE, today=TODAY))


FOUND = [Found(document=each.code, condition=Condition.PRESENT) for each in DOCUMENTS]


@pytest.mark.clause("S3C-35")
def test_a_check_says_each_document_of_the_list_once_by_whom_when_and_on_what_it_rests() -> None:
    assert refusals(checking(*FOUND)) == []
    assert refusals(checking(*FOUND, checker=" ", evidence="", on=date(2026, 2, 11))) == [
        "day_unfit",
        "checker_missing",
        "evidence_missing",
    ]
    unknown = Found(document="other", condition=Condition.PRESENT)
    for wrong in (FOUND[:2], [*FOUND, FOUND[0]], [*FOUND, unknown]):
        assert refusals(checking(*wrong)) == ["file_documents_unfit"]
    lacking = [*FOUND[:2], Found(document="review", condition=Condition.MISSING, note=" ")]
    assert refusals(checking(*lacking)) == ["file_note_missing"]


@pytest.mark.clause("S3C-36", "S0-21")
def test_who_has_no_personnel_file_gets_a_members_file_that_somebody_keeps() -> None:
    def refused(**given: Any) -> list[str]:
        return codes(keeping_refusals(Keeping(**given), since=SINCE, today=TODAY))

    assert refused() == []
    assert refused(custody=Custody.PERSONNEL_FILE, custodian="人事处") == []
    assert refused(custody=Custody.PERSONNEL_FILE, custodian=" ") == ["custodian_missing"]
    for custody in (Custody.COMMITTEE, Custody.HUMAN_RESOURCES):
        kept = {"custody": custody, "custodian": "组织科"}
        assert refused(**kept) == ["compiling_missing"]
        assert refused(**kept, compiled_on=date(2026, 3, 1)) == ["day_unfit"]
        assert refused(**kept, compiled_on=ON) == []


@pytest.mark.clause("S3D-34")
def test_what_a_file_lacks_is_made_good_within_a_month() -> None:
    lines = [
        FileLine(document="form", condition=Condition.MISSING),
        FileLine(document="review", condition=Condition.DOUBTFUL),
    ]
    found = totals(lines, checked_on=ON, kept_on=ON)
    assert found == {"missing": 1, "doubtful": 1, "completed_on": None}
    assert repair_day(found, ON, 1) == date(2026, 2, 28)
    days = (date(2026, 2, 3), date(2026, 2, 1))
    made = [replace(each, repaired_on=on) for each, on in zip(lines, days, strict=True)]
    found = totals(made, checked_on=ON, kept_on=ON)
    assert found == {"missing": 0, "doubtful": 0, "completed_on": days[0]}, "the last of these days"
    assert repair_day(found, ON, 1) is None
    assert totals(made, checked_on=ON, kept_on=TODAY)["completed_on"] == TODAY
    assert totals(made, checked_on=ON, kept_on=None)["completed_on"] is None, "nobody keeps it"


@pytest.mark.clause("S3C-35")
def test_of_a_document_that_seems_untrue_whoever_sent_it_is_asked_before_it_counts() -> None:
    check = FileCheck(
        id=UUID(int=1),
        member_id=UUID(int=2),
        organization_id=UUID(int=3),
        state=FileState.STANDING,
        checked_on=ON,
        kept_on=None,
        previous_id=None,
        version=1,
    )

    def refused(condition: Condition | None, how: str = "原单位复函", asked: str = "") -> list[str]:
        line = FileLine(document="review", condition=condition) if condition else None
        return codes(repair_refusals(check, line, how=how, on=TODAY, asked=asked, today=TODAY))

    assert refused(Condition.DOUBTFUL) == ["sender_unasked"]
    assert refused(Condition.DOUBTFUL, asked="原单位党委") == []
    assert refused(Condition.MISSING) == []
    assert refused(Condition.MISSING, how=" ") == ["repair_unsaid"]
    assert refused(Condition.PRESENT) == refused(None) == ["nothing_to_repair"]
