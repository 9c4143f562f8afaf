"""What follows a decision: delivery, answer, evaluation, filing."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_discipline import errors
from zhibu_discipline.rules.cases import FAILED, Case, Delivery, Result, State, Step, step_refusals
from zhibu_discipline.rules.grounds import Kind


def delivery_refusals(
    case: Case,
    delivery: Delivery,
    *,
    on: date,
    opinion: str | None,
    explanation: str | None,
    announced_on: date | None,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """A signature comes with an opinion; without one it is said why, and execution goes on."""
    yield from step_refusals(case, Step.DELIVER)
    if case.delivery is not None:
        yield errors.Delivered(path=("case",))
    yield from _since_decision(case, "on", on, today)
    yield from _since_decision(case, "announced_on", announced_on, today)
    if delivery is Delivery.SIGNED and not (opinion or "").strip():
        yield errors.OpinionMissing(path=("opinion",))
    if delivery is not Delivery.SIGNED and not (explanation or "").strip():
        yield errors.ExplanationMissing(path=("explanation",))


def answer_refusals(case: Case, *, on: date, today: date) -> Iterator[Invalid | Conflict]:
    """Whether the member may be said to withdraw, or to refuse, that day."""
    yield from step_refusals(case, Step.ANSWER)
    yield from _since_decision(case, "on", on, today)


def evaluation_refusals(
    case: Case, result: Result, *, evaluation: str, today: date
) -> Iterator[Invalid | Conflict]:
    """A correction is evaluated when its time is over; only a refusal cuts it short (S3C-22)."""
    yield from step_refusals(case, Step.EVALUATE)
    if result not in FAILED[Kind.CORRECTION] | {Result.CORRECTED}:
        yield errors.ResultUnfit(path=("result",), result=result)
    early = case.until is not None and today < case.until
    if early and result is not Result.REFUSED_CORRECTION:
        yield errors.NotOver(path=("result",), until=case.until)
    if not evaluation.strip():
        yield errors.EvaluationMissing(path=("evaluation",))


def rests_on(case: Case, evaluation: UUID, *, approved: bool, on: date) -> bool:
    """Whether a correction stands as this evaluation left it, which was over that day.

    One that was not approved left it as it was, and only if the decision is older.
    """
    if approved:
        return case.state is State.ENDED and case.evaluation_id == evaluation
    decided = case.state is State.DECIDED and case.evaluation_id is None
    return decided and case.decided_on is not None and case.decided_on <= on


def filing_refusals(
    case: Case, *, on: date, number: str, today: date
) -> Iterator[Invalid | Conflict]:
    """Once, after the decision, with the number it got."""
    yield from step_refusals(case, Step.FILE)
    if case.filed_on is not None:
        yield errors.Filed(path=("case",))
    yield from _since_decision(case, "on", on, today)
    if not number.strip():
        yield errors.NumberMissing(path=("number",))


def _since_decision(case: Case, name: str, on: date | None, today: date) -> Iterator[Invalid]:
    if on is not None and case.decided_on is not None and not case.decided_on <= on <= today:
        yield errors.DayUnfit(path=(name,), on=on, since=case.decided_on, today=today)
