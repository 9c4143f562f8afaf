"""What follows the branch's decision: review, notice, conclusion, inspection (S4-31, S4-32)."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_scoring.errors import ReasonMissing
from zhibu_scoring.errors.years import (
    BodyMissing,
    NoticeNotOver,
    NoticePlaceMissing,
    ObjectionsOpen,
    OwnReview,
    YearElsewhere,
)
from zhibu_scoring.rules.years.opening import day_refusals, stand_refusals
from zhibu_scoring.rules.years.values import SETTLED, Entered, Review, Stand, Year


def reviewing_refusals(
    known: Year, wanted: Review, entered: Entered, *, by: UUID | None, today: date
) -> Iterator[Invalid | Conflict]:
    """The level above reviews what others decided, since, and says why where it returns it."""
    yield from stand_refusals(known, Stand.DECIDED)
    first = known.held_on or known.drawn_up_on
    yield from day_refusals(entered, "reviewed_on", first=first, today=today)
    if known.decided_by is not None and known.decided_by == by:
        yield OwnReview(path=("year",))
    if not wanted.approved and not wanted.opinion.strip():
        yield ReasonMissing(path=("opinion",))


def noticing_refusals(
    known: Year, entered: Entered, *, place: str, today: date
) -> Iterator[Invalid | Conflict]:
    """What was reviewed is put up, somewhere, since the review (S4-32), so that all may object."""
    yield from stand_refusals(known, Stand.REVIEWED)
    if not place.strip():
        yield NoticePlaceMissing(path=("place",))
    first = known.reviewed_on or known.drawn_up_on
    yield from day_refusals(entered, "noticed_on", first=first, today=today)


def last_day(first: date, days: int, *, first_counts: bool) -> date:
    """The last day of a notice of so many days: the day it was put up counts, or does not.

    Where no days are asked for, it was over the day before.
    """
    return first + timedelta(days=days if days and not first_counts else days - 1)


def concluding_refusals(
    known: Year, *, objections: int, today: date
) -> Iterator[Invalid | Conflict]:
    """Once the notice is over and every objection was answered."""
    yield from stand_refusals(known, Stand.NOTICED)
    if known.notice_until is not None and today <= known.notice_until:
        yield NoticeNotOver(path=("year",), on=known.notice_until)
    if objections:
        yield ObjectionsOpen(path=("year",), count=objections)


def inspecting_refusals(known: Year, findings: str) -> Iterator[Invalid | Conflict]:
    """What the branch decided may be looked into at any time; it says what was found (S4-31)."""
    if known.stand not in SETTLED:
        yield YearElsewhere(path=("year",), stand=known.stand)
    if not findings.strip():
        yield BodyMissing(path=("findings",))
