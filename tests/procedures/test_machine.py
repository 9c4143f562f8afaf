"""The machine of any definition does what going through the definition by hand says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhibu.procedures.errors import StepPassed
from zhibu.procedures.machine import OVER, Move, State, moved
from zhibu.procedures.rules.definition import (
    END,
    By,
    Definition,
    Objecting,
    Overriding,
    Step,
)

CODES = ["branch", "meeting", "review", "committee", "notice"]
Stands = tuple[State, str | None]


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """Any definition of up to five steps."""
    codes = CODES[: draw(st.integers(1, 5))]
    targets = st.sampled_from([*codes, END])
    steps = tuple(
        Step(
            code=code,
            zh=code,
            en=code,
            action="core:procedure:decide",
            level=("home",),
            by=draw(st.sampled_from([By.PERSON, By.NOTICE])),
            refused=draw(targets),
        )
        for code in codes
    )
    action, level = "core:procedure:decide", ("home",)
    objection = Objecting(
        limit="core.objection_days", action=action, level=level, upheld=draw(targets)
    )
    return Definition(
        name="core.any",
        steps=steps,
        objection=draw(st.sampled_from([None, objection])),
        override=draw(st.sampled_from([None, Overriding(action=action, level=level)])),
    )


def by_hand(definition: Definition, state: State, step: str | None, move: Move) -> Stands | None:
    """Where a move leads, or None where it cannot be: the definition read aloud."""
    codes = [each.code for each in definition.steps]
    under_way = state in (State.OPEN, State.RETURNED)
    match move:
        case Move.WITHDRAW if under_way:
            return State.WITHDRAWN, None
        case Move.OVERRIDE_APPROVE if under_way and definition.override:
            return State.APPROVED, None
        case Move.OVERRIDE_REFUSE if under_way and definition.override:
            return State.REFUSED, None
        case Move.RESUBMIT if state is State.RETURNED:
            return State.OPEN, step
        case Move.UPHOLD:
            return _upheld(definition, state, step)
    if state is not State.OPEN or step is None:
        return None
    place = codes.index(step)
    if move is Move.SEND_BACK:
        return State.RETURNED, step
    if move is Move.APPROVE:
        last = place + 1 == len(codes)
        return (State.APPROVED, None) if last else (State.OPEN, codes[place + 1])
    if move is Move.REFUSE:
        target = definition.steps[place].refused
        return (State.REFUSED, None) if target == END else (State.OPEN, target)
    return None


def _upheld(definition: Definition, state: State, step: str | None) -> Stands | None:
    if definition.objection is None:
        return None
    target = definition.objection.upheld
    if state is State.OPEN and step and definition.step(step).by is By.NOTICE:
        return (State.REFUSED, None) if target == END else (State.OPEN, target)
    decided = state in (State.APPROVED, State.REFUSED)
    return (State.OPEN, target) if decided and target != END else None


@settings(max_examples=60, deadline=None)
@given(definition=definitions(), moves=st.lists(st.sampled_from(Move), max_size=25))
def test_every_way_through_a_definition_is_the_one_it_says(
    definition: Definition, moves: list[Move]
) -> None:
    state, step = State.OPEN, definition.steps[0].code
    for move in moves:
        expected = by_hand(definition, state, step, move)
        if expected is None:
            with pytest.raises(StepPassed):
                moved(definition, state, step, move)
            continue
        assert moved(definition, state, step, move) == expected
        state, step = expected  # type: ignore[assignment]
        assert (step is None) == (state in OVER)
