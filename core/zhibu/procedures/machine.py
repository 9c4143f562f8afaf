"""The state of a procedure: a machine made of its definition by a library, and drawn by it.

The rules say whether a step is approved or refused; the machine alone says where that leads, and
whether it may happen now at all.
"""

from enum import StrEnum
from functools import lru_cache
from typing import Any

from statemachine.exceptions import TransitionNotAllowed
from statemachine.io import create_machine_class_from_definition

from zhibu.procedures.errors import StepPassed
from zhibu.procedures.rules.definition import END, By, Definition


class State(StrEnum):
    """Where a procedure stands. While it is `open` it is at a step."""

    OPEN = "open"
    RETURNED = "returned"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What can happen to a procedure."""

    APPROVE = "approve"
    REFUSE = "refuse"
    SEND_BACK = "send_back"
    RESUBMIT = "resubmit"
    WITHDRAW = "withdraw"
    OVERRIDE_APPROVE = "override_approve"
    OVERRIDE_REFUSE = "override_refuse"
    UPHOLD = "uphold"


OVER = frozenset({State.APPROVED, State.REFUSED, State.WITHDRAWN})
_RETURNED = "returned"


@lru_cache(maxsize=256)
def machine_of(definition: Definition) -> Any:
    """The class of the definition's machine. Its states are the steps, and how it can end."""
    states: dict[str, Any] = {}
    for number, step in enumerate(definition.steps):
        following = definition.after(step.code)
        on = {
            Move.APPROVE: following.code if following else State.APPROVED,
            Move.REFUSE: State.REFUSED if step.refused == END else step.refused,
            Move.SEND_BACK: f"{_RETURNED}_{step.code}",
            Move.WITHDRAW: State.WITHDRAWN,
            **_overriding(definition),
            **(_upholding(definition) if step.by is By.NOTICE else {}),
        }
        states[step.code] = {"initial": number == 0, "name": step.zh, "on": _targets(on)}
        on = {Move.RESUBMIT: step.code, Move.WITHDRAW: State.WITHDRAWN, **_overriding(definition)}
        states[f"{_RETURNED}_{step.code}"] = {"name": f"{step.zh}退回补正", "on": _targets(on)}
    objecting = definition.objection
    for state, name in ((State.APPROVED, "通过"), (State.REFUSED, "未通过")):
        if objecting and objecting.upheld != END:
            again = _targets({Move.UPHOLD: objecting.upheld})
            states[str(state)] = {"name": name, "on": again}
        else:
            states[str(state)] = {"name": name, "final": True}
    states[str(State.WITHDRAWN)] = {"name": "撤回", "final": True}
    # The library refuses a state that nothing leads to: where every refusal leads back to a step.
    reached = {
        on["target"]
        for state in states.values()
        for to in state.get("on", {}).values()
        for on in to
    }
    states = {
        code: state for code, state in states.items() if code in reached or state.get("initial")
    }
    kind = "".join(word.capitalize() for word in definition.name.replace(".", "_").split("_"))
    return create_machine_class_from_definition(
        kind,
        states=states,
        allow_event_without_transition=False,
        validate_final_reachability=False,
    )


def moved(
    definition: Definition, state: State, step: str | None, move: Move
) -> tuple[State, str | None]:
    """Where a move leads: the state, and the step for one that is open or returned.

    Raises `StepPassed` when it cannot happen in this state.
    """
    machine = machine_of(definition)(start_value=_value(state, step))
    try:
        machine.send(str(move))
    except TransitionNotAllowed as error:
        raise StepPassed(path=("procedure",), state=str(state)) from error
    [value] = machine.configuration_values
    return _state(value)


def diagram(definition: Definition) -> str:
    """The machine as a Mermaid diagram."""
    return f"{machine_of(definition):mermaid}"


def _value(state: State, step: str | None) -> str:
    match state:
        case State.OPEN:
            return str(step)
        case State.RETURNED:
            return f"{_RETURNED}_{step}"
    return str(state)


def _state(value: str) -> tuple[State, str | None]:
    if value.startswith(f"{_RETURNED}_"):
        return State.RETURNED, value.removeprefix(f"{_RETURNED}_")
    if value in [*State]:
        return State(value), None
    return State.OPEN, value


def _overriding(definition: Definition) -> dict[str, str]:
    if definition.override is None:
        return {}
    return {Move.OVERRIDE_APPROVE: State.APPROVED, Move.OVERRIDE_REFUSE: State.REFUSED}


def _upholding(definition: Definition) -> dict[str, str]:
    """Where an objection to a notice leads when it is upheld."""
    if definition.objection is None:
        return {}
    upheld = definition.objection.upheld
    return {Move.UPHOLD: State.REFUSED if upheld == END else upheld}


def _targets(on: dict[Any, Any]) -> dict[str, list[dict[str, str]]]:
    return {str(move): [{"target": str(target)}] for move, target in on.items()}
