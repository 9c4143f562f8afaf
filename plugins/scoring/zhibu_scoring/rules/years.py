"""A year of a branch: open, drawn up, decided, reviewed, noticed, concluded (《办法》二)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from zhibu.basis import Basis
from zhibu.calendar import year_of
from zhibu.errors import Conflict, Invalid
from zhibu_scoring.errors import ReasonMissing
from zhibu_scoring.errors.facts import YearNotOpen
from zhibu_scoring.errors.years import (
    BodyMissing,
    CountsImpossible,
    DecidedTooEarly,
    EntriesWaiting,
    MinutesMissing,
    NoCommittee,
    NoticeNotOver,
    NoticePlaceMissing,
    ObjectionsOpen,
    OwnReview,
    QuorumMissed,
    SummaryStale,
    VotesMissed,
    YearElsewhere,
    YearNotOver,
)


class Stand(StrEnum):
    """Where a branch's year stands."""

    DRAWN_UP = "drawn_up"
    DECIDED = "decided"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    NOTICED = "noticed"
    CONCLUDED = "concluded"


class Body(StrEnum):
    """Who decides a branch's year (S4-30)."""

    BRANCH_MEETING = "branch_meeting"
    COMMITTEE = "committee"


class Outcome(StrEnum):
    """What became of an objection (S4-32)."""

    EXPLAINED = "explained"
    CORRECTED = "corrected"


OPEN = (Stand.DRAWN_UP, Stand.RETURNED)
SETTLED = (Stand.DECIDED, Stand.REVIEWED, Stand.NOTICED, Stand.CONCLUDED)


@dataclass(frozen=True, kw_only=True)
class Year:
    """A branch's year as it stands."""

    id: UUID
    organization_id: UUID
    year: int
    stand: Stand
    drawn_up_on: date
    decided_by: UUID | None
    reviewed_on: date | None
    noticed_on: date | None
    notice_until: date | None


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a meeting decided, as its minutes say it."""

    body: Body
    held_on: date
    entitled: int
    present: int
    in_favour: int
    minutes: str


@dataclass(frozen=True, kw_only=True)
class Share:
    """Part and whole that must be reached, and who says so."""

    part: int
    whole: int
    basis: Basis


def open_years(today: date, closing_months: int) -> tuple[int, ...]:
    """This year, and the last one while it is being closed: in the first months of this one."""
    return (today.year - 1, today.year) if today.month <= closing_months else (today.year,)


def open_refusals(year: int, today: date, closing_months: int) -> Iterator[Invalid | Conflict]:
    """Points are proposed for a year that is open."""
    years = open_years(today, closing_months)
    if year not in years:
        yield YearNotOpen(path=("year",), year=year, first=years[0], last=years[-1])


def drawing_refusals(known: Year | None, year: int, today: date) -> Iterator[Invalid | Conflict]:
    """A year is summed up once it is over, and until the branch has decided it."""
    end = year_of(year)[1]
    if today <= end:
        yield YearNotOver(path=("year",), year=year, on=end)
    if known is not None and known.stand not in OPEN:
        yield YearElsewhere(path=("year",), stand=known.stand)


def deciding_refusals(
    known: Year,
    decision: Decision,
    *,
    waiting: int,
    changed: int,
    seats: int,
    quorum: Share,
    majority: Share,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """Nothing waits; enough came, and more than their share of who may vote were for it.

    What is decided is what counts now. The meeting may have been held, on paper, before the
    summary was drawn up here, but not before the year was over.
    """
    yield from stand_refusals(known, Stand.DRAWN_UP)
    if waiting:
        yield EntriesWaiting(path=("year",), count=waiting)
    if changed and known.stand is Stand.DRAWN_UP:
        yield SummaryStale(path=("year",), count=changed)
    if not decision.minutes.strip():
        yield MinutesMissing(path=("minutes",))
    if decision.body is Body.COMMITTEE and not seats:
        yield NoCommittee(path=("body",))
    first = year_of(known.year)[1] + timedelta(days=1)
    if not first <= decision.held_on <= today:
        yield DecidedTooEarly(path=("held_on",), on=first, today=today)
    if not 0 <= decision.in_favour <= decision.present <= decision.entitled:
        yield CountsImpossible(path=("present",))
        return
    if decision.present * quorum.whole < decision.entitled * quorum.part or not decision.present:
        yield QuorumMissed(path=("present",), basis=quorum.basis, entitled=decision.entitled)
    if decision.in_favour * majority.whole <= decision.entitled * majority.part:
        yield VotesMissed(path=("in_favour",), basis=majority.basis, entitled=decision.entitled)


def reviewing_refusals(
    known: Year, *, by: UUID | None, approved: bool, opinion: str
) -> Iterator[Invalid | Conflict]:
    """The level above reviews what others decided, and says why where it returns it."""
    yield from stand_refusals(known, Stand.DECIDED)
    if known.decided_by is not None and known.decided_by == by:
        yield OwnReview(path=("year",))
    if not approved and not opinion.strip():
        yield ReasonMissing(path=("opinion",))


def noticing_refusals(
    known: Year, place: str, on: date, today: date
) -> Iterator[Invalid | Conflict]:
    """What was reviewed is put up, somewhere, since the review (S4-32), so that all may object."""
    yield from stand_refusals(known, Stand.REVIEWED)
    if not place.strip():
        yield NoticePlaceMissing(path=("place",))
    first = known.reviewed_on or known.drawn_up_on
    if not first <= on <= today:
        yield DecidedTooEarly(path=("on",), on=first, today=today)


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


def stand_refusals(known: Year, *wanted: Stand) -> Iterator[Conflict]:
    """It stands where the act needs it."""
    if known.stand not in wanted:
        yield YearElsewhere(path=("year",), stand=known.stand)
