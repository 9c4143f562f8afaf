"""Meetings that vote: when they may be held, who may vote at them, and how votes are counted."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu.procedures.errors import (
    AlreadyVoted,
    BallotsMixed,
    CountImpossible,
    SeatUnknown,
    SittingInTheFuture,
    SittingNotToday,
    SittingTooEarly,
    SittingVoted,
    VotedWhileAbsent,
    VoteNotEntitled,
    VoterAbsent,
    VoterPresent,
)
from zhibu.procedures.rules.quorum import Count


class Choice(StrEnum):
    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """A meeting that is open. `to_fill` is how many seats it elects to; None where it decides."""

    id: UUID
    procedure_id: UUID
    step_id: UUID
    organization_id: UUID
    path: str
    profile: str
    held_on: date
    secret: bool
    to_fill: int | None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A member's seat. `ground` is why there is no vote, `voted` whether it was cast."""

    member_id: UUID
    ground: str | None
    present: bool
    voted: bool = False


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What was counted by hand."""

    yes: int
    no: int
    abstained: int
    spoiled: int = 0


def day_faults(held_on: date, *, today: date, since: date) -> Iterator[Invalid]:
    """A meeting on a step is held on a day between its beginning and today."""
    if held_on > today:
        yield SittingInTheFuture(path=("held_on",), on=held_on, today=today)
    if held_on < since:
        yield SittingTooEarly(path=("held_on",), on=held_on, since=since)


def vote_faults(
    sitting: Sitting, seat: Taken | None, *, today: date, written: bool
) -> Iterator[Invalid | Conflict]:
    """What speaks against a vote; an opinion in writing is of somebody who is absent."""
    if seat is None:
        yield SeatUnknown(path=("member",))
        return
    if seat.ground is not None:
        yield VoteNotEntitled(path=("member",), ground=seat.ground)
    if written and seat.present:
        yield VoterPresent(path=("member",))
    if not written:
        if not seat.present:
            yield VoterAbsent(path=("member",))
        if sitting.held_on != today:
            yield SittingNotToday(path=("choice",), on=sitting.held_on)
    if seat.voted:
        yield AlreadyVoted(path=("member",))


def presence_faults(
    seats: Iterable[Taken], come: Collection[UUID], gone: Collection[UUID]
) -> Iterator[Invalid | Conflict]:
    """Who is recorded as present has a seat; who has voted was there."""
    known = {seat.member_id: seat for seat in seats}
    for place, members in (("present", come), ("absent", gone)):
        if not {*members} <= {*known}:
            yield SeatUnknown(path=(place,))
    if any(known[member].voted for member in gone if member in known):
        yield VotedWhileAbsent(path=("absent",))
    if any(known[member].voted and not known[member].present for member in come if member in known):
        yield AlreadyVoted(path=("present",))


def cancel_faults(seats: Iterable[Taken]) -> Iterator[Conflict]:
    if any(seat.voted for seat in seats):
        yield SittingVoted(path=("procedure",))


def counted(
    seats: Collection[Taken],
    cast: Iterable[Choice],
    written: Iterable[Choice],
    paper: Paper | None,
) -> Count:
    """The count at closing. Only those entitled are counted, present or not."""
    votes, opinions = Counter(cast), Counter(written)
    entitled = [seat for seat in seats if seat.ground is None]
    return Count(
        entitled=len(entitled),
        present=sum(seat.present for seat in entitled),
        yes=paper.yes if paper else votes[Choice.YES],
        no=paper.no if paper else votes[Choice.NO],
        abstained=paper.abstained if paper else votes[Choice.ABSTAIN],
        spoiled=paper.spoiled if paper else 0,
        written_yes=opinions[Choice.YES],
        written_no=opinions[Choice.NO],
        written_abstained=opinions[Choice.ABSTAIN],
    )


def count_faults(count: Count, paper: Paper | None, cast: int) -> Iterator[Invalid | Conflict]:
    """Nobody votes twice, on paper neither: there are no more ballots than people to cast them."""
    if paper is not None and cast:
        yield BallotsMixed(path=("paper",), votes=cast)
    numbers = (count.yes, count.no, count.abstained, count.spoiled)
    if min(numbers) < 0 or count.ballots > count.present:
        yield CountImpossible(path=("paper",), ballots=count.ballots, present=count.present)
