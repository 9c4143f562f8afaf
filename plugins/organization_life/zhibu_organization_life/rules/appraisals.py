"""Democratic appraisal (EM 18): what may be said, voted, counted, decided and published."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.calendar import add_months, year_of
from zhibu.errors import Conflict, Invalid
from zhibu_organization_life.errors import (
    AlreadyVoted,
    AppraisalElsewhere,
    AppraisalNotReady,
    AppraisalOfYear,
    AppraisalOtherYear,
    GradeMissing,
    MeetingCancelled,
    MeetingNotHeld,
    NoRight,
    NotAppraised,
    NothingChosen,
    OwnGrade,
    OwnRemark,
    ReasonMissing,
    TextMissing,
    TooFewVotes,
)
from zhibu_organization_life.rules.catalogues import APPRAISING, Kind, State
from zhibu_organization_life.rules.grades import Grade, Result, Rounding, Share, Tally
from zhibu_organization_life.rules.meetings import Limit, Meeting


class Stand(StrEnum):
    """Where an appraisal stands."""

    OPEN = "open"
    COUNTED = "counted"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Appraisal:
    """An appraisal as far as deciding about it needs, with its meeting; `path` is its unit's."""

    id: UUID
    year: int
    stand: Stand
    meeting: Meeting
    places: int | None = None

    @property
    def path(self) -> str:
        return self.meeting.path


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Ballots on paper: who handed one in, and how they counted together."""

    voters: tuple[UUID, ...] = ()
    tallies: Mapping[UUID, Tally] = field(default_factory=dict)


def opening_refusals(
    meeting: Meeting, year: int, *, grace: Limit, others: Sequence[Stand]
) -> Iterator[Invalid | Conflict]:
    """A branch appraises once for a year, at its organization-life meeting (S2-11)."""
    if meeting.kind is not Kind.LIFE_MEETING or meeting.unit_kind not in APPRAISING:
        yield AppraisalElsewhere(path=("meeting",), kind=meeting.kind)
    if meeting.state is State.CANCELLED:
        yield MeetingCancelled(path=("meeting",), on=meeting.held_on)
    yield from year_refusals(meeting, year, grace)
    if any(other is not Stand.CANCELLED for other in others):
        yield AppraisalOfYear(path=("year",), year=year)


def year_refusals(meeting: Meeting, year: int, grace: Limit) -> Iterator[Invalid]:
    """The meeting is of the year that is appraised, or of the months after it."""
    first, last = year_of(year)
    last = add_months(last, grace.value)
    if not first <= meeting.held_on <= last:
        yield AppraisalOtherYear(
            path=("year",), basis=grace.basis, year=year, on=meeting.held_on, last=last
        )


def speaking_refusals(
    appraisal: Appraisal, text: str, roll: Mapping[UUID, Result], *, by: UUID, about: UUID | None
) -> Iterator[Invalid | Conflict]:
    """Before the count everybody on the list speaks of himself, and of others apart from that."""
    if not text.strip():
        yield TextMissing(path=("text",))
    yield from _open(appraisal)
    if by not in roll:
        yield NotAppraised(path=("member" if about is None else "author",))
    if about is not None and about not in roll:
        yield NotAppraised(path=("member",))
    if about == by:
        yield OwnRemark(path=("member",))


def voting_refusals(
    appraisal: Appraisal,
    votes: Mapping[UUID, Grade],
    roll: Mapping[UUID, Result],
    *,
    voter: UUID,
    voted: Collection[UUID],
    entitled: Collection[UUID],
    today: date,
) -> Iterator[Invalid | Conflict]:
    """Whoever has a vote grades others from the day of the meeting on; nobody grades himself.

    Whom a ballot does not name has one vote less.
    """
    yield from _open(appraisal)
    if voter in voted:
        yield AlreadyVoted(path=("votes",))
    if appraisal.meeting.held_on > today:
        yield MeetingNotHeld(path=("appraisal",), on=appraisal.meeting.held_on)
    if voter not in entitled:
        yield NoRight(path=("votes",))
    yield from _named(votes, roll)
    if voter in votes:
        yield OwnGrade(path=("votes",))
    if not votes:
        yield NothingChosen(path=("votes",))


def counting_refusals(
    appraisal: Appraisal,
    paper: Paper,
    roll: Mapping[UUID, Result],
    *,
    voted: Collection[UUID],
    entitled: Collection[UUID],
    expected: Collection[UUID],
    quorum: Share,
) -> Iterator[Invalid | Conflict]:
    """Votes are counted once the meeting was held, and enough were cast.

    On paper a member is named at most once by every voter but himself.
    """
    yield from _open(appraisal)
    yield from _held(appraisal)
    voters = set(paper.voters)
    if len(voters) < len(paper.voters) or voters & set(voted) or not voters <= set(entitled):
        yield NoRight(path=("voters",))
    yield from _named(paper.tallies, roll, "tallies")
    for member, tally in paper.tallies.items():
        most = len(voters - {member})
        if tally.total > most or tally.least < 0:
            yield TooFewVotes(path=("tallies",), count=most, least=tally.total)
            break
    count = len(voters | set(voted))
    least = max(1, quorum.of(len(expected), rounding=Rounding.UP))
    if count < least:
        yield TooFewVotes(path=("voters",), basis=quorum.basis, count=count, least=least)


def reopening_refusals(appraisal: Appraisal, reason: str) -> Iterator[Invalid | Conflict]:
    """A vote that was counted wrongly is void as a whole, with a reason, until it is published."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if appraisal.stand is not Stand.COUNTED:
        yield AppraisalNotReady(path=("appraisal",), stand=appraisal.stand)


