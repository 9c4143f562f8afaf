"""What a correction rests on."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from zhibu.identifiers import new_id
from zhibu_discipline.rules.after import rests_on
from zhibu_discipline.rules.cases import Case, Result, State
from zhibu_discipline.rules.grounds import Kind

EVALUATION, OTHER = new_id(), new_id()
DECIDED, OVER = date(2026, 3, 1), date(2026, 6, 1)
CASE = Case(
    id=new_id(),
    member_id=new_id(),
    organization_id=new_id(),
    kind=Kind.CORRECTION,
    ground="correctable",
    restricted=False,
    state=State.ENDED,
    result=Result.CORRECTED,
    months=3,
    opened_on=DECIDED,
    decided_on=DECIDED,
    until=OVER,
    delivery=None,
    filed_on=None,
    procedure_id=new_id(),
    evaluation_id=EVALUATION,
    version=1,
)
WAITING: dict[str, Any] = {"state": State.DECIDED, "result": None, "evaluation_id": None}


@pytest.mark.clause("S3C-30", "S3C-32")
def test_only_the_evaluation_that_ended_a_correction_can_fall() -> None:
    assert rests_on(CASE, EVALUATION, approved=True, on=OVER)
    assert not rests_on(CASE, OTHER, approved=True, on=OVER)
    fallen = replace(CASE, state=State.PROPOSED, result=None, decided_on=None, evaluation_id=None)
    assert not rests_on(fallen, EVALUATION, approved=True, on=OVER)


@pytest.mark.clause("S3C-30")
def test_an_evaluation_that_was_not_approved_is_taken_up_while_the_correction_goes_on() -> None:
    waiting = replace(CASE, **WAITING)
    assert rests_on(waiting, EVALUATION, approved=False, on=OVER)
    assert not rests_on(CASE, OTHER, approved=False, on=OVER)
    again = replace(waiting, decided_on=date(2026, 7, 1))
    assert not rests_on(again, EVALUATION, approved=False, on=OVER)
