"""The branch decides: its committee, or its meeting where there is none (S4-30)."""

from collections.abc import Iterator
from datetime import date, timedelta

from zhibu.calendar import year_of
from zhibu.errors import Conflict, Invalid
from zhibu_scoring.errors.years import (
    CommitteeDecides,
    CountsImpossible,
    EntitledDiffers,
    EntriesWaiting,
    MinutesMissing,
    NoCommittee,
    QuorumMissed,
    RecordsUnproposed,
    SummaryStale,
    VotesMissed,
)
from zhibu_scoring.rules.years.opening import day_refusals, stand_refusals
from zhibu_scoring.rules.years.values import Body, Deciders, Decision, Entered, Stand, Year


def deciding_refusals(
    known: Year,
    decision: Decision,
    *,
    waiting: int,
    changed: int,
    unproposed: int,
    deciders: Deciders,
    entered: Entered,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """Nothing waits; enough came, and more than their share of who may vote were for it.

    What is decided is what counts now. The meeting may have been held, on paper, before the
    summary was drawn up here, but not before the year was over.
    """
    yield from stand_refusals(known, Stand.DRAWN_UP)
    if waiting:
        yield EntriesWaiting(path=("year",), count=waiting)
    if unproposed:
        yield RecordsUnproposed(path=("year",), count=unproposed)
    if changed and known.stand is Stand.DRAWN_UP:
        yield SummaryStale(path=("year",), count=changed)
    if not decision.minutes.strip():
        yield MinutesMissing(path=("minutes",))
    yield from _body_refusals(decision, deciders)
    first = year_of(known.year)[1] + timedelta(days=1)
    yield from day_refusals(entered, "held_on", first=first, today=today)
    yield from _count_refusals(decision, deciders)


def _body_refusals(decision: Decision, deciders: Deciders) -> Iterator[Conflict]:
    """Where a committee was set up, it decides; the meeting only where the level above lets it."""
    if decision.body is Body.COMMITTEE and not deciders.committee:
        yield NoCommittee(path=("body",))
    elif decision.body is Body.BRANCH_MEETING and deciders.committee and not deciders.meeting_too:
        yield CommitteeDecides(path=("body",), basis=deciders.meeting_basis)


def _count_refusals(decision: Decision, deciders: Deciders) -> Iterator[Invalid | Conflict]:
    """The roll says who is entitled, and more than their share of them were for it."""
    if not 0 <= decision.in_favour <= decision.present <= decision.entitled:
        yield CountsImpossible(path=("present",))
        return
    entitled, quorum, majority = deciders.entitled, deciders.quorum, deciders.majority
    if decision.entitled != entitled:
        yield EntitledDiffers(
            path=("entitled",), basis=quorum.basis, entitled=decision.entitled, roll=entitled
        )
    if decision.present * quorum.whole < entitled * quorum.part or not decision.present:
        yield QuorumMissed(path=("present",), basis=quorum.basis, entitled=entitled)
    if decision.in_favour * majority.whole <= entitled * majority.part:
        yield VotesMissed(path=("in_favour",), basis=majority.basis, entitled=entitled)
