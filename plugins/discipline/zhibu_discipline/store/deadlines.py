"""What of dispositions falls due: corrections, answers, deliveries and filings."""

from typing import Any

from sqlalchemy import Select, or_, select

from zhibu.contributions import Window
from zhibu_discipline.rules.cases import State
from zhibu_discipline.rules.grounds import Kind
from zhibu_discipline.tables import DisciplineCase

CASE: Any = DisciplineCase


def corrections(window: Window) -> Select[Any]:
    """Each correction by the day on which its time is over; done once it was evaluated."""
    return _cases(window, CASE.decided_on, CASE.until, CASE.ended_on).where(
        CASE.kind == Kind.CORRECTION
    )


def answers(window: Window) -> Select[Any]:
    """Each member who is persuaded to withdraw, and says whether he does."""
    return _cases(window, CASE.decided_on, CASE.answer_by, CASE.ended_on)


def deliveries(window: Window) -> Select[Any]:
    """Each decision that the member is to be told."""
    return _cases(window, CASE.decided_on, CASE.deliver_by, CASE.delivered_on)


def filings(window: Window) -> Select[Any]:
    """Each decision that is to be filed above."""
    return _cases(window, CASE.decided_on, CASE.file_by, CASE.filed_on)


def _cases(window: Window, start: Any, due: Any, done: Any) -> Select[Any]:
    return select(
        CASE.id.label("subject_id"),
        CASE.organization_id.label("organization_id"),
        CASE.member_id.label("member_id"),
        start.label("starts_on"),
        due.label("due_on"),
        done.label("done_on"),
    ).where(
        CASE.tenant_id == window.tenant_id,
        due.between(window.first, window.last),
        or_(CASE.state == State.DECIDED, CASE.state == State.ENDED),
    )