def deciding_refusals(appraisal: Appraisal) -> Iterator[Conflict]:
    """Grades are given once the votes are counted, and put right for good."""
    if appraisal.stand not in (Stand.COUNTED, Stand.PUBLISHED):
        yield AppraisalNotReady(path=("appraisal",), stand=appraisal.stand)


def publishing_refusals(
    appraisal: Appraisal, roll: Collection[Result]
) -> Iterator[Invalid | Conflict]:
    """Grades are published together, when everybody has one."""
    if appraisal.stand is not Stand.COUNTED:
        yield AppraisalNotReady(path=("appraisal",), stand=appraisal.stand)
    yield from _held(appraisal)
    if missing := sum(result.graded and result.ground is None for result in roll):
        yield GradeMissing(path=("appraisal",), count=missing)


def withdrawing_refusals(appraisal: Appraisal, reason: str) -> Iterator[Invalid | Conflict]:
    """What was published too early is withdrawn with a reason, and published again."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if appraisal.stand is not Stand.PUBLISHED:
        yield AppraisalNotReady(path=("appraisal",), stand=appraisal.stand)


def cancelling_refusals(appraisal: Appraisal, reason: str) -> Iterator[Invalid | Conflict]:
    """An appraisal opened by mistake is cancelled with a reason, unless its grades are out."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if appraisal.stand in (Stand.PUBLISHED, Stand.CANCELLED):
        yield AppraisalNotReady(path=("appraisal",), stand=appraisal.stand)


def _open(appraisal: Appraisal) -> Iterator[Conflict]:
    if appraisal.stand is not Stand.OPEN:
        yield AppraisalNotReady(path=("appraisal",), stand=appraisal.stand)


def _held(appraisal: Appraisal) -> Iterator[Conflict]:
    if appraisal.meeting.state is not State.HELD:
        yield MeetingNotHeld(path=("appraisal",), on=appraisal.meeting.held_on)


def _named(
    members: Collection[UUID], roll: Mapping[UUID, Result], argument: str = "votes"
) -> Iterator[Invalid]:
    if any(member not in roll or not roll[member].graded for member in members):
        yield NotAppraised(path=(argument,))
