"""What may fall due is declared soundly, by the core as by plugins."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import literal, select

from zhibu.actions import Action
from zhibu.contributions import Due, Window
from zhibu.due.core import DUES
from zhibu.plugins import Plugins
from zhibu.testing.contract.deadlines import faults_of

PROBATION = DUES[0]


def test_the_core_s_own_are_sound(installed_plugins: Plugins) -> None:
    assert list(faults_of(DUES, installed_plugins)) == []


def nothing(window: Window) -> Any:
    return select(literal(1).label("subject_id"), literal(1).label("remark"))


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"items": nothing}, "selects no due_on"),
        ({"items": nothing}, "selects remark besides"),
        ({"lead": "core.probation_escalation"}, "needs core.probation_escalation as a parameter"),
        ({"escalation": "core.nothing"}, "needs core.nothing as a parameter of kind whole"),
        ({"pursued": "core.term_lead"}, "needs core.term_lead as a parameter of kind whole"),
        ({"basis": "core.nothing"}, "which is no parameter"),
        ({"permission": Action(name="core:nothing:see", summary="No.")}, "which is no action"),
        ({"responsible": ("chairman",)}, "names the role chairman"),
        ({"above": ("chairman",)}, "names the role chairman"),
        ({"name": "core.nothing"}, "labels: due.core.nothing has no en text"),
        ({"name": "core.nothing"}, "labels: due_next.core.nothing has no zh-CN text"),
    ],
)
def test_a_declaration_that_could_not_be_kept_is_found(
    installed_plugins: Plugins, changed: dict[str, Any], fault: str
) -> None:
    broken: Due = replace(PROBATION, **changed)
    found = list(faults_of([broken], installed_plugins))
    assert [each for each in found if fault in each], found
