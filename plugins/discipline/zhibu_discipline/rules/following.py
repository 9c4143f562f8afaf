"""Follow-up help for who was removed (S3D-33)."""

from collections.abc import Iterator
from datetime import date

from zhibu.errors import Conflict, Invalid
from zhibu_discipline import errors
from zhibu_discipline.rules.cases import Case, Result, Step, step_refusals

GONE = frozenset({Result.CARRIED_OUT, Result.WITHDREW})


def following_refusals(
    case: Case, *, what: str, on: date, today: date
) -> Iterator[Invalid | Conflict]:
    """Whose membership ended is helped on, since that day; it is said how."""
    yield from step_refusals(case, Step.FOLLOW_UP)
    if case.result not in GONE:
        yield errors.NotRemoved(path=("case",))
    elif case.decided_on is not None and not case.decided_on <= on <= today:
        yield errors.DayUnfit(path=("on",), on=on, since=case.decided_on, today=today)
    if not what.strip():
        yield errors.HelpMissing(path=("what",))
