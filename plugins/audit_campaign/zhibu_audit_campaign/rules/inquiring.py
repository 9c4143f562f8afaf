"""Asking other bodies about who is lost: the bodies are the plan's (S3A-43, S3B-28, S3C-41)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_audit_campaign import errors


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Which body is asked, what, and on which day."""

    body: str
    text: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """An inquiry as it is kept."""

    id: UUID
    audited_id: UUID
    path: str
    body: str
    asked_on: date
    answered: bool
    voided: bool


def asking_refusals(
    given: Asking, bodies: Collection[str], *, opened_on: date, today: date
) -> Iterator[Invalid]:
    """A body of the plan is asked something, on a day since the file was opened."""
    if given.body not in bodies:
        yield errors.BodyUnknown(path=("body",), body=given.body)
    if not given.text.strip():
        yield errors.Unsaid(path=("text",))
    if not opened_on <= given.on <= today:
        yield errors.DayUnfit(path=("on",), on=given.on, since=opened_on, today=today)


def answering_refusals(
    known: Inquiry, text: str, *, on: date, today: date
) -> Iterator[Invalid | Conflict]:
    """An answer is recorded once, and came after the question."""
    if known.voided:
        yield errors.Voided(path=("inquiry",))
    elif known.answered:
        yield errors.InquiryAnswered(path=("inquiry",))
    if not text.strip():
        yield errors.Unsaid(path=("text",))
    if not known.asked_on <= on <= today:
        yield errors.DayUnfit(path=("on",), on=on, since=known.asked_on, today=today)


def voiding_refusals(known: Inquiry, reason: str) -> Iterator[Invalid | Conflict]:
    """What was entered by mistake is taken back with a reason, its answer with it."""
    if known.voided:
        yield errors.Voided(path=("inquiry",))
    if not reason.strip():
        yield errors.ReasonMissing(path=("reason",))


def due(asked_on: date, days: int | None) -> date | None:
    """By when an answer is expected; None where no days are set."""
    return asked_on + timedelta(days=days) if days else None
