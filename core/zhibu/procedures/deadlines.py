"""What falls due in procedures: steps to be decided, objections to be answered."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, and_, select

from zhibu.contributions import Due, Window
from zhibu.core_actions import PROCEDURE_READ, PROCEDURE_READ_RESTRICTED
from zhibu.procedures.tables import Procedure, ProcedureObjection, ProcedureStep

# Whoever of these is at the organization that has to take the step.
RESPONSIBLE = (
    "branch_secretary",
    "general_branch_secretary",
    "committee_officer",
    "working_committee_officer",
    "district_organization_officer",
    "municipal_organization_officer",
)


def _steps(*, restricted: bool) -> Callable[[Window], Select[Any]]:
    """Each time that a procedure is at a step with a time limit."""

    def items(window: Window) -> Select[Any]:
        return _of(
            window, ProcedureStep, ProcedureStep.started_on, ProcedureStep.done_on, restricted
        )

    return items


def _answers(*, restricted: bool) -> Callable[[Window], Select[Any]]:
    """Each objection that is to be answered by a day."""

    def items(window: Window) -> Select[Any]:
        row = ProcedureObjection
        return _of(window, row, row.made_on, row.answered_on, restricted)

    return items


def _of(window: Window, row: Any, began: Any, done: Any, restricted: bool) -> Select[Any]:
    together = and_(Procedure.tenant_id == row.tenant_id, Procedure.id == row.procedure_id)
    return (
        select(
            row.id.label("subject_id"),
            row.organization_id.label("organization_id"),
            Procedure.member_id.label("member_id"),
            began.label("starts_on"),
            row.due_on.label("due_on"),
            done.label("done_on"),
            row.due_by.label("basis"),
        )
        .join(Procedure, together)
        .where(
            row.tenant_id == window.tenant_id,
            row.due_on.between(window.first, window.last),
            Procedure.restricted.is_(restricted),
        )
    )


def _due(name: str, items: Any, subject: str, basis: str, *, restricted: bool) -> Due:
    return Due(
        name=f"core.{'restricted_' if restricted else ''}{name}",
        items=items(restricted=restricted),
        subject=subject,
        permission=PROCEDURE_READ_RESTRICTED if restricted else PROCEDURE_READ,
        responsible=RESPONSIBLE,
        gone_is_done=False,
        lead="core.procedure_lead",
        escalation="core.procedure_escalation",
        basis=basis,
    )


DUES = [
    due
    for restricted in (False, True)
    for due in (
        _due(
            "procedure_step",
            _steps,
            "ProcedureStep",
            "core.correction_days",
            restricted=restricted,
        ),
        _due(
            "procedure_answer",
            _answers,
            "ProcedureObjection",
            "core.objection_answer_days",
            restricted=restricted,
        ),
    )
]
