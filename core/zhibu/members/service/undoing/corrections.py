"""Taking back a correction: the fields say again what they said before."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.core_actions import MEMBER_CORRECT
from zhibu.members.errors import CorrectionNotKept, NothingToUndo
from zhibu.members.public import CORRECTED
from zhibu.members.rules import Gender, MemberKind, Person
from zhibu.members.service.correcting import UNSAID, apply
from zhibu.members.service.judging import CLEARABLE, Correction
from zhibu.members.service.undoing.taking import WHAT, Undo
from zhibu.slips import public as slips

_READ: dict[str, Callable[[str], Any]] = {
    "gender": Gender,
    "kind": MemberKind,
    "birth_date": date.fromisoformat,
    "admitted_on": date.fromisoformat,
    "full_on": date.fromisoformat,
    "group_id": UUID,
}


async def undo_correction(undo: Undo) -> Person:
    act = undo.act
    person = await undo.held()
    slip = undo.slip(CORRECTED)
    await undo.ask(person, MEMBER_CORRECT, slip)
    made = await slips.made_of(act, slip)
    if not made or made[0].event != CORRECTED:
        raise NothingToUndo(path=WHAT)
    before = made[0].facts["before"]
    if not all(_is_kept(field, value) for field, value in before.items()):
        raise CorrectionNotKept(path=WHAT)
    after, facts = await apply(act, person, _correction(before), reason=undo.reason)
    undo.say(after, facts)
    return after


def _is_kept(field: str, value: Any) -> bool:
    if value is None:
        return field in CLEARABLE
    return value != UNSAID and not field.endswith("_masked")


def _correction(before: Mapping[str, Any]) -> Correction:
    """The correction that brings these values back."""
    values = {f: _READ.get(f, str)(value) for f, value in before.items() if value is not None}
    return Correction(**values, clear=frozenset(f for f in before if before[f] is None))
