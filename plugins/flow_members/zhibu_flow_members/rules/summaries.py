"""Reports on members away: half-yearly of branches, yearly of what is above (S1-25, S1-26)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from zhibu.calendar import add_months
from zhibu.errors import Conflict, Invalid
from zhibu_flow_members.errors import (
    HalfInvalid,
    OwnSummary,
    ReasonMissing,
    SummariesMissing,
    SummaryDecided,
    SummaryElsewhere,
    SummarySubmitted,
    SummaryTooEarly,
)
from zhibu_flow_members.rules.values import TAKING

YEARLY = frozenset({"general_branch", "party_committee", "working_committee"})
WHOLE = 0


class Figure(StrEnum):
    """What a report counts; each is a list of people."""

    AWAY = "away"
    FLOATING = "floating"
    WENT = "went"
    ENDED = "ended"
    LETTER = "letter"
    CERTIFICATE = "certificate"
    CARD = "card"
    UNTOLD = "untold"
    SILENT = "silent"
    UNREPORTED = "unreported"


class Stand(StrEnum):
    """Where a report stands."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A report, as it is recorded. `path` is that of whoever reports."""

    id: UUID
    organization_id: UUID
    path: str
    state: Stand
    submitted_on: date
    submitted_by: UUID | None


@dataclass(frozen=True, kw_only=True)
class Period:
    """What an organization has reported: from which day to which."""

    year: int
    half: int
    since: date
    until: date


def period_of(year: int, half: int) -> tuple[date, date]:
    """First and last day of a half year, or of the whole year."""
    first = date(year, 7 if half == 2 else 1, 1)
    months = 12 if half == WHOLE else 6
    return first, add_months(first, months) - timedelta(days=1)


def bounds_of(
    year: int, half: int, reported: Iterable[Period], *, today: date
) -> tuple[date, date]:
    """First and last day that a report counts: from the end of the one before to the end of the
    period, to today, or to where the one after begins, so that no day is missing or counted twice.
    """
    since, last = period_of(year, half)
    until = min(last, today)
    for each in reported:
        first, end = period_of(each.year, each.half)
        if end + timedelta(days=1) == since:
            since = each.until + timedelta(days=1)
        if first == last + timedelta(days=1):
            until = each.since - timedelta(days=1)
    return since, until


def period_refusals(kind: str, half: int) -> Iterator[Invalid]:
    """Branches report each half (S1-25), what is above them the whole year (S1-26, S1-40), and
    halves where it wishes."""
    if half not in (WHOLE, 1, 2):
        yield HalfInvalid(path=("half",), half=half)
    elif kind not in (YEARLY if half == WHOLE else YEARLY | TAKING):
        yield SummaryElsewhere(path=("organization",), kind=kind)


def submitting_refusals(
    known: Summary | None,
    last: date,
    *,
    missing: int,
    note: str | None,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """In the last month of the period or later; again only after it was returned."""
    begins = add_months(last + timedelta(days=1), -1)
    if today < begins:
        yield SummaryTooEarly(path=("year",), from_day=begins)
    if known is not None and known.state is not Stand.RETURNED:
        yield SummarySubmitted(path=("organization",), on=known.submitted_on)
    if missing and not (note or "").strip():
        yield SummariesMissing(path=("note",), count=missing)


def deciding_refusals(
    known: Summary, *, decider: UUID | None, reason: str | None, returns: bool
) -> Iterator[Invalid | Conflict]:
    """The level above accepts a report, or returns it with a reason."""
    if known.state is not Stand.SUBMITTED:
        yield SummaryDecided(path=("summary",))
    if known.submitted_by is not None and known.submitted_by == decider:
        yield OwnSummary(path=("summary",))
    if returns and not (reason or "").strip():
        yield ReasonMissing(path=("reason",))
